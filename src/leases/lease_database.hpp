// The leases on disk: the lease file of the reference and, beside it, two journals that take turns (docs/design.md,
// "Leases"). A change is in a journal before its reply is sent; the lease file follows, at once while there is little
// to do and within a second otherwise. Where no journal can be written, the lease file itself is, before every reply.
//
// All files are opened once, as root, and only ever changed in place. Store and log are borrowed.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/time.hpp"
#include "dhcp/action.hpp"
#include "dhcp/lease_store.hpp"
#include "leases/background_writer.hpp"
#include "leases/disk_file.hpp"
#include "leases/journal.hpp"
#include "log/line.hpp"

namespace swapmasq::leases {

class LeaseDatabase {
 public:
  // Opens, creating what is not there, and reads the leases into the store; those that have ended are left out. Throws
  // StartupError as the reference does for a lease file that cannot be used.
  LeaseDatabase(std::string path, dhcp::LeaseStore& leases, log::Log& log, TimePoint now);

  // From now on a thread waits for the disk, and calls `finished` when `tick` has something to do. Until then, and
  // without it, everything is done at once.
  void start(std::function<void()> finished);
  // Before the replies are sent that depend on the change.
  void save(const dhcp::LeasesChanged& change, TimePoint now);
  // At `next_event`, and when the thread has finished something.
  void tick(TimePoint now);
  std::optional<TimePoint> next_event() const;
  // The orderly end: the lease file is complete and the journals are empty.
  void close(TimePoint now);

 private:
  void load(TimePoint now);
  void recover(const Journal& journal, TimePoint now);

  bool may_write_at_once(TimePoint now);
  bool add_to_journal(const dhcp::LeasesChanged& change);
  bool start_generation(std::string text);
  bool write_file(TimePoint now);
  bool write_through(TimePoint now);
  void begin_write(TimePoint now);
  void finish_write(int error, TimePoint now);
  void complain_of_journal(TimePoint now);
  void file_failed(int error, TimePoint now);

  dhcp::LeaseStore& leases_;
  log::Log& log_;
  std::string path_;
  DiskFile file_;
  std::array<std::string, 2> journal_paths_;
  std::array<std::optional<DiskFile>, 2> journals_;

  // The journal that changes go to, while it is complete.
  bool journaling_ = false;
  std::size_t active_ = 0;
  std::uint64_t generation_ = 0;
  std::size_t journal_end_ = 0;
  bool changed_ = false;  // since its beginning

  // What the file is to become: the beginning of the active journal. The other journal may only be given up when the
  // file is that.
  std::shared_ptr<const std::string> text_;
  bool file_is_text_ = false;
  bool writing_ = false;
  TimePoint begun_;  // the last writing
  std::int64_t credit_;
  TimePoint credited_;
  std::optional<TimePoint> retry_at_;
  struct JournalProblem {
    std::size_t journal = 0;
    int error = 0;
  };
  std::optional<JournalProblem> problem_;  // to be logged, unless the file fails as well
  std::optional<TimePoint> complained_;

  std::unique_ptr<BackgroundWriter> writer_;
};

}  // namespace swapmasq::leases
