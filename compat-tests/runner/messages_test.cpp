// The runner's own DHCP and DNS messages: fields where the RFCs put them, and malformed ones described, not followed.
#include <gtest/gtest.h>

#include "dhcp_message.hpp"
#include "dns_message.hpp"
#include "hex_dump.hpp"

namespace swapmasq::compat {
namespace {

Step step(const std::string& text) { return parse_script(text).at(0); }

TEST(HexDump, ShowsOffsetsAndFoldsZeros) {
  Bytes octets(100);
  octets[0] = 0xab;
  octets[99] = 1;
  EXPECT_EQ(hex_dump(octets, " "),
            " 0000  ab000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000\n *\n 0060  00000001\n");
  EXPECT_THROW(parse_hex("012"), std::runtime_error);
  EXPECT_EQ(parse_hex("01:aB 2c"), (Bytes{0x01, 0xab, 0x2c}));
}

TEST(DhcpMessage, PutsOptionsInTheOrderOfTheStep) {
  const Bytes message = build_dhcp(step("dhcp request requested=10.0.0.5 params=1,3 opt224=0102 hostname=pc"));
  ASSERT_EQ(message.size(), 236U + 4 + 3 + 6 + 4 + 4 + 4 + 1);
  EXPECT_EQ(to_hex(ByteView{message}.subspan(236)),
            "63:82:53:63:35:01:03:32:04:0a:00:00:05:37:02:01:03:e0:02:01:02:0c:02:70:63:ff");
  EXPECT_EQ(to_hex(ByteView{message}.first(8)), "01:01:06:00:11:22:33:44");
}

TEST(DhcpMessage, MakesMalformedMessages) {
  EXPECT_EQ(build_dhcp(step("dhcp discover cut=100")).size(), 100U);
  EXPECT_EQ(build_dhcp(step("dhcp discover raw=01ff")), (Bytes{0x01, 0xff}));
  EXPECT_THROW(build_dhcp(step("dhcp nonsense")), ScriptError);
}

TEST(DhcpMessage, LeavesMaskedOptionsOut) {
  const Bytes message = build_dhcp(step("dhcp ack opt58=01020304 opt51=00000e10"));
  const std::string text = describe_dhcp(message, {58});
  EXPECT_NE(text.find("option 58 <MASKED>\n    option 51 00:00:0e:10\n"), std::string::npos);
  EXPECT_EQ(text.find("01020304"), std::string::npos);
}

TEST(DhcpMessage, DescribesAnOptionThatIsCutOff) {
  const std::string text = describe_dhcp(build_dhcp(step("dhcp discover no-end tail=0c05ab")), {});
  EXPECT_NE(text.find("option 12 runs past the end"), std::string::npos);
}

TEST(DnsMessage, AsksAndAnswers) {
  const Bytes query = build_dns_query(step("dns www.Example.com A id=0x0102 edns=1232"));
  EXPECT_EQ(to_hex(ByteView{query}.first(12)), "01:02:01:00:00:01:00:00:00:00:00:01");
  const auto question = read_question(query);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->name, "www.Example.com");
  EXPECT_TRUE(question->edns);
  const Bytes answer =
      build_dns_answer(*question, 0, false, {make_record("www.example.com", "A", "192.0.2.10", 300)}, {});
  const std::string text = describe_dns(answer, {.ttl = true, .id = false, .order = false});
  EXPECT_NE(text.find("id 0102 opcode 0 NOERROR qr rd ra\n"), std::string::npos);
  EXPECT_NE(text.find("answer www.example.com <TTL> IN A 192.0.2.10\n"), std::string::npos);
}

TEST(DnsMessage, EndsOnACompressionLoop) {
  const Bytes looping = parse_hex("1234 8180 0001 0000 0000 0000 c00c 0001 0001");
  EXPECT_NE(describe_dns(looping, {}).find("malformed"), std::string::npos);
  EXPECT_FALSE(read_question(looping));
}

}  // namespace
}  // namespace swapmasq::compat
