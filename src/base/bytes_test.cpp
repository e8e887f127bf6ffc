#include "base/bytes.hpp"

#include <gtest/gtest.h>

namespace swapmasq {
namespace {

TEST(Hex, RoundTrips) {
  EXPECT_EQ(to_hex(Bytes{0x0a, 0x1b, 0xff}), "0a:1b:ff");
  EXPECT_EQ(from_hex("0a:1b:ff"), (Bytes{0x0a, 0x1b, 0xff}));
  EXPECT_EQ(from_hex("a:B"), (Bytes{0x0a, 0x0b}));
  EXPECT_EQ(from_hex(""), Bytes{});
}

TEST(Hex, RefusesAnythingElse) {
  for (const auto* text : {"0a:", ":0a", "0g", "0a1", "0a 1b", "*"}) EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

TEST(Printable, LeavesOutWhatALogLineCannotHold) { EXPECT_EQ(printable(to_bytes("a\tb\x01 c\xff d")), "ab c d"); }

}  // namespace
}  // namespace swapmasq
