#include "tftp/shared_file.hpp"

#include <gtest/gtest.h>

#include "tftp/memory_files.hpp"

namespace swapmasq::tftp {
namespace {

class SharedFileTest : public testing::Test {
 protected:
  SharedFileTest() : content_(files_.add("/file", "abcdefgh")), file_(*files_.open("/file")) {}

  static std::string text_of(const Stretch& stretch) {
    return to_text(stretch.packets.view(0, stretch.packets.count()));
  }

  MemoryFiles files_;
  MemoryFiles::Content& content_;
  SharedFile file_;
};

using namespace std::string_literals;

TEST_F(SharedFileTest, IsReadOnceForAllWhoAreAtTheSamePlace) {
  const auto one = file_.stretch({.block_size = 3, .first = 2, .count = 2});
  const auto other = file_.stretch({.block_size = 3, .first = 2, .count = 2});
  EXPECT_EQ(one, other);
  EXPECT_EQ(content_.reads, 1U);
  EXPECT_EQ(text_of(*one), "\0\3\0\2def\0\3\0\3gh"s);
}

TEST_F(SharedFileTest, IsReadForEachPlaceAndBlockSize) {
  const auto first = file_.stretch({.block_size = 3, .first = 1, .count = 2});
  EXPECT_EQ(text_of(*first), "\0\3\0\1abc\0\3\0\2def"s);
  EXPECT_EQ(text_of(*file_.stretch({.block_size = 4, .first = 1, .count = 2})), "\0\3\0\1abcd\0\3\0\2efgh"s);
  EXPECT_EQ(text_of(*file_.stretch({.block_size = 3, .first = 1, .count = 1})), "\0\3\0\1abc"s);
  EXPECT_EQ(text_of(*file_.stretch({.block_size = 8, .first = 2, .count = 1})), "\0\3\0\2"s);
  EXPECT_EQ(content_.reads, 4U);
}

TEST_F(SharedFileTest, KeepsNothingThatNobodyHas) {
  const StretchName name{.block_size = 8, .first = 1, .count = 1};
  auto stretch = file_.stretch(name);
  stretch.reset();
  content_.octets = to_bytes("ABCDEFGH");
  EXPECT_EQ(text_of(*file_.stretch(name)), "\0\3\0\1ABCDEFGH"s);
}

TEST_F(SharedFileTest, ANewcomerGetsWhatAChangedFileHas) {
  const StretchName name{.block_size = 8, .first = 1, .count = 1};
  auto old = file_.stretch(name);
  content_.octets = to_bytes("ABCDEFGH");
  ++content_.version;
  const auto newer = file_.stretch(name);
  EXPECT_EQ(text_of(*newer), "\0\3\0\1ABCDEFGH"s);
  EXPECT_EQ(text_of(*old), "\0\3\0\1abcdefgh"s);
  old.reset();
  EXPECT_EQ(file_.stretch(name), newer) << "which the end of the old one does not touch";
}

TEST_F(SharedFileTest, FailuresAreNotShared) {
  const StretchName name{.block_size = 3, .first = 1, .count = 3};
  content_.octets = to_bytes("abcd");
  const auto shrunk = file_.stretch(name);
  EXPECT_EQ(shrunk->failure, 0);
  EXPECT_EQ(text_of(*shrunk), "\0\3\0\1abc"s);
  content_.read_error = EIO;
  EXPECT_EQ(file_.stretch(name)->failure, EIO);
  content_.read_error = 0;
  content_.octets = to_bytes("abcdefgh");
  EXPECT_EQ(file_.stretch(name)->failure, std::nullopt);
}

}  // namespace
}  // namespace swapmasq::tftp
