// The leases on disk: the lease file of the reference and, beside it, two journals that take turns (docs/design.md,
// "Leases"). A change is in a journal before its reply is sent; the lease file follows, at once while there is little
// to do and within a second otherwise. Where no journal can be written, the lease file itself is, before every reply.
//
// All files are opened once, as root, and only ever changed in place. Store and log are borrowed.
#pragma once

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
#include "leases/journals.hpp"
#include "leases/lease_text.hpp"
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

  bool may_write_at_once(std::size_t changed, TimePoint now);
  bool add_to_journal(const dhcp::LeasesChanged& change);
  bool start_generation(ByteView text);
  void begin_generation(TimePoint now);
  void begin(BackgroundWriter::Step write, TimePoint now);
  void settle(int error);
  void finish(int error, TimePoint now);
  void wait_for_writer();
  int write_file() const;
  bool write_through(TimePoint now);
  void complain_of_journal(TimePoint now);
  void file_failed(int error, TimePoint now);

  dhcp::LeaseStore& leases_;
  log::Log& log_;
  std::string path_;
  DiskFile file_;
  Journals journals_;

  // The active journal holds all that has been saved. It begins with `text_`; what has changed since then:
  bool journaling_ = false;
  LeaseText text_;
  LeaseEdits edits_;
  // The file is what the active journal begins with. The other journal may only be given up then.
  bool file_is_text_ = false;

  bool writing_ = false;
  // While something is being written, the thread's, as is text_.
  LeaseEdits taken_;                             // for the generation that it starts
  std::optional<JournalProblem> start_problem_;  // why it could not

  TimePoint begun_;  // the last writing
  std::int64_t credit_;
  TimePoint credited_;
  std::optional<TimePoint> retry_at_;
  std::optional<JournalProblem> problem_;  // to be logged, unless the file fails as well
  std::optional<TimePoint> complained_;

  std::unique_ptr<BackgroundWriter> writer_;
};

}  // namespace swapmasq::leases
