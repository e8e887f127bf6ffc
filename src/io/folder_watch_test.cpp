#include "io/folder_watch.hpp"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace swapmasq::io {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class FolderWatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "swapmasq-folder-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    folder_ = root_ / "watched";
    fs::create_directory(folder_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void note(const std::vector<FolderWatch::Change>& changes) {
    for (const auto& change : changes) {
      seen_.push_back((change.removed ? "-" : "+") + fs::path{change.folder}.filename().string() + "/" + change.name);
    }
  }
  static void write(const fs::path& path) { std::ofstream(path) << "text\n"; }

  // What has happened since the last call.
  std::vector<std::string> seen() {
    Loop::Timer end{loop_, [this] { loop_.stop(); }};
    end.set(Loop::now() + std::chrono::milliseconds{50});
    loop_.run();
    return std::exchange(seen_, {});
  }

  fs::path root_;
  fs::path folder_;
  Loop loop_;
  FolderWatch watch_{loop_, [this](const auto& changes) { note(changes); }};
  std::vector<std::string> seen_;
};

TEST_F(FolderWatchTest, ReportsFilesThatComeChangeAndGo) {
  EXPECT_EQ(watch_.add(folder_), 0);
  write(folder_ / "a");
  write(root_ / "b");
  fs::rename(root_ / "b", folder_ / "b");
  fs::remove(folder_ / "a");
  fs::rename(folder_ / "b", root_ / "b");
  EXPECT_THAT(seen(), ElementsAre("+watched/a", "+watched/b", "-watched/a"));
}

TEST_F(FolderWatchTest, AFolderMayHaveSeveralNames) {
  fs::create_symlink("watched", root_ / "link");
  EXPECT_EQ(watch_.add(folder_), 0);
  EXPECT_EQ(watch_.add(folder_), 0);
  EXPECT_EQ(watch_.add(root_ / "link"), 0);
  write(folder_ / "a");
  EXPECT_THAT(seen(), ElementsAre("+watched/a", "+link/a"));
}

TEST_F(FolderWatchTest, AFolderThatIsMadeAnewCanBeAddedAgain) {
  EXPECT_EQ(watch_.add(root_ / "none"), ENOENT);
  EXPECT_EQ(watch_.add(folder_), 0);
  fs::remove(folder_);
  fs::create_directory(folder_);
  EXPECT_EQ(watch_.add(folder_), 0);
  write(folder_ / "a");
  EXPECT_THAT(seen(), ElementsAre("+watched/a"));
}

}  // namespace
}  // namespace swapmasq::io
