#include "wire/dns_message.hpp"

#include <gtest/gtest.h>

#include "wire/dns_types.hpp"

namespace swapmasq::wire {
namespace {

Bytes hex(std::string_view text) {
  Bytes out;
  std::string pair;
  for (const char c : text) {
    if (c == ' ') continue;
    pair += c;
    if (pair.size() == 2) out.push_back(static_cast<std::uint8_t>(std::stoul(pair, nullptr, 16))), pair.clear();
  }
  return out;
}

TEST(DnsName, ReadsLabelsAndPointers) {
  const auto message = hex("02 6368 04 74657374 00 01 41 c000");
  Reader in{message};
  EXPECT_EQ(to_text(DnsName::read(in)->wire()), "ch.test");
  EXPECT_EQ(in.position(), 9U);
  const auto second = DnsName::read(in);
  EXPECT_EQ(to_text(second->wire()), "A.ch.test");
  EXPECT_EQ(to_text(second->lower().wire()), "a.ch.test");
  EXPECT_TRUE(in.at_end());
}

TEST(DnsName, RefusesLoopsReservedLabelsAndLength) {
  for (const auto* text : {"c000", "01 61 c000", "41 61", "81 61", "03 6162", "01 61"}) {
    const auto message = hex(text);
    Reader in{message};
    EXPECT_FALSE(DnsName::read(in)) << text;
    EXPECT_EQ(in.position(), 0U);
  }
  Bytes longest;
  for (int i = 0; i < 127; ++i) longest.insert(longest.end(), {1, 'x'});
  longest.push_back(0);
  Reader fits{longest};
  EXPECT_EQ(DnsName::read(fits)->wire().size(), 255U);
  longest.insert(longest.begin(), {1, 'y'});
  Reader exceeds{longest};
  EXPECT_FALSE(DnsName::read(exceeds));
}

TEST(DnsName, TextForms) {
  EXPECT_EQ(to_text(DnsName::from_text("a.b.lan.")->wire()), "a.b.lan");
  EXPECT_TRUE(DnsName::from_text(".")->is_root());
  EXPECT_TRUE(DnsName::from_text("lan")->single_label());
  EXPECT_FALSE(DnsName::from_text("a.lan")->single_label());
  EXPECT_FALSE(DnsName{}.single_label());
  EXPECT_FALSE(DnsName::from_text("a..b"));
  EXPECT_FALSE(DnsName::from_text(std::string(64, 'x')));
  EXPECT_EQ(printable_text(DnsName::from_text("MiX ed.Lan")->wire()), "mix ed.lan");
  EXPECT_EQ(printable_text(DnsName{}.wire()), ".");
  EXPECT_FALSE(printable_text(DnsName::from_text("a\x01.lan")->wire()));
  EXPECT_FALSE(printable_text(std::string_view{"\3a.b\0", 5}));
}

TEST(DnsName, Ancestry) {
  const auto name = *DnsName::from_text("a.b.lan");
  EXPECT_TRUE(is_within(name.wire(), DnsName::from_text("lan")->wire()));
  EXPECT_TRUE(is_within(name.wire(), name.wire()));
  EXPECT_TRUE(is_within(name.wire(), DnsName{}.wire()));
  EXPECT_FALSE(is_within(name.wire(), DnsName::from_text("an")->wire()));
  EXPECT_EQ(to_text(parent(name.wire())), "b.lan");
  EXPECT_EQ(parent(DnsName{}.wire()).size(), 1U);
  EXPECT_TRUE(equal_names(DnsName::from_text("A.b")->wire(), DnsName::from_text("a.B")->wire()));
}

TEST(DnsMessage, HeaderSurvivesTheRoundTrip) {
  for (const auto* text : {"1234 8185 0001 0000 0000 0001", "beef 7efa ffff 0001 0002 0003"}) {
    const auto bytes = hex(text);
    Reader in{bytes};
    const auto header = DnsHeader::read(in);
    ASSERT_TRUE(header);
    Writer out;
    EXPECT_TRUE(header->write(out));
    EXPECT_EQ(to_hex(out.view()), to_hex(bytes));
  }
}

TEST(DnsMessage, QuestionErrorsTellWhetherTheSectionEnds) {
  const auto head = "1234 0100 0001 0000 0000 0000 ";
  const auto ask = [&](std::string_view rest) { return read_question(hex(std::string{head} + std::string{rest})); };
  EXPECT_EQ(to_text(ask("01 61 01 62 00 0001 0001")->name.wire()), "a.b");
  EXPECT_EQ(ask("c00c 0001 0001").error(), QuestionError::unreadable_name);
  EXPECT_EQ(ask("01 61").error(), QuestionError::runs_off);
  EXPECT_EQ(ask("41 61 00 0001 0001").error(), QuestionError::runs_off);
  EXPECT_EQ(ask("00 0001 00").error(), QuestionError::runs_off);
}

TEST(DnsMessage, WalksTheSections) {
  const auto message =
      hex("1235 8180 0001 0002 0000 0001 02 6368 04 74657374 00 0001 0001 c00c 0005 0001 0000012c 0009 02 7431 04 "
          "74657374 00"
          "c025 0001 0001 0000012c 0004 01010101 00 0029 04d0 00008000 0006 000f 0002 000e");
  Reader in{message};
  const auto header = DnsHeader::read(in);
  const auto question = read_question(message);
  DnsRecords records{message, *header, question->end};
  const auto cname = records.next();
  EXPECT_EQ(cname->type, dns_type::cname);
  EXPECT_EQ(cname->ttl, 300U);
  EXPECT_EQ(to_text(name_at(message, cname->rdata_at)->wire()), "t1.test");
  const auto address = records.next();
  EXPECT_EQ(to_text(name_at(message, address->start)->wire()), "t1.test");
  EXPECT_EQ(address->rdata_length, 4);
  const auto opt = records.next();
  EXPECT_EQ(opt->section, DnsSection::additional);
  auto edns = Edns::from(message, *opt);
  EXPECT_EQ(edns.udp_size, 1232);
  EXPECT_TRUE(edns.wants_dnssec());
  edns.set_extended_error(23);
  EXPECT_EQ(to_hex(edns.options), "00:0f:00:02:00:17");
  EXPECT_FALSE(records.next());
  EXPECT_FALSE(records.broken());
  EXPECT_EQ(records.position(), message.size());
}

TEST(DnsMessage, ARecordThatRunsOffIsBroken) {
  const auto message = hex("1235 8180 0000 0001 0000 0000 00 0001 0001 0000012c 0005 01010101");
  Reader in{message};
  const auto header = DnsHeader::read(in);
  DnsRecords records{message, *header, dns_header_size};
  EXPECT_FALSE(records.next());
  EXPECT_TRUE(records.broken());
}

TEST(DnsTypes, Names) {
  EXPECT_EQ(type_name(28), "AAAA");
  EXPECT_EQ(type_name(65280), "type=65280");
  EXPECT_EQ(type_number("https"), 65);
  EXPECT_EQ(type_number("nope"), std::nullopt);
}

}  // namespace
}  // namespace swapmasq::wire
