// The two journals beside the lease file, of which one is active: it is whole, and changes are added to it. The other
// one is made ready, by any thread and while changes go on, to take its place. Errors are reported with the journal.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "leases/disk_file.hpp"
#include "leases/journal.hpp"

namespace swapmasq::leases {

struct JournalProblem {
  std::string path;
  int error = 0;
};

class Journals {
 public:
  explicit Journals(const std::string& lease_file);

  // Opens both; what is not there is created.
  std::optional<JournalProblem> open();
  // Both could be opened; else only read() and clear() may be called.
  bool available() const;
  // As they were found; nothing: not there, or no journal. The newer one is the active one from now on.
  std::array<std::optional<Journal>, 2> read();

  // The next generation is to begin with the leases as they are now. What is added from here on is in both.
  void prepare();
  // Writes that beginning into the journal that is not active, whose content is lost, and then makes it the active one.
  // After a failure everything is as before.
  std::optional<JournalProblem> start(ByteView text);
  // To the active one.
  std::optional<JournalProblem> add(std::span<const JournalChange> changes);
  // 0 or errno.
  int sync() const;
  void clear() const;

 private:
  struct File {
    std::string path;
    std::optional<DiskFile> file;
  };
  static int write_body(const DiskFile& journal, ByteView text);

  std::array<File, 2> files_;
  std::mutex mutex_;  // of what follows
  std::size_t active_ = 0;
  std::uint64_t generation_ = 0;
  std::size_t end_ = 0;                                 // of the active one
  std::optional<std::vector<JournalChange>> for_next_;  // since prepare()
};

}  // namespace swapmasq::leases
