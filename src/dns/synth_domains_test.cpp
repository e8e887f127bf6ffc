#include "dns/synth_domains.hpp"

#include <gtest/gtest.h>

namespace swapmasq::dns {
namespace {

settings::SynthDomain line(std::string name, std::string_view first, std::string_view last, std::string prefix = "",
                           bool counted = false) {
  return {std::move(name), *IpAddress::parse(first), *IpAddress::parse(last), std::move(prefix), counted};
}

std::string address(const SynthDomains& domains, std::string_view name) {
  const auto found = domains.address_of(wire::DnsName::from_text(name)->lower().wire());
  return found ? found->to_string() : "none";
}

std::string name(const SynthDomains& domains, std::string_view address) {
  const auto found = domains.name_of(*IpAddress::parse(address));
  return found ? wire::to_text(found->wire()) : "none";
}

TEST(SynthDomains, spell_an_address_behind_the_prefix) {
  const SynthDomains domains{{line("s.test", "192.168.0.10", "192.168.0.19", "Pre-")}};
  EXPECT_EQ(address(domains, "pre-192-168-0-10.s.test"), "192.168.0.10");
  EXPECT_EQ(address(domains, "PRE-192-168-0-19.S.test"), "192.168.0.19");
  EXPECT_EQ(address(domains, "pre-192-168-0-20.s.test"), "none");
  EXPECT_EQ(address(domains, "192-168-0-10.s.test"), "none");
  EXPECT_EQ(address(domains, "pre-192-168-0-10.x.s.test"), "none");
  EXPECT_EQ(address(domains, "s.test"), "none");
  EXPECT_EQ(name(domains, "192.168.0.12"), "pre-192-168-0-12.s.test");
  EXPECT_EQ(name(domains, "192.168.0.9"), "none");
}

TEST(SynthDomains, spell_ipv6_in_any_form_and_answer_in_full) {
  const SynthDomains domains{{line("six.test", "fd99::", "fd99::ffff:ffff:ffff:ffff")}};
  EXPECT_EQ(address(domains, "fd99--5.six.test"), "fd99::5");
  EXPECT_EQ(address(domains, "fd99-0-0-0-0-0-0-5.six.test"), "fd99::5");
  EXPECT_EQ(address(domains, "fd98--5.six.test"), "none");
  EXPECT_EQ(name(domains, "fd99::5"), "fd99-0000-0000-0000-0000-0000-0000-0005.six.test");
}

TEST(SynthDomains, count_through_the_range) {
  const SynthDomains domains{{line("c.test", "10.2.0.0", "10.2.0.255", "i-", true),
                              line("c6.test", "fd9a::", "fd9a::ffff:ffff:ffff:ffff", "", true)}};
  EXPECT_EQ(address(domains, "i-7.c.test"), "10.2.0.7");
  EXPECT_EQ(address(domains, "i-007.c.test"), "10.2.0.7");
  EXPECT_EQ(address(domains, "i-256.c.test"), "none");
  EXPECT_EQ(address(domains, "i-99999999999999999999.c.test"), "none");
  EXPECT_EQ(address(domains, "i-.c.test"), "none");
  EXPECT_EQ(address(domains, "18446744073709551615.c6.test"), "fd9a::ffff:ffff:ffff:ffff");
  EXPECT_EQ(name(domains, "10.2.0.255"), "i-255.c.test");
  EXPECT_EQ(name(domains, "fd9a::1:0"), "65536.c6.test");
}

TEST(SynthDomains, of_overlapping_ranges_the_last_names_an_address) {
  const SynthDomains domains{
      {line("wide.test", "10.0.0.0", "10.255.255.255"), line("near.test", "10.0.0.1", "10.0.0.1")}};
  EXPECT_EQ(name(domains, "10.0.0.1"), "10-0-0-1.near.test");
  EXPECT_EQ(name(domains, "10.0.0.2"), "10-0-0-2.wide.test");
}

}  // namespace
}  // namespace swapmasq::dns
