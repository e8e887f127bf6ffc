#include "leases/lease_database.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>
#include <vector>

#include "base/startup_error.hpp"
#include "leases/recovery.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::leases {
namespace {

using namespace std::chrono_literals;

constexpr unsigned file_mode = 0666;
constexpr std::chrono::seconds retry_pause{60};
// From one writing of the file to the next, which leaves it some time to be no more than a second behind.
constexpr std::chrono::milliseconds write_pause{800};
// A small file may be written at once so many times in a row, and once more for every second that goes by.
constexpr std::int64_t most_credit = 64;
constexpr std::size_t small_file = 65536;
// So many leases that change together are a sign that there is much to do.
constexpr std::size_t many_changes = 5;
// Then the reply waits this long for the file, so that who looks after the reply finds the lease there.
constexpr std::chrono::milliseconds patience{20};

std::string system_error(int error) { return std::strerror(error); }

DiskFile open_lease_file(const std::string& path) {
  auto file = DiskFile::open(path, file_mode);
  if (file) return std::move(*file);
  throw StartupError(ExitCode::file, "cannot open or create lease file " + path + ": " + system_error(file.error()));
}

}  // namespace

LeaseDatabase::LeaseDatabase(std::string path, dhcp::LeaseStore& leases, log::Log& log, TimePoint now)
    : leases_(leases),
      log_(log),
      path_(std::move(path)),
      file_(open_lease_file(path_)),
      journals_(path_),
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
  if (file_.regular()) problem_ = journals_.open();
  auto [first, second] = journals_.read();
  if (const auto journal = believed_journal(*text, std::move(first), std::move(second))) {
    recover(*journal, now);
  } else {
    dhcp::restore(dhcp::parse_lease_file(*text), leases_, log_);
    text_ = LeaseText{leases_};
    file_is_text_ = journaling_ = start_generation(to_bytes(*text));
  }
  complain_of_journal(now);
}

// What was begun when the program was killed is finished first: only then the other journal may be given up.
void LeaseDatabase::recover(const Journal& journal, TimePoint now) {
  dhcp::restore(replay(journal), leases_, log_);
  if (const int error = file_.overwrite(to_bytes(journal.text))) {
    file_failed(error, now);
    return;
  }
  file_.sync();
  text_ = LeaseText{leases_};
  journaling_ = start_generation(text_.octets());
  if (journaling_) {
    begin([this] { return write_file(); }, now);
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
  const auto known = edits_.size();
  journaling_ = journaling_ && add_to_journal(change);
  if (!journaling_ || change.all) {
    // A disk that takes nothing is left alone for a while.
    const bool hopeless = retry_at_ && now < begun_ + write_pause;
    if (!hopeless) write_through(now);
  } else if (may_write_at_once(edits_.size() - known, now)) {
    begin_generation(now);
    if (writer_) writer_->wait_written(patience);
  }
}

bool LeaseDatabase::may_write_at_once(std::size_t changed, TimePoint now) {
  const auto gained = seconds_of(now) - seconds_of(credited_);
  credit_ = changed < many_changes ? std::clamp<std::int64_t>(credit_ + gained, 0, most_credit) : 0;
  credited_ = now;
  if (credit_ == 0 || writing_ || !file_is_text_ || text_.octets().size() > small_file) return false;
  --credit_;
  return true;
}

bool LeaseDatabase::add_to_journal(const dhcp::LeasesChanged& change) {
  std::vector<dhcp::LeasesChanged::Change> leases;
  std::ranges::copy_if(change.leases, std::back_inserter(leases), &dhcp::LeasesChanged::Change::file);
  std::ranges::sort(leases, {}, &dhcp::LeasesChanged::Change::sequence);
  const auto repeated = std::ranges::unique(leases, {}, &dhcp::LeasesChanged::Change::sequence);
  leases.erase(repeated.begin(), repeated.end());
  std::vector<JournalChange> records;
  for (const auto& each : leases) {
    const auto* lease = leases_.find_sequence(each.sequence);
    auto lines = lease ? dhcp::lease_lines(*lease) : dhcp::LeaseLines{};
    // A lease file may have an address twice.
    const auto* other = lease ? nullptr : leases_.find(each.address);
    if (lease || other) {
      records.emplace_back(lease ? lines : dhcp::lease_lines(*other));
    } else {
      records.emplace_back(RemovedLease{each.address});
    }
    edits_.insert_or_assign(each.sequence, std::move(lines));
  }
  auto problem = journals_.add(records);
  if (problem) problem_ = std::move(problem);
  return !problem;
}

// False: the active journal stays what it was.
bool LeaseDatabase::start_generation(ByteView text) {
  if (!journals_.available()) return false;
  journals_.prepare();
  auto problem = journals_.start(text);
  if (problem) problem_ = std::move(problem);
  return !problem;
}

// The leases as they are now into the other journal, and from there into the file.
void LeaseDatabase::begin_generation(TimePoint now) {
  journals_.prepare();
  taken_ = std::exchange(edits_, {});
  begin(
      [this] {
        auto text = text_.with(taken_);
        start_problem_ = journals_.start(text.octets());
        if (start_problem_) return start_problem_->error;
        text_ = std::move(text);
        return write_file();
      },
      now);
}

void LeaseDatabase::begin(BackgroundWriter::Step write, TimePoint now) {
  begun_ = now;
  writing_ = true;
  const auto sync = [this] { return file_.sync(); };
  if (writer_) {
    writer_->begin(std::move(write), sync);
  } else {
    const int error = write();
    finish(error != 0 ? error : sync(), now);
  }
}

// What the active journal begins with into the file. The journals are on the disk before anything is overwritten.
int LeaseDatabase::write_file() const {
  if (const int error = journals_.sync()) return error;
  if (const int error = file_.sync()) return error;
  return file_.overwrite(text_.octets());
}

void LeaseDatabase::settle(int error) {
  writing_ = false;
  if (start_problem_) {
    problem_ = std::exchange(start_problem_, std::nullopt);
    edits_.merge(taken_);  // the newer ones stay
  } else {
    file_is_text_ = error == 0;
  }
  taken_.clear();
}

void LeaseDatabase::finish(int error, TimePoint now) {
  const bool started = !start_problem_;
  settle(error);
  if (!started) {
    write_through(now);
  } else if (error != 0) {
    file_failed(error, now);
  } else {
    retry_at_.reset();
  }
}

void LeaseDatabase::wait_for_writer() {
  if (!writer_) return;
  writer_->wait();
  if (const auto outcome = writer_->take_outcome()) settle(*outcome);
}

// Without a journal, or when one cannot be continued: the file itself holds everything, and a journal may begin again.
bool LeaseDatabase::write_through(TimePoint now) {
  wait_for_writer();
  begun_ = now;
  LeaseText text{leases_};
  if (const int error = file_.overwrite(text.octets())) {
    file_failed(error, now);
    return false;
  }
  retry_at_.reset();
  journaling_ = file_is_text_ = start_generation(text.octets());
  text_ = std::move(text);
  edits_.clear();
  complain_of_journal(now);
  if (writer_) {
    begin([] { return 0; }, now);
  } else if (const int error = file_.sync()) {
    file_failed(error, now);
  }
  return true;
}

void LeaseDatabase::tick(TimePoint now) {
  if (writing_ && writer_) {
    if (const auto outcome = writer_->take_outcome()) finish(*outcome, now);
  }
  if (writing_) return;
  if (retry_at_) {
    if (now < *retry_at_) return;
    if (journaling_ && !file_is_text_) {
      begin([this] { return write_file(); }, now);
    } else {
      write_through(now);
    }
  } else if (journaling_ && !edits_.empty() && now >= begun_ + write_pause) {
    if (file_is_text_) {
      begin_generation(now);
    } else {
      write_through(now);
    }
  }
}

std::optional<TimePoint> LeaseDatabase::next_event() const {
  if (writing_) return std::nullopt;
  if (retry_at_) return retry_at_;
  return journaling_ && !edits_.empty() ? std::optional{begun_ + write_pause} : std::nullopt;
}

void LeaseDatabase::close(TimePoint now) {
  wait_for_writer();
  writer_.reset();
  const bool complete = journaling_ ? file_is_text_ && edits_.empty() : !retry_at_;
  if (complete || write_through(now)) journals_.clear();
}

void LeaseDatabase::complain_of_journal(TimePoint now) {
  const auto problem = std::exchange(problem_, std::nullopt);
  if (!problem || (complained_ && now < *complained_ + retry_pause)) return;
  complained_ = now;
  log_.write(log::lease_journal_failed(problem->path, system_error(problem->error)));
}

void LeaseDatabase::file_failed(int error, TimePoint now) {
  problem_.reset();  // this one says it all
  retry_at_ = now + retry_pause;
  if (const auto end = leases_.next_expiry()) retry_at_ = std::min(*retry_at_, std::max(at_seconds(*end), now));
  const auto wait = seconds_of(*retry_at_) - seconds_of(now);
  log_.write(log::lease_file_write_failed(path_, system_error(error), wait));
}

}  // namespace swapmasq::leases
