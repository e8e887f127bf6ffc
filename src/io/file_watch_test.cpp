#include "io/file_watch.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "base/startup_error.hpp"

namespace swapmasq::io {
namespace {

namespace fs = std::filesystem;

class WatchedFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "swapmasq-watch-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name) const { std::ofstream(folder_ / name) << "nameserver 1.2.3.4\n"; }

  // Runs the loop for long enough to see what has happened.
  void settle() {
    Loop::Timer end{loop_, [this] { loop_.stop(); }};
    end.set(Loop::now() + std::chrono::milliseconds{50});
    loop_.run();
  }

  fs::path folder_;
  Loop loop_;
};

TEST_F(WatchedFolder, ReportsWritesAndMovesOfTheNamedFileOnly) {
  int changes = 0;
  FileWatch watch{loop_, [&] { ++changes; }};
  watch.add(folder_ / "resolv.conf");
  write("other");
  settle();
  EXPECT_EQ(changes, 0);
}

TEST_F(WatchedFolder, SeesAFileThatDidNotExist) {
  int changes = 0;
  FileWatch watch{loop_, [&] { ++changes; }};
  watch.add(folder_ / "resolv.conf");
  write("resolv.conf");
  settle();
  EXPECT_EQ(changes, 1);
}

TEST_F(WatchedFolder, FollowsALinkToTheFolderOfItsTarget) {
  fs::create_directory(folder_ / "run");
  fs::create_symlink("run/resolv.conf", folder_ / "resolv.conf");
  int changes = 0;
  FileWatch watch{loop_, [&] { ++changes; }};
  watch.add(folder_ / "resolv.conf");
  write("run/new");
  fs::rename(folder_ / "run/new", folder_ / "run/resolv.conf");
  settle();
  EXPECT_EQ(changes, 1);
}

TEST_F(WatchedFolder, AMissingFolderIsFatal) {
  FileWatch watch{loop_, [] {}};
  const std::string path = folder_ / "none/resolv.conf";
  try {
    watch.add(path);
    FAIL() << "watched";
  } catch (const StartupError& error) {
    EXPECT_EQ(error.code(), 5);
    EXPECT_EQ(std::string{error.what()}, "directory " + path + " for resolv-file is missing, cannot poll");
  }
}

TEST_F(WatchedFolder, LinksInACircleAreFatal) {
  fs::create_symlink("b", folder_ / "a");
  fs::create_symlink("a", folder_ / "b");
  FileWatch watch{loop_, [] {}};
  EXPECT_THROW(watch.add(folder_ / "a"), StartupError);
}

}  // namespace
}  // namespace swapmasq::io
