#include "leases/journals.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <unistd.h>

namespace swapmasq::leases {
namespace {

namespace fs = std::filesystem;

class JournalsTest : public testing::Test {
 protected:
  JournalsTest() {
    fs::create_directory(folder_);
    EXPECT_FALSE(journals_.open());
  }
  ~JournalsTest() override { fs::remove_all(folder_); }

  void start(std::string_view text) { EXPECT_FALSE(journals_.start(to_bytes(text))); }
  void add(std::string_view line) {
    const JournalChange change = dhcp::LeaseLines{std::string{line} + "\n", {}};
    EXPECT_FALSE(journals_.add({&change, 1}));
  }
  // As "generation text first-octet-of-each-change", of the one that the next start of the program goes by.
  std::string newest() const {
    Journals again{path_};
    EXPECT_FALSE(again.open());
    const auto found = again.read();
    std::string best;
    std::uint64_t generation = 0;
    for (const auto& journal : found) {
      if (!journal || journal->generation < generation) continue;
      generation = journal->generation;
      best = std::to_string(generation) + " " + journal->text;
      for (const auto& change : journal->changes) {
        best += " " + std::to_string(std::get<dhcp::Lease>(change).expires);
      }
    }
    return best;
  }

  fs::path folder_ = fs::temp_directory_path() / ("journals-test." + std::to_string(getpid()));
  std::string path_ = folder_ / "leases";
  Journals journals_{path_};
};

TEST_F(JournalsTest, WhatIsAddedWhileTheNextIsMadeReadyIsInBoth) {
  journals_.prepare();
  start("first");
  add("1 02:00:00:00:00:01 10.0.0.1 * *");
  EXPECT_EQ(newest(), "1 first 1");
  journals_.prepare();
  add("2 02:00:00:00:00:01 10.0.0.1 * *");
  EXPECT_EQ(newest(), "1 first 1 2");
  start("second");
  EXPECT_EQ(newest(), "2 second 2");
  add("3 02:00:00:00:00:01 10.0.0.1 * *");
  EXPECT_EQ(newest(), "2 second 2 3");
}

TEST_F(JournalsTest, GoesOnAfterWhatWasFound) {
  journals_.prepare();
  start("first");
  Journals again{path_};
  ASSERT_FALSE(again.open());
  again.read();
  again.prepare();
  ASSERT_FALSE(again.start(to_bytes("second")));
  EXPECT_EQ(newest(), "2 second");
}

TEST_F(JournalsTest, WithoutItsHeadTheNextOneDoesNotCount) {
  journals_.prepare();
  start("first");
  journals_.prepare();
  start("second");
  // As it is just before it is ready.
  const auto second = DiskFile::open(path_ + ".journal-a", 0600);
  ASSERT_EQ(second->write_at(0, Bytes(journal_head_size)), 0);
  EXPECT_EQ(newest(), "1 first");
}

}  // namespace
}  // namespace swapmasq::leases
