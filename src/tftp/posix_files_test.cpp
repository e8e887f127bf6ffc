#include "tftp/posix_files.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bytes.hpp"

namespace swapmasq::tftp {
namespace {

class PosixFilesTest : public testing::Test {
 protected:
  PosixFilesTest() {
    std::string pattern = testing::TempDir() + "tftp-XXXXXX";
    directory_ = mkdtemp(pattern.data());
  }
  ~PosixFilesTest() override { std::filesystem::remove_all(directory_); }

  std::string path(const std::string& name) const { return directory_ + "/" + name; }

  std::string add(const std::string& name, std::string_view text) const {
    std::ofstream{path(name)} << text;
    return path(name);
  }

  PosixFiles files;

 private:
  std::string directory_;
};

TEST_F(PosixFilesTest, ReadsIntoSeparateParts) {
  const auto file = files.open(add("f", "0123456789"));
  ASSERT_TRUE(file);
  EXPECT_EQ((*file)->status().size, 10U);
  EXPECT_EQ((*file)->status().kind, FileStatus::Kind::regular);
  EXPECT_EQ((*file)->status().owner, geteuid());
  std::array<std::uint8_t, 4> first{};
  std::array<std::uint8_t, 3> second{};
  const std::array<std::span<std::uint8_t>, 2> parts{first, second};
  EXPECT_EQ((*file)->read(2, parts), 7U);
  EXPECT_EQ(to_text(first), "2345");
  EXPECT_EQ(to_text(second), "678");
  EXPECT_EQ((*file)->read(5, parts), 5U) << "what is there";
  EXPECT_EQ(to_text(first), "5678");
  EXPECT_EQ(second[0], '9');
  EXPECT_EQ((*file)->read(10, parts), 0U);
}

TEST_F(PosixFilesTest, ReadsMorePartsThanOneSystemCallTakes) {
  std::string text(3000, 'a');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 26);
  const auto file = files.open(add("f", text));
  ASSERT_TRUE(file);
  Bytes content(3000);
  std::vector<std::span<std::uint8_t>> parts;
  for (std::size_t i = 0; i < 3000; i += 3) parts.push_back(std::span{content}.subspan(i, 3));
  EXPECT_EQ((*file)->read(0, parts), 3000U);
  EXPECT_EQ(to_text(content), text);
}

TEST_F(PosixFilesTest, WorldReadable) {
  const auto name = add("f", "");
  ASSERT_EQ(chmod(name.c_str(), 0640), 0);
  EXPECT_FALSE((*files.open(name))->status().world_readable);
  ASSERT_EQ(chmod(name.c_str(), 0604), 0);
  EXPECT_TRUE((*files.open(name))->status().world_readable);
}

TEST_F(PosixFilesTest, AChangeMakesAnotherVersion) {
  add("f", "before");
  const auto file = files.open(path("f"));
  ASSERT_TRUE(file);
  const auto before = (*file)->version();
  EXPECT_EQ((*file)->version(), before);
  std::filesystem::last_write_time(path("f"), std::filesystem::file_time_type::clock::now() + std::chrono::seconds{2});
  EXPECT_NE((*file)->version(), before);
}

TEST_F(PosixFilesTest, ErrorsAreErrno) {
  add("f", "");
  EXPECT_EQ(files.open(path("missing")).error(), ENOENT);
  EXPECT_EQ(files.open(path("f/x")).error(), ENOTDIR);
  EXPECT_EQ(files.open(path(std::string(300, 'n'))).error(), ENAMETOOLONG);
}

TEST_F(PosixFilesTest, DirectoriesOpenButCannotBeRead) {
  const auto directory = files.open(path(""));
  ASSERT_TRUE(directory);
  EXPECT_EQ((*directory)->status().kind, FileStatus::Kind::directory);
  EXPECT_EQ((*directory)->read(0, {}).error(), EISDIR);
}

TEST_F(PosixFilesTest, NobodyWaitsForAFifo) {
  ASSERT_EQ(mkfifo(path("fifo").c_str(), 0644), 0);
  const auto fifo = files.open(path("fifo"));
  ASSERT_TRUE(fifo);
  EXPECT_EQ((*fifo)->status().kind, FileStatus::Kind::special);
  EXPECT_EQ((*files.open("/dev/null"))->status().kind, FileStatus::Kind::special);
}

TEST_F(PosixFilesTest, SymbolicLinksAreFollowed) {
  add("target", "x");
  std::filesystem::create_symlink("target", path("link"));
  const auto link = files.open(path("link"));
  const auto target = files.open(path("target"));
  ASSERT_TRUE(link);
  EXPECT_EQ((*link)->status().inode, (*target)->status().inode);
}

TEST_F(PosixFilesTest, Directories) {
  add("f", "");
  EXPECT_EQ(files.check_directory(path("")), 0);
  EXPECT_EQ(files.check_directory(path("f")), ENOTDIR);
  EXPECT_EQ(files.check_directory(path("missing")), ENOENT);
  EXPECT_TRUE(files.is_directory(path("")));
  EXPECT_FALSE(files.is_directory(path("f")));
  EXPECT_FALSE(files.is_directory(path("missing")));
}

}  // namespace
}  // namespace swapmasq::tftp
