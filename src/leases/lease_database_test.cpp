#include "leases/lease_database.hpp"

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "dhcp/lease_file_format.hpp"
#include "log/recording_log.hpp"

namespace swapmasq::leases {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
namespace fs = std::filesystem;

// No file may grow any more.
class FullDisk {
 public:
  FullDisk() {
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &old_), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit none { 0, old_.rlim_max };
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &none), 0);
  }
  ~FullDisk() { EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &old_), 0); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  struct rlimit old_ {};
};

class LeaseDatabaseTest : public testing::Test {
 protected:
  LeaseDatabaseTest() { fs::create_directory(folder_); }
  ~LeaseDatabaseTest() override { fs::remove_all(folder_); }

  void open() {
    database_.reset();
    leases_ = std::make_unique<dhcp::LeaseStore>(1000);
    database_.emplace(path_.string(), *leases_, log_, now_);
  }
  // As after SIGKILL: what is on disk stays as it is.
  void kill_and_open() { open(); }

  void put(std::string_view text) const { std::ofstream{path_} << text; }
  static std::string content(const fs::path& path) {
    std::ostringstream out;
    out << std::ifstream{path}.rdbuf();
    return out.str();
  }
  std::string text() const { return content(path_); }
  fs::path journal(char which) const { return path_.string() + ".journal-" + which; }

  void grant(std::string_view address, std::int64_t expires) {
    const auto ip = Ipv4::parse(address).value();
    const auto* lease = leases_->find(ip);
    leases_->set_expiry(lease ? *lease : *leases_->add(ip), expires);
    save();
  }
  void save() { database_->save(leases_->take_changes(), now_); }
  // The file has been written at once so often that it has to wait from now on.
  void use_up_credit() {
    for (int i = 0; i < 64; ++i) grant("10.0.0.1", 5000 + i);
  }

  fs::path folder_ = fs::temp_directory_path() / ("lease-database-test." + std::to_string(getpid()));
  fs::path path_ = folder_ / "leases";
  std::unique_ptr<dhcp::LeaseStore> leases_;
  log::RecordingLog log_;
  TimePoint now_ = at_seconds(1000);
  std::optional<LeaseDatabase> database_;
};

TEST_F(LeaseDatabaseTest, TheFileIsCreatedAndKeepsItsInode) {
  open();
  struct stat before {};
  ASSERT_EQ(stat(path_.c_str(), &before), 0);
  EXPECT_EQ(before.st_mode & 0777U, 0644U);
  grant("10.0.0.1", 5000);
  EXPECT_EQ(text(), "5000 01- 10.0.0.1 * *\n");
  leases_->remove(*leases_->find(*Ipv4::parse("10.0.0.1")));
  save();
  EXPECT_EQ(text(), "");
  struct stat after {};
  ASSERT_EQ(stat(path_.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_THAT(log_.lines, IsEmpty());
}

TEST_F(LeaseDatabaseTest, UnderLoadTheFileIsAtMostASecondBehind) {
  open();
  use_up_credit();
  const auto before = text();
  grant("10.0.0.2", 7000);
  EXPECT_EQ(text(), before);
  ASSERT_LT(database_->next_event(), now_ + 1s);
  now_ = *database_->next_event();
  database_->tick(now_);
  EXPECT_EQ(text(), "7000 01- 10.0.0.2 * *\n5063 01- 10.0.0.1 * *\n");
  EXPECT_EQ(database_->next_event(), std::nullopt);
}

TEST_F(LeaseDatabaseTest, WhereManyLeasesChangeTogetherTheFileWaits) {
  open();
  for (int i = 1; i <= 5; ++i) leases_->add(Ipv4::parse("10.0.0." + std::to_string(i)).value());
  save();
  EXPECT_EQ(text(), "");
  now_ = *database_->next_event();
  database_->tick(now_);
  EXPECT_EQ(text(), dhcp::lease_file_text(*leases_));
}

TEST_F(LeaseDatabaseTest, WhatIsOnlyInTheJournalSurvivesAKill) {
  open();
  use_up_credit();
  grant("10.0.0.2", 7000);
  grant("10.0.0.3", 8000);
  leases_->remove(*leases_->find(*Ipv4::parse("10.0.0.1")));
  save();
  kill_and_open();
  EXPECT_EQ(text(), "7000 01- 10.0.0.2 * *\n8000 01- 10.0.0.3 * *\n") << "complete again, and turned as by any start";
  EXPECT_EQ(dhcp::lease_file_text(*leases_), text());
}

TEST_F(LeaseDatabaseTest, AFileThatSomebodyElseChangedWins) {
  open();
  use_up_credit();
  grant("10.0.0.2", 7000);
  put("6000 02:00:00:00:00:01 10.0.0.9 other *\n");
  kill_and_open();
  EXPECT_EQ(dhcp::lease_file_text(*leases_), "6000 02:00:00:00:00:01 10.0.0.9 other *\n");
}

TEST_F(LeaseDatabaseTest, AFileThatSomebodyRemovedOrEmptiedStaysEmpty) {
  open();
  use_up_credit();
  fs::remove(path_);
  kill_and_open();
  EXPECT_EQ(leases_->size(), 0U);
  use_up_credit();
  fs::resize_file(path_, 0);
  kill_and_open();
  EXPECT_EQ(leases_->size(), 0U);
}

TEST_F(LeaseDatabaseTest, AHalfWrittenFileIsRepaired) {
  open();
  for (int i = 1; i < 250; ++i) grant("10.0.0." + std::to_string(i), 5000);
  now_ += 1s;
  database_->tick(now_);
  for (int i = 1; i < 250; ++i) grant("10.0.1." + std::to_string(i), 5000);
  const auto old = text();
  now_ += 1s;
  database_->tick(now_);
  const auto written = text();
  ASSERT_GT(old.size(), 4096U);
  // The first block is new, the rest is not.
  put(written.substr(0, 4096) + old.substr(4096));
  kill_and_open();
  EXPECT_EQ(leases_->size(), 498U);
  EXPECT_EQ(text().size(), written.size());
}

TEST_F(LeaseDatabaseTest, AnOrderlyEndLeavesACompleteFileAndEmptyJournals) {
  open();
  use_up_credit();
  grant("10.0.0.2", 7000);
  database_->close(now_);
  EXPECT_EQ(text(), "7000 01- 10.0.0.2 * *\n5063 01- 10.0.0.1 * *\n");
  EXPECT_EQ(content(journal('a')) + content(journal('b')), "");
}

TEST_F(LeaseDatabaseTest, WithoutChangesTheFileIsLeftAlone) {
  const auto* odd = "0\n02:00:00:00:00:01   10.0.0.1 * *";
  put(odd);
  open();
  database_->close(now_);
  EXPECT_EQ(text(), odd);
}

TEST_F(LeaseDatabaseTest, LeavesOutWhatHasEnded) {
  put("1000 02:00:00:00:00:01 10.0.0.1 * *\n1001 02:00:00:00:00:02 10.0.0.2 * *\n");
  open();
  EXPECT_EQ(dhcp::lease_file_text(*leases_), "1001 02:00:00:00:00:02 10.0.0.2 * *\n");
}

TEST_F(LeaseDatabaseTest, TooManyLeasesEndTheProgram) {
  put("0 02:00 10.0.0.1 * *\n0 02:01 10.0.0.2 * *\n");
  dhcp::LeaseStore small{1};
  try {
    const LeaseDatabase database{path_.string(), small, log_, now_};
    FAIL();
  } catch (const StartupError& error) {
    EXPECT_STREQ(error.what(), "too many stored leases");
    EXPECT_EQ(error.code(), 5);
  }
}

TEST_F(LeaseDatabaseTest, AMissingFolderEndsTheProgram) {
  dhcp::LeaseStore store{1};
  try {
    const LeaseDatabase database{"/nonexistent/leases", store, log_, now_};
    FAIL();
  } catch (const StartupError& error) {
    EXPECT_STREQ(error.what(), "cannot open or create lease file /nonexistent/leases: No such file or directory");
    EXPECT_EQ(error.code(), 3);
  }
}

TEST_F(LeaseDatabaseTest, WithoutAJournalTheFileIsWrittenBeforeEveryReply) {
  fs::create_directory(journal('a'));
  open();
  EXPECT_THAT(log_.take_texts(),
              ElementsAre("cannot write lease journal " + journal('a').string() + ": Is a directory"));
  for (int i = 0; i < 100; ++i) {
    grant("10.0.0.1", 5000 + i);
    EXPECT_EQ(text(), std::to_string(5000 + i) + " 01- 10.0.0.1 * *\n");
  }
}

TEST_F(LeaseDatabaseTest, ADeviceHasNoJournal) {
  leases_ = std::make_unique<dhcp::LeaseStore>(10);
  fs::create_symlink("/dev/null", path_);
  database_.emplace(path_.string(), *leases_, log_, now_);
  grant("10.0.0.1", 5000);
  EXPECT_FALSE(fs::exists(journal('a')));
  EXPECT_THAT(log_.lines, IsEmpty());
}

TEST_F(LeaseDatabaseTest, AFullDiskIsTriedAgainAndLosesNothingThatWasStored) {
  open();
  grant("10.0.0.1", 5000);
  {
    const FullDisk full;
    now_ += 1s;
    grant("10.0.0.2", 1030);
    EXPECT_THAT(log_.take_texts(),
                ElementsAre("failed to write " + path_.string() + ": File too large (retry in 29 s)"))
        << "a lease ends sooner than in a minute";
    EXPECT_EQ(text(), "5000 01- 10.0.0.1 * *\n");
    EXPECT_EQ(database_->next_event(), at_seconds(1030));
    now_ += 1s;
    grant("10.0.0.2", 6000);
    EXPECT_THAT(log_.take_texts(),
                ElementsAre("failed to write " + path_.string() + ": File too large (retry in 60 s)"));
  }
  now_ = *database_->next_event();
  database_->tick(now_);
  EXPECT_EQ(text(), "6000 01- 10.0.0.2 * *\n5000 01- 10.0.0.1 * *\n");
  EXPECT_EQ(database_->next_event(), std::nullopt);
  use_up_credit();
  grant("10.0.0.3", 9000);
  kill_and_open();
  EXPECT_EQ(leases_->size(), 3U) << "the journal is back";
}

TEST_F(LeaseDatabaseTest, AKillOnAFullDiskForgetsOnlyWhatCouldNotBeStored) {
  open();
  grant("10.0.0.1", 5000);
  {
    const FullDisk full;
    grant("10.0.0.2", 6000);
  }
  kill_and_open();
  EXPECT_EQ(dhcp::lease_file_text(*leases_), "5000 01- 10.0.0.1 * *\n");
}

TEST_F(LeaseDatabaseTest, AThreadWaitsForTheDisk) {
  open();
  std::atomic<int> finished = 0;
  database_->start([&] { ++finished; });
  grant("10.0.0.1", 5000);
  while (finished == 0) std::this_thread::yield();
  EXPECT_EQ(text(), "5000 01- 10.0.0.1 * *\n");
  database_->tick(now_);
  grant("10.0.0.2", 6000);
  database_->close(now_);
  EXPECT_EQ(text(), "6000 01- 10.0.0.2 * *\n5000 01- 10.0.0.1 * *\n");
}

}  // namespace
}  // namespace swapmasq::leases
