#include "dns/record_filter.hpp"

#include <gtest/gtest.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

// A reply to www.test AAAA: a CNAME to b.test, an address of b.test, and an MX record whose target is "x" and a
// pointer.
class RecordFilter : public testing::Test {
 protected:
  // `mx_pointer` is where the MX record's target ends.
  void message(std::string_view mx_pointer) {
    message_ = wire::Writer{};
    message_.bytes(hex("1234 8180 0001 0002 0001 0000"));
    message_.bytes(hex("03777777 0474657374 00 001c 0001"));
    message_.bytes(hex("c00c 0005 0001 0000012c 0004 0162 c010"));
    message_.bytes(hex("c026 001c 0001 0000012c 0010 20010db8000000000000000000000001"));
    message_.bytes(hex("c010 000f 0001 0000012c 0006 000a 0178"));
    message_.bytes(hex(mx_pointer));
    wire::Reader in{message_.view()};
    header_ = *wire::DnsHeader::read(in);
    question_ = *wire::read_question(message_.view());
  }
  std::string counts() const { return std::to_string(header_.answers) + ' ' + std::to_string(header_.authorities); }
  std::string sections() const { return plain_hex(message_.view().subspan(question_.end)); }

  wire::Writer message_;
  wire::DnsHeader header_;
  wire::DnsQuestion question_;
};

TEST_F(RecordFilter, PointersFollowWhatMoves) {
  message("c026");
  EXPECT_TRUE(filter_records(message_, header_, question_, {wire::dns_type::aaaa}));
  EXPECT_EQ(counts(), "1 1");
  EXPECT_EQ(sections(),
            "c00c000500010000012c00040162c010"
            "c010000f00010000012c0006000a0178c026");
}

TEST_F(RecordFilter, NothingGoesWhenAPointerWouldHang) {
  message("c026");
  const auto before = sections();
  EXPECT_TRUE(filter_records(message_, header_, question_, {wire::dns_type::cname}));
  EXPECT_EQ(counts(), "2 1");
  EXPECT_EQ(sections(), before);
}

TEST_F(RecordFilter, PointersBehindRemovedRecordsAreLowered) {
  message("c010");
  // The second answer's owner, spelled out, is what the MX target points to.
  message_.roll_back(question_.end);
  message_.bytes(hex("c00c 001c 0001 0000012c 0010 20010db8000000000000000000000001"));
  message_.bytes(hex("0379797900 0010 0001 0000012c 0002 0161"));
  message_.bytes(hex("c010 000f 0001 0000012c 0004 000a c036"));
  EXPECT_TRUE(filter_records(message_, header_, question_, {wire::dns_type::aaaa}));
  EXPECT_EQ(sections(),
            "037979790000100001"
            "0000012c00020161"
            "c010000f00010000012c0004000ac01a");
}

TEST_F(RecordFilter, OnlyTheAnswerSectionIsFiltered) {
  message("c010");
  EXPECT_FALSE(filter_records(message_, header_, question_, {wire::dns_type::mx}));
  EXPECT_EQ(counts(), "2 1");
}

TEST_F(RecordFilter, AnyAmongTheTypesKeepsAFewOfAnAnswerToAny) {
  message("c010");
  question_.type = wire::dns_type::any;
  EXPECT_FALSE(filter_records(message_, header_, question_, {wire::dns_type::any}));
  EXPECT_TRUE(filter_records(message_, header_, question_, {wire::dns_type::aaaa}));
}

}  // namespace
}  // namespace swapmasq::dns
