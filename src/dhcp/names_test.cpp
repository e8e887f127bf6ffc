#include "dhcp/client_name.hpp"
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TEST(AcceptableName, FirstLabelDecides) {
  EXPECT_EQ(acceptable_name("laptop"), "laptop");
  EXPECT_EQ(acceptable_name("lap_top-2.lan.test."), "lap_top-2.lan.test");
  EXPECT_EQ(acceptable_name("foo.b$ r"), "foo.b$ r");
  EXPECT_EQ(acceptable_name(".lan"), ".lan");
  EXPECT_EQ(acceptable_name(std::string(63, 'a')), std::string(63, 'a'));
  for (const auto* bad : {"", ".", "-a", "_a", "fo_o$", "a b", "a.\x01"}) EXPECT_EQ(acceptable_name(bad), std::nullopt);
  EXPECT_EQ(acceptable_name(std::string(64, 'a')), std::nullopt);
}

class NamesTest : public EngineTest {
 protected:
  NamesTest() {
    usual_range();
    settings.dns.domain = "lan.test";
  }
  static Bytes fqdn(std::uint8_t flags, std::string_view name) {
    Bytes data{flags, 0, 0};
    const auto text = to_bytes(name);
    data.insert(data.end(), text.begin(), text.end());
    return data;
  }
  std::string acknowledged(const Message& message) {
    lines();
    give(message);
    const auto last = lines().back();
    return last.substr(last.rfind(' ') + 1);
  }
};

TEST_F(NamesTest, ForeignDomainIsCutOffAndTold) {
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").text(12, "lap.lan.TEST")), "lap");
  give(selecting("10.77.0.120").text(12, "lap.foo.org"));
  EXPECT_THAT(lines(), ElementsAre("DHCPREQUEST(eth0) 10.77.0.120 02:00:00:00:00:01 ",
                                   "Ignoring domain foo.org for DHCP host name lap",
                                   "DHCPACK(eth0) 10.77.0.120 02:00:00:00:00:01 lap"));
  give(discover().option(81, fqdn(0, "lap.foo.org")));
  EXPECT_THAT(lines(), Not(Contains("Ignoring domain foo.org for DHCP host name lap"))) << "not in an offer";
}

TEST_F(NamesTest, NulEndsAName) {
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").option(12, {'l', 'a', 'p', 0, 0})), "lap");
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").option(12, {'a', 0, 'b'})), "a");
}

TEST_F(NamesTest, ConfiguredNameWinsAndBindsTheOffer) {
  auto& one = host(1);
  one.name = "hostn";
  one.domain = "foo.test";
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").text(12, "cl")), "hostn");
  give(selecting("10.77.0.120"));
  EXPECT_THAT(lines(), Contains("Ignoring domain foo.test for DHCP host name hostn"));
  EXPECT_EQ(option_of(give(discover()), 12), hex_text(to_bytes("hostn")));
  EXPECT_EQ(option_of(give(discover().text(12, "HOSTN")), 12), hex_text(to_bytes("hostn")));
  EXPECT_EQ(option_of(give(discover().text(12, "cl")), 12), "absent");
  EXPECT_EQ(option_of(give(discover().text(12, "hostn.foo.test")), 12), "absent");
  EXPECT_EQ(option_of(give(discover().option(81, fqdn(0, "cl"))), 12), hex_text(to_bytes("hostn")));
}

// Observed at the reference.
TEST_F(NamesTest, AHostFoundByItsNameAddsNone) {
  settings::DhcpHost line;
  line.name = "laptop";
  line.address = ip("10.77.0.14");
  settings.dhcp.hosts.push_back(line);
  const auto offer = give(discover().text(12, "laptop"));
  EXPECT_EQ(offered(offer), "10.77.0.14");
  EXPECT_EQ(option_of(offer, 12), "absent");
  EXPECT_EQ(acknowledged(selecting("10.77.0.14").text(12, "LAPTOP")), "LAPTOP");
  EXPECT_FALSE(leases.find(ip("10.77.0.14"))->authoritative_name);
}

TEST_F(NamesTest, HostsFileNameComesNext) {
  names.entries = {{"filed.lan.test", ip("10.77.0.120")}, {"other.foo.org", ip("10.77.0.121")}};
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").text(12, "cl")), "cl") << "DNS is off";
  settings.dns.port = 53;
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").text(12, "cl")), "filed");
  EXPECT_EQ(acknowledged(selecting("10.77.0.121", 2).text(12, "cl")), "cl") << "of another domain";
}

TEST_F(NamesTest, IgnoredAndGeneratedNames) {
  settings.dhcp.ignore_names = {{}};
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").text(12, "cl")), "");
  settings.dhcp.generate_names = {{}};
  EXPECT_EQ(acknowledged(selecting("10.77.0.120").text(12, "cl")), "02-00-00-00-00-01");
}

TEST_F(NamesTest, ALeaseKeepsItsNameWhenNoneIsSent) {
  give(selecting("10.77.0.120").text(12, "nm"));
  EXPECT_EQ(acknowledged(selecting("10.77.0.120")), "");
  EXPECT_EQ(leases.find(ip("10.77.0.120"))->name, "nm");
  EXPECT_EQ(leases.find(ip("10.77.0.120"))->fqdn, "nm.lan.test");
}

TEST_F(NamesTest, RefusedNameIsStillTold) {
  host(1).name = "nm";
  give(selecting("10.77.0.120"));
  const auto ack = give(selecting("10.77.0.121", 2).text(12, "nm"));
  EXPECT_EQ(option_of(ack, 12), hex_text(to_bytes("nm")));
  EXPECT_EQ(leases.find(ip("10.77.0.121"))->name, "");
}

// Observed at the reference.
TEST_F(NamesTest, FqdnAnswers) {
  const auto answered = [&](const Bytes& option) { return option_of(give(discover().option(81, option)), 81); };
  EXPECT_EQ(answered(fqdn(5, std::string_view{"\x03lap\0", 5})), "05ffff036c6170036c616e047465737400");
  EXPECT_EQ(answered(fqdn(4, "\x03lap\xc0\x05")), "07ffff036c6170036c616e047465737400");
  EXPECT_EQ(answered(fqdn(1, "lap")), "01ffff6c61702e6c616e2e74657374");
  EXPECT_EQ(answered(fqdn(0, std::string_view{"lap\0", 4})), "03ffff6c61702e6c616e2e7465737400");
  EXPECT_EQ(answered(fqdn(0xff, "lap")), "absent") << "says it is encoded, but is not";
  EXPECT_EQ(option_of(give(discover().option(81, fqdn(0, "")).text(12, "zz")), 12), "absent");
  settings.dns.domain = "";
  EXPECT_EQ(answered(fqdn(5, std::string_view{"\x03lap\0", 5})), "05ffff036c6170");
  settings.dhcp.client_update = true;
  EXPECT_EQ(answered(fqdn(1, "lap")), "0affff6c6170");
  EXPECT_EQ(answered(fqdn(0, "lap")), "08ffff6c6170");
}

TEST_F(NamesTest, DomainsMayDependOnTheAddress) {
  settings.dns.conditional_domains = {{"a.test", ip("10.77.0.0"), ip("10.77.0.255"), ""},
                                      {"b.test", ip("10.77.0.0"), ip("10.77.0.127"), ""}};
  EXPECT_EQ(option_of(give(discover().address(50, "10.77.0.120")), 15), hex_text(to_bytes("b.test")));
  EXPECT_EQ(option_of(give(discover().address(50, "10.77.0.140")), 15), hex_text(to_bytes("a.test")));
  settings.dns.conditional_domains.push_back({"c.test", Ipv4{}, Ipv4{}, "eth0"});
  EXPECT_EQ(option_of(give(discover().address(50, "10.77.0.120")), 15), hex_text(to_bytes("c.test")));
}

TEST_F(NamesTest, ReloadGivesLeasesTheirConfiguredNames) {
  host(1).name = "auth";
  settings.dns.port = 53;
  names.entries = {{"filed", ip("10.77.0.121")}};
  for (const auto* address : {"10.77.0.120", "10.77.0.121"}) {
    Lease old;
    old.address = ip(address);
    old.hardware =
        HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, std::uint8_t(old.address == ip("10.77.0.120") ? 1 : 9)});
    old.name = "oldname";
    ASSERT_TRUE(leases.restore(old));
  }
  actions = engine().hosts_reloaded(interfaces);
  EXPECT_EQ(leases.find(ip("10.77.0.120"))->fqdn, "auth.lan.test");
  EXPECT_EQ(leases.find(ip("10.77.0.121"))->name, "filed");
  EXPECT_TRUE(std::get<LeasesChanged>(actions.at(0)).file);
}

TEST_F(NamesTest, HostsWithoutAddressTakeItFromTheHostsFiles) {
  host(2).name = "two";
  host(1).name = "nm";
  settings.dns.port = 53;
  names.entries = {{"nm", ip("10.77.0.60")}, {"nm", ip("10.77.0.61")}, {"two", ip("10.77.0.60")}};
  static_cast<void>(engine().hosts_reloaded(interfaces));
  EXPECT_THAT(lines(), ElementsAre("nm has more than one address in hostsfile, using 10.77.0.60 for DHCP",
                                   "duplicate IP address 10.77.0.60 (two) in dhcp-config directive"));
  EXPECT_EQ(offered(give(discover())), "10.77.0.60");
}

TEST_F(NamesTest, LinesMayBeReplacedWhileAClientWaits) {
  settings.dhcp.no_ping = false;
  host(1).name = "before";
  static_cast<void>(give(discover()));
  const auto ping = std::get<Ping>(actions.at(0));
  auto line = std::make_shared<settings::DhcpHost>(settings.dhcp.hosts.front());
  line->name = "after";
  engine().set_host_lines({line});
  settings::DhcpOption router;
  router.code = 3;
  router.data = hex("0a4d00fe");
  engine().set_option_lines({router});
  line.reset();
  actions = engine().ping_finished(ping.id, false, now);
  EXPECT_EQ(option_of(sent(), 12), hex_text(to_bytes("before")));
  EXPECT_EQ(option_of(sent(), 3), "0a4d00fe");
  static_cast<void>(give(discover()));
  EXPECT_EQ(option_of(sent(), 12), hex_text(to_bytes("after")));
}

}  // namespace
}  // namespace swapmasq::dhcp
