#include "dump/pcap.hpp"

#include <bit>
#include <gtest/gtest.h>
#include <sstream>

namespace swapmasq::dump {
namespace {

Endpoint end(std::string_view address, std::uint16_t port) {
  return {.address = *IpAddress::parse(address), .port = port};
}

std::string record(std::string_view payload) {
  return to_text(pcap_record({}, end("10.77.0.2", 4000), end("0.0.0.0", 53), to_bytes(payload)));
}

Result<PcapContent, PcapError> content_of(const std::string& octets) {
  std::istringstream file{octets};
  return read_pcap(file);
}

// Such a machine's are recorded from dnsmasq 2.93.
constexpr bool little_endian = std::endian::native == std::endian::little;

TEST(Pcap, Header) {
  if (!little_endian) GTEST_SKIP() << "the expected octets are those of a little-endian machine";
  EXPECT_EQ(to_hex(pcap_header(1432)), "d4:c3:b2:a1:02:00:04:00:00:00:00:00:00:00:00:00:98:05:00:00:65:00:00:00");
}

TEST(Pcap, AQueryOverIpv4) {
  if (!little_endian) GTEST_SKIP() << "the expected octets are those of a little-endian machine";
  const auto query = *from_hex("00:01:01:00:00:01:00:00:00:00:00:00:05:6c:6f:63:61:6c:04:74:65:73:74:00:00:01:00:01");
  const PcapTime when{std::chrono::seconds{0x01020304} + std::chrono::microseconds{5}};
  EXPECT_EQ(to_hex(pcap_record(when, end("10.77.0.2", 4000), end("0.0.0.0", 53), query)),
            "04:03:02:01:05:00:00:00:38:00:00:00:38:00:00:00:"
            "45:00:00:38:00:00:00:00:40:11:70:67:0a:4d:00:02:00:00:00:00:"
            "0f:a0:00:35:00:24:30:5b:" +
                to_hex(query));
}

TEST(Pcap, OverIpv6) {
  const auto octets = pcap_record({}, end("fd77::2", 4000), end("::", 69), to_bytes("odd"));
  EXPECT_EQ(to_hex(ByteView{octets}.subspan(16)),
            "60:00:00:00:00:0b:11:40:fd:77:00:00:00:00:00:00:00:00:00:00:00:00:00:02:"
            "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:0f:a0:00:45:00:0b:1f:15:6f:64:64");
}

TEST(Pcap, ReadsHowManyRecordsThereAre) {
  const auto header = to_text(pcap_header(1432));
  EXPECT_EQ(content_of(header)->records, 0U);
  const auto two = header + record("one") + record("");
  const auto content = content_of(two);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->records, 2U);
  EXPECT_EQ(content->size, two.size());
}

TEST(Pcap, ATornRecordDoesNotCount) {
  const auto whole = to_text(pcap_header(1432)) + record("one");
  for (const auto& torn : {record("two").substr(0, 30), record("two").substr(0, 7)}) {
    const auto content = content_of(whole + torn);
    ASSERT_TRUE(content);
    EXPECT_EQ(content->records, 1U);
    EXPECT_EQ(content->size, whole.size());
  }
}

TEST(Pcap, SaysWhyItIsNone) {
  EXPECT_EQ(content_of("").error(), PcapError::no_header);
  EXPECT_EQ(content_of("short").error(), PcapError::no_header);
  EXPECT_EQ(content_of(std::string(24, '\0')).error(), PcapError::foreign_header);
}

}  // namespace
}  // namespace swapmasq::dump
