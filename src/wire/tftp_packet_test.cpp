#include "wire/tftp_packet.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace swapmasq::wire {
namespace {

using namespace std::string_view_literals;

Bytes datagram(std::string_view text) { return to_bytes(text); }

TftpOptions options_of(std::string_view text) {
  const auto bytes = datagram("\0\1f\0octet\0"sv);
  auto whole = bytes;
  const auto tail = to_bytes(text);
  whole.insert(whole.end(), tail.begin(), tail.end());
  const auto request = read_tftp_request(whole);
  return request ? request->options : TftpOptions{.blksize = 4711};
}

TEST(TftpRequest, NameModeAndOptionsInAnyCase) {
  const auto bytes = datagram(
      "\0\1big\0NetASCII\0BLKSIZE\0"
      "1000\0tsize\0"
      "0\0multicast\0x\0TimeOut\0"
      "3\0windowsize\0"
      "4\0"sv);
  const auto request = read_tftp_request(bytes);
  ASSERT_TRUE(request);
  EXPECT_EQ(to_text(request->filename), "big");
  EXPECT_EQ(request->mode, TftpMode::netascii);
  EXPECT_EQ(request->options, (TftpOptions{.blksize = 1000, .tsize = 0, .timeout = 3, .windowsize = 4}));
}

TEST(TftpRequest, AMissingNameIsAnotherErrorThanABadMode) {
  for (const auto text : {"\0\1"sv, "\0\1\0octet\0"sv, "\0\1big"sv}) {
    const auto bytes = datagram(text);
    const auto request = read_tftp_request(bytes);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error(), TftpRequestError::empty_filename);
  }
  for (const auto text :
       {"\0\1big\0"sv, "\0\1big\0octet"sv, "\0\1big\0mail\0"sv, "\0\1big\0octets\0"sv, "\0\1big\0\0"sv}) {
    const auto bytes = datagram(text);
    const auto request = read_tftp_request(bytes);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error(), TftpRequestError::unsupported_mode);
  }
}

TEST(TftpRequest, AnEmptyOrOpenPairEndsTheOptions) {
  EXPECT_EQ(options_of("blksize\0\0timeout\0"
                       "5\0"sv),
            TftpOptions{});
  EXPECT_EQ(options_of("timeout\0"
                       "5\0blksize\0"
                       "100"sv),
            TftpOptions{.timeout = 5});
  EXPECT_EQ(options_of("timeout\0"
                       "5\0\0blksize\0"
                       "100\0"sv),
            TftpOptions{.timeout = 5});
  EXPECT_EQ(options_of("timeout\0"
                       "5\0blksize"sv),
            TftpOptions{.timeout = 5});
}

// Values as dnsmasq 2.93 read them.
TEST(TftpRequest, NumbersAreReadLikeAtoi) {
  EXPECT_EQ(options_of("blksize\0 +600abc\0"sv).blksize, 600U);
  EXPECT_EQ(options_of("blksize\0 5x\0"sv).blksize, 5U);
  EXPECT_EQ(options_of("blksize\0junk\0"sv).blksize, 0U);
  EXPECT_EQ(options_of("blksize\0\v\t\n-0x10\0"sv).blksize, 0U);
  EXPECT_EQ(options_of("windowsize\0-5\0"sv).windowsize, 4294967291U);
  EXPECT_EQ(options_of("blksize\0"
                       "4294967396\0"sv)
                .blksize,
            100U);
  EXPECT_EQ(options_of("blksize\0"
                       "18446744073709551716\0"sv)
                .blksize,
            4294967295U);
  EXPECT_EQ(options_of("blksize\0"
                       "9223372036854775807\0"sv)
                .blksize,
            4294967295U);
  EXPECT_EQ(options_of("blksize\0-18446744073709551716\0"sv).blksize, 0U);
  EXPECT_EQ(options_of("blksize\0"
                       "600\0blksize\0"
                       "700\0"sv)
                .blksize,
            700U);
}

TEST(TftpPackets, AckAndErrorNeedFourOctets) {
  EXPECT_EQ(read_tftp_ack(datagram("\0\4\1\2"sv)), 0x102);
  EXPECT_EQ(read_tftp_ack(datagram("\0\4\1"sv)), std::nullopt);
  EXPECT_EQ(read_tftp_ack(datagram("\0\3\1\2"sv)), std::nullopt);
  EXPECT_EQ(read_tftp_ack({}), std::nullopt);
  EXPECT_FALSE(read_tftp_error(datagram("\0\5\0"sv)));
  const auto bytes = datagram("\0\5\0\3bye\0more"sv);
  const auto error = read_tftp_error(bytes);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code, 3);
  EXPECT_EQ(to_text(error->message), "bye");
  EXPECT_TRUE(read_tftp_error(datagram("\0\5\0\3unterminated"sv))->message.empty());
}

TEST(TftpPackets, OackHasAFixedOrder) {
  const auto oack = make_tftp_oack({.blksize = 1000, .tsize = 5000, .timeout = 3, .windowsize = 4});
  EXPECT_EQ(to_hex(ByteView{oack}.first(27)),
            "00:06:62:6c:6b:73:69:7a:65:00:31:30:30:30:00:74:73:69:7a:65:00:35:30:30:30:00:74");
  EXPECT_EQ(to_text(oack),
            "\0\6blksize\0"
            "1000\0tsize\0"
            "5000\0timeout\0"
            "3\0windowsize\0"
            "4\0"sv);
  EXPECT_EQ(to_text(make_tftp_oack({.timeout = 0})),
            "\0\6timeout\0"
            "0\0"sv);
}

TEST(TftpPackets, ErrorTextIsCutAt499) {
  const auto error = make_tftp_error(TftpErrorCode::access_violation, "no");
  EXPECT_EQ(to_text(error), "\0\5\0\2no\0"sv);
  const auto cut = make_tftp_error(TftpErrorCode::not_defined, std::string(600, 'n'));
  EXPECT_EQ(cut.size(), 504U);
  EXPECT_EQ(cut.back(), 0);
}

TEST(TftpDataPackets, LieBackToBackAndOnlyTheLastIsShort) {
  TftpDataPackets packets{4, 2};
  for (std::size_t i = 0; i < 3; ++i) std::ranges::fill(packets.payload(i), static_cast<std::uint8_t>(0xa0 + i));
  packets.finish(3, 65535, 1);
  EXPECT_EQ(to_hex(packets.view(0, 9)), "00:03:ff:ff:a0:a0:00:03:00:00:a1:a1:00:03:00:01:a2");
  EXPECT_EQ(to_hex(packets.view(1, 1)), "00:03:00:00:a1:a1");
  EXPECT_EQ(to_hex(packets.view(2, 1)), "00:03:00:01:a2");
  EXPECT_TRUE(packets.view(3, 1).empty());
  packets.finish(1, 7, 0);
  EXPECT_EQ(to_hex(packets.view(0, 4)), "00:03:00:07");
}

}  // namespace
}  // namespace swapmasq::wire
