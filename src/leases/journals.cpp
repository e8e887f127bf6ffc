#include "leases/journals.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace swapmasq::leases {
namespace {

constexpr unsigned journal_mode = 0600;

std::optional<Journal> read_journal(const std::optional<DiskFile>& file) {
  if (!file) return std::nullopt;
  const auto octets = file->read();
  return octets ? parse_journal(to_bytes(*octets)) : std::nullopt;
}

}  // namespace

Journals::Journals(const std::string& lease_file)
    : files_{{{lease_file + ".journal-a", {}}, {lease_file + ".journal-b", {}}}} {}

std::optional<JournalProblem> Journals::open() {
  std::optional<JournalProblem> problem;
  for (auto& [path, file] : files_) {
    auto opened = DiskFile::open(path, journal_mode);
    if (opened) {
      file = std::move(*opened);
    } else if (!problem) {
      problem = {path, opened.error()};
    }
  }
  return problem;
}

bool Journals::available() const { return files_[0].file && files_[1].file; }

std::array<std::optional<Journal>, 2> Journals::read() {
  std::array<std::optional<Journal>, 2> found{read_journal(files_[0].file), read_journal(files_[1].file)};
  const auto generation = [](const auto& journal) { return journal ? journal->generation : 0; };
  const std::lock_guard lock{mutex_};
  active_ = generation(found[1]) > generation(found[0]) ? 1 : 0;
  generation_ = generation(found.at(active_));
  return found;
}

void Journals::prepare() {
  const std::lock_guard lock{mutex_};
  for_next_.emplace();
}

std::optional<JournalProblem> Journals::start(ByteView text) {
  // Only this function changes them, and add() reads them.
  const auto& next = files_.at(1 - active_);
  const auto generation = generation_ + 1;
  const auto head = journal_head(generation, text);
  int error = write_body(*next.file, text);

  const std::lock_guard lock{mutex_};
  const auto records = journal_records(generation, *for_next_);
  const auto end = head.size() + text.size();
  if (error == 0) error = next.file->write_at(end, records);
  if (error == 0) error = next.file->write_at(0, head);  // from this moment on this is the newer journal
  for_next_.reset();
  if (error != 0) return JournalProblem{next.path, error};
  active_ = 1 - active_;
  generation_ = generation;
  end_ = end + records.size();
  return std::nullopt;
}

// All but what makes it a journal.
int Journals::write_body(const DiskFile& journal, ByteView text) {
  if (const int error = journal.write_at(0, Bytes(journal_head_size))) return error;
  if (const int error = journal.write_at(journal_head_size, text)) return error;
  return journal.resize(journal_head_size + text.size());
}

std::optional<JournalProblem> Journals::add(std::span<const JournalChange> changes) {
  const std::lock_guard lock{mutex_};
  const auto& [path, file] = files_.at(active_);
  const auto records = journal_records(generation_, changes);
  if (const int error = file->write_at(end_, records)) return JournalProblem{path, error};
  end_ += records.size();
  if (for_next_) std::ranges::copy(changes, std::back_inserter(*for_next_));
  return std::nullopt;
}

int Journals::sync() const {
  for (const auto& [path, file] : files_) {
    if (const int error = file->sync()) return error;
  }
  return 0;
}

void Journals::clear() const {
  for (const auto& [path, file] : files_) {
    if (file) file->resize(0);
  }
}

}  // namespace swapmasq::leases
