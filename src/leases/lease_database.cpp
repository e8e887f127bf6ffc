#include "leases/lease_database.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <variant>

#include "base/startup_error.hpp"
#include "leases/recovery.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::leases {
namespace {

using namespace std::chrono_literals;

constexpr unsigned file_mode = 0666;
constexpr unsigned journal_mode = 0600;
constexpr std::chrono::seconds retry_pause{60};
// The file is never further behind than this, unless the disk is that slow.
constexpr std::chrono::seconds write_pause{1};
// A small file may be written at once so many times in a row, and once more for every second that goes by.
constexpr std::int64_t most_credit = 64;
constexpr std::size_t small_file = 65536;
// Then the reply waits this long for the file, so that who looks after the reply finds the lease there.
constexpr std::chrono::milliseconds patience{20};

std::string system_error(int error) { return std::strerror(error); }

DiskFile open_lease_file(const std::string& path) {
  auto file = DiskFile::open(path, file_mode);
  if (file) return std::move(*file);
  throw StartupError(ExitCode::file, "cannot open or create lease file " + path + ": " + system_error(file.error()));
}

std::optional<Journal> read_journal(const std::optional<DiskFile>& file) {
  if (!file) return std::nullopt;
  const auto octets = file->read();
  return octets ? parse_journal(to_bytes(*octets)) : std::nullopt;
}

}  // namespace

LeaseDatabase::LeaseDatabase(std::string path, dhcp::LeaseStore& leases, log::Log& log, TimePoint now)
    : leases_(leases),
      log_(log),
      path_(std::move(path)),
      file_(open_lease_file(path_)),
      journal_paths_{path_ + ".journal-a", path_ + ".journal-b"},
      credit_(most_credit),
      credited_(now) {
  load(now);
  leases_.remove_expired(seconds_of(now));
}

void LeaseDatabase::load(TimePoint now) {
  auto text = file_.read();
  if (!text) {
    throw StartupError(ExitCode::file, "failed to read lease file " + path_ + ": " + system_error(text.error()));
  }
  if (file_.regular()) {
    for (std::size_t i = 0; i < journals_.size(); ++i) {
      auto journal = DiskFile::open(journal_paths_.at(i), journal_mode);
      if (journal) {
        journals_.at(i) = std::move(*journal);
      } else if (!problem_) {
        problem_ = {i, journal.error()};
      }
    }
  }
  auto first = read_journal(journals_[0]);
  auto second = read_journal(journals_[1]);
  const auto newest = [](const auto& journal) { return journal ? journal->generation : 0; };
  active_ = newest(second) > newest(first) ? 1 : 0;
  generation_ = newest(active_ == 1 ? second : first);
  if (const auto journal = believed_journal(*text, std::move(first), std::move(second))) {
    recover(*journal, now);
  } else {
    dhcp::restore(dhcp::parse_lease_file(*text), leases_, log_);
    file_is_text_ = journaling_ = start_generation(std::move(*text));
  }
  complain_of_journal(now);
}

// What was begun when the program was killed is finished first: only then the other journal may be given up.
void LeaseDatabase::recover(const Journal& journal, TimePoint now) {
  dhcp::restore(replay(journal), leases_, log_);
  if (const int error = file_.overwrite(journal.text)) {
    file_failed(error, now);
    return;
  }
  file_.sync();
  if (start_generation(dhcp::lease_file_text(leases_))) {
    begin_write(now);
  } else {
    write_through(now);
  }
}

void LeaseDatabase::start(std::function<void()> finished) {
  writer_ = std::make_unique<BackgroundWriter>(std::move(finished));
}

void LeaseDatabase::save(const dhcp::LeasesChanged& change, TimePoint now) {
  if (!change.file) return;
  if (now < begun_) begun_ = now;  // the clock was set back
  if (journaling_ && (may_write_at_once(now) || change.all) && write_file(now)) {
    if (writer_) writer_->wait_written(patience);
    return;
  }
  journaling_ = journaling_ && add_to_journal(change);
  // A disk that takes nothing is left alone for a while.
  const bool hopeless = retry_at_ && now < begun_ + write_pause;
  if (!journaling_ && !hopeless) write_through(now);
}

bool LeaseDatabase::may_write_at_once(TimePoint now) {
  const auto gained = seconds_of(now) - seconds_of(credited_);
  credit_ = std::clamp<std::int64_t>(credit_ + gained, 0, most_credit);
  credited_ = now;
  if (credit_ == 0 || text_->size() > small_file) return false;
  --credit_;
  return true;
}

bool LeaseDatabase::add_to_journal(const dhcp::LeasesChanged& change) {
  if (change.all) return false;
  std::vector<Ipv4> addresses;
  for (const auto& each : change.leases) {
    if (each.file) addresses.push_back(each.address);
  }
  std::ranges::sort(addresses);
  const auto repeated = std::ranges::unique(addresses);
  addresses.erase(repeated.begin(), repeated.end());
  Bytes records;
  for (const auto address : addresses) {
    const auto* lease = leases_.find(address);
    const auto record = lease ? journal_change(generation_, *lease) : journal_removal(generation_, address);
    records.insert(records.end(), record.begin(), record.end());
  }
  const int error = journals_.at(active_)->write_at(journal_end_, records);
  if (error != 0) {
    problem_ = {active_, error};
    return false;
  }
  journal_end_ += records.size();
  changed_ = true;
  return true;
}

// False: the active journal stays what it was.
bool LeaseDatabase::start_generation(std::string text) {
  if (writing_ || !journals_[0] || !journals_[1]) return false;
  const auto next = 1 - active_;
  const auto& journal = *journals_.at(next);
  const auto start = journal_start(generation_ + 1, text);
  int error = journal.write_at(0, start);
  if (error == 0) error = journal.resize(start.size());
  if (error != 0) {
    problem_ = {next, error};
    return false;
  }
  active_ = next;
  ++generation_;
  journal_end_ = start.size();
  changed_ = false;
  text_ = std::make_shared<const std::string>(std::move(text));
  file_is_text_ = false;
  return true;
}

// The leases as they are now into the standby journal, and from there into the file.
bool LeaseDatabase::write_file(TimePoint now) {
  if (writing_ || !file_is_text_ || !start_generation(dhcp::lease_file_text(leases_))) return false;
  begin_write(now);
  return true;
}

void LeaseDatabase::begin_write(TimePoint now) {
  begun_ = now;
  writing_ = true;
  journaling_ = true;
  const auto write = [this, text = text_] {
    for (const auto& journal : journals_) {
      if (const int error = journal->sync()) return error;
    }
    if (const int error = file_.sync()) return error;
    return file_.overwrite(*text);
  };
  const auto sync = [this] { return file_.sync(); };
  if (writer_) {
    writer_->begin(write, sync);
  } else {
    const int error = write();
    finish_write(error != 0 ? error : sync(), now);
  }
}

void LeaseDatabase::finish_write(int error, TimePoint now) {
  writing_ = false;
  file_is_text_ = error == 0;
  if (error != 0) {
    file_failed(error, now);
  } else {
    retry_at_.reset();
  }
}

// Without a journal, or when one cannot be continued: the file itself holds everything, and a journal may begin again.
bool LeaseDatabase::write_through(TimePoint now) {
  if (writer_) {
    writer_->wait();
    writer_->take_outcome();
  }
  writing_ = false;
  begun_ = now;
  auto text = dhcp::lease_file_text(leases_);
  if (const int error = file_.overwrite(text)) {
    file_failed(error, now);
    return false;
  }
  retry_at_.reset();
  journaling_ = file_is_text_ = start_generation(std::move(text));
  complain_of_journal(now);
  const auto sync = [this] { return file_.sync(); };
  if (writer_) {
    writing_ = true;
    writer_->begin([] { return 0; }, sync);
  } else if (const int error = sync()) {
    file_failed(error, now);
  }
  return true;
}

void LeaseDatabase::tick(TimePoint now) {
  if (writing_ && writer_) {
    if (const auto outcome = writer_->take_outcome()) finish_write(*outcome, now);
  }
  if (writing_) return;
  if (retry_at_) {
    if (now < *retry_at_) return;
    if (journaling_ && !file_is_text_) {
      begin_write(now);
    } else {
      write_through(now);
    }
  } else if (journaling_ && changed_ && now >= begun_ + write_pause && !write_file(now)) {
    write_through(now);
  }
}

std::optional<TimePoint> LeaseDatabase::next_event() const {
  if (writing_) return std::nullopt;
  if (retry_at_) return retry_at_;
  return journaling_ && changed_ ? std::optional{begun_ + write_pause} : std::nullopt;
}

void LeaseDatabase::close(TimePoint now) {
  writer_.reset();
  writing_ = false;
  const bool complete = journaling_ ? file_is_text_ && !changed_ : !retry_at_;
  if (!complete && !write_through(now)) return;
  for (const auto& journal : journals_) {
    if (journal) journal->resize(0);
  }
}

void LeaseDatabase::complain_of_journal(TimePoint now) {
  const auto problem = std::exchange(problem_, std::nullopt);
  if (!problem || (complained_ && now < *complained_ + retry_pause)) return;
  complained_ = now;
  log_.write(log::lease_journal_failed(journal_paths_.at(problem->journal), system_error(problem->error)));
}

void LeaseDatabase::file_failed(int error, TimePoint now) {
  problem_.reset();  // this one says it all
  retry_at_ = now + retry_pause;
  if (const auto end = leases_.next_expiry()) retry_at_ = std::min(*retry_at_, std::max(at_seconds(*end), now));
  const auto wait = seconds_of(*retry_at_) - seconds_of(now);
  log_.write(log::lease_file_write_failed(path_, system_error(error), wait));
}

}  // namespace swapmasq::leases
