#include "grammar/arguments/records.hpp"

#include <gtest/gtest.h>

#include "grammar/arguments/host_record.hpp"
#include "grammar/arguments/raw_argument.hpp"

namespace swapmasq::grammar {
namespace {

using Strings = std::vector<std::string>;

Strings txt(std::string_view raw) { return parse_txt_record(raw_argument(raw)).value().strings; }

// The strings that dig shows for the reference.
TEST(TxtRecord, has_the_strings_of_its_fields) {
  EXPECT_EQ(txt(R"(t,"a,b",c)"), (Strings{"a,b", "c"}));
  EXPECT_EQ(txt("t,a , b"), (Strings{"a ", " b"}));
  EXPECT_EQ(txt("t"), Strings{""});
  EXPECT_EQ(txt("t,"), Strings{""});
  EXPECT_EQ(txt("t,a,,b"), (Strings{"a", "", "b"}));
  EXPECT_EQ(txt(R"(t,abc"def"ghi)"), Strings{"abcdefghi"});
  EXPECT_EQ(txt(R"(t,"tab\there \\ \"q\" \n \x \101")"), Strings{"tab\there \\ \"q\" \n \\x \\101"});
  EXPECT_EQ(txt("t,'single'"), Strings{"'single'"});
  EXPECT_EQ(txt(R"(t,"  two  ")"), Strings{"  two  "});
}

TEST(TxtRecord, cuts_long_texts) {
  const auto strings = txt("t," + std::string(300, 'a'));
  ASSERT_EQ(strings.size(), 2U);
  EXPECT_EQ(strings[0].size(), 255U);
  EXPECT_EQ(strings[1].size(), 45U);
}

TEST(Cname, takes_a_last_number_as_ttl_only_behind_a_target) {
  const auto one = parse_cname("a,60").value();
  EXPECT_EQ(one.target, "60");
  EXPECT_FALSE(one.ttl);
  const auto many = parse_cname("a,B,c,60").value();
  EXPECT_EQ(many.aliases, (Strings{"a", "b"}));
  EXPECT_EQ(many.target, "c");
  EXPECT_EQ(many.ttl, 60U);
}

TEST(SrvHost, has_defaults) {
  const auto srv = parse_srv_host("_a._tcp,t,5060,1").value();
  EXPECT_EQ(srv.target, "t");
  EXPECT_EQ(srv.port, 5060);
  EXPECT_EQ(srv.priority, 1);
  EXPECT_EQ(srv.weight, 0);
  EXPECT_EQ(parse_srv_host("_a._tcp").value().port, 1);
}

TEST(MxHost, without_a_target_leaves_it_to_mx_target) {
  EXPECT_FALSE(parse_mx_host("a,,5").value().target);
  EXPECT_EQ(parse_mx_host("a,,5").value().preference, 5);
  EXPECT_EQ(parse_mx_host("a,b").value().target, "b");
}

TEST(CaaRecord, keeps_flags_modulo_256) { EXPECT_EQ(parse_caa_record("n,300,issue,x").value().flags, 44); }

TEST(DnsRr, has_any_type_and_data) {
  const auto record = parse_dns_rr("n,65536,01:2345").value();
  EXPECT_EQ(record.type, 0);
  EXPECT_EQ(record.data, (Bytes{1, 0x23, 0x45}));
}

TEST(NaptrRecord, keeps_commas_in_no_field_but_the_last) {
  const auto record = parse_naptr_record("n,1,2,S,SIP+D2U,,rep").value();
  EXPECT_EQ(record.order, 1);
  EXPECT_EQ(record.service, "SIP+D2U");
  EXPECT_EQ(record.regexp, "");
  EXPECT_EQ(record.replacement, "rep");
}

TEST(HostRecord, gives_every_name_every_address) {
  const auto record = parse_host_record(raw_argument(R"(a,"123",192.0.2.1,2001:db8::1,60,192.0.2.2,70)")).value();
  EXPECT_EQ(record.names, (Strings{"a", "123"}));
  EXPECT_EQ(record.v4->to_string(), "192.0.2.2");
  EXPECT_EQ(record.v6->to_string(), "2001:db8::1");
  EXPECT_EQ(record.ttl, 70U);
}

TEST(DynamicHost, ends_with_its_interface) {
  const auto host = parse_dynamic_host("a,::5,0.0.0.8,eth0").value();
  EXPECT_EQ(host.host_v4->to_string(), "0.0.0.8");
  EXPECT_EQ(host.host_v6->to_string(), "::5");
  EXPECT_EQ(host.interface, "eth0");
}

TEST(InterfaceName, can_be_of_one_family) {
  EXPECT_FALSE(parse_interface_name("a,eth0/4").value().v6);
  EXPECT_TRUE(parse_interface_name("a,eth0").value().v6);
}

}  // namespace
}  // namespace swapmasq::grammar
