#include <gtest/gtest.h>

#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {
namespace {

TEST(Reader, NeverReadsPastTheEnd) {
  const Bytes three{1, 2, 3};
  Reader in{three};
  EXPECT_EQ(in.u32(), std::nullopt);
  EXPECT_EQ(in.u16(), 0x0102);
  EXPECT_EQ(in.u16(), std::nullopt);
  EXPECT_EQ(in.u8(), 3);
  EXPECT_EQ(in.u8(), std::nullopt);
  EXPECT_FALSE(in.seek(4));
  EXPECT_TRUE(in.seek(3));
  EXPECT_FALSE(in.bytes(static_cast<std::size_t>(-1)).has_value());
}

TEST(Reader, ASubReaderEndsWhereItsLengthSays) {
  const Bytes four{9, 8, 7, 6};
  Reader in{four};
  auto sub = in.sub(2);
  ASSERT_TRUE(sub);
  EXPECT_EQ(sub->u32(), std::nullopt);
  EXPECT_EQ(sub->u16(), 0x0908);
  EXPECT_EQ(in.u8(), 7);
  EXPECT_FALSE(in.sub(2).has_value());
}

TEST(Reader, TextNeedsItsTerminator) {
  const Bytes bytes{'a', 'b', 0, 'c'};
  Reader in{bytes};
  EXPECT_EQ(to_text(*in.until_nul()), "ab");
  EXPECT_FALSE(in.until_nul().has_value());
  EXPECT_EQ(in.left(), 1U);
}

TEST(Writer, RefusesWhatDoesNotFitAndKeepsTheRest) {
  Writer out{5};
  EXPECT_TRUE(out.u32(0x01020304));
  EXPECT_FALSE(out.u16(5));
  EXPECT_FALSE(out.text_nul("x"));
  EXPECT_EQ(out.size(), 4U);
  EXPECT_TRUE(out.u8(5));
  EXPECT_EQ(out.room(), 0U);
  EXPECT_EQ(to_hex(out.view()), "01:02:03:04:05");
}

TEST(Writer, TakesBackAndOverwrites) {
  Writer out;
  out.u16(0);
  const auto mark = out.size();
  out.padded(to_bytes("abc"), 5);
  out.roll_back(mark);
  EXPECT_TRUE(out.put_u16_at(0, 0xbeef));
  EXPECT_FALSE(out.put_u16_at(1, 1));
  EXPECT_EQ(to_hex(out.view()), "be:ef");
}

}  // namespace
}  // namespace swapmasq::wire
