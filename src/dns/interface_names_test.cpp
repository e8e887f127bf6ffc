// interface-name, as the reference answers it.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using testing::ElementsAre;
namespace type = wire::dns_type;

class InterfaceNameAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    const auto address = [](std::string_view text) {
      net::InterfaceAddress own;
      own.address = *IpAddress::parse(text);
      own.prefix_length = 24;
      return own;
    };
    net::Interface eth0;
    eth0.name = "eth0";
    for (const auto* text : {"10.77.0.1", "10.77.1.1", "fd00:77::1", "fe80::1"})
      eth0.addresses.push_back(address(text));
    eth0.addresses.push_back(address("fd00:77::dead"));
    eth0.addresses.back().deprecated = true;
    net::Interface eth1;
    eth1.name = "eth1";
    eth1.addresses.push_back(address("10.78.0.1"));
    settings_.interface_names = {{"router.lan", "eth0", true, true},
                                 {"four.lan", "eth0", true, false},
                                 {"both.lan", "eth0", true, false},
                                 {"both.lan", "eth1", true, true},
                                 {"nowhere.lan", "eth9", true, true}};
    settings_.host_records.push_back({{"router.lan"}, Ipv4{0x0a000001}, {}, {}});
    settings::DomainRule local;
    local.action = settings::DomainRule::Action::local_only;
    local.pattern = {settings::DomainPattern::Kind::subdomains, "lan"};
    settings_.rules.push_back(local);
    start();
    engine_->set_interfaces(std::make_shared<net::Interfaces>(net::Interfaces{eth0, eth1}));
    hosts("");
  }
  std::vector<std::string> outcome(std::string_view name, std::uint16_t asked_type) {
    ask(name, asked_type);
    auto said = lines();
    said.erase(said.begin());
    return said;
  }
};

TEST_F(InterfaceNameAnswers, AreTheAddressesOfTheMoment) {
  EXPECT_THAT(outcome("router.lan", type::a),
              ElementsAre("config router.lan is 10.77.1.1", "config router.lan is 10.77.0.1"));
  EXPECT_THAT(outcome("router.lan", type::aaaa), ElementsAre("config router.lan is fd00:77::1"));
  EXPECT_THAT(outcome("both.lan", type::a), ElementsAre("config both.lan is 10.77.1.1", "config both.lan is 10.77.0.1",
                                                        "config both.lan is 10.78.0.1"));
  engine_->set_interfaces(std::make_shared<net::Interfaces>());
  EXPECT_THAT(outcome("router.lan", type::a),
              ElementsAre("config router.lan is NODATA-IPv4", "config router.lan is NODATA-IPv4"));
}

TEST_F(InterfaceNameAnswers, WithoutAddressesOfAFamilyGoOnToTheRules) {
  EXPECT_THAT(outcome("four.lan", type::aaaa),
              ElementsAre("config four.lan is NODATA-IPv6", "config four.lan is NODATA-IPv6"));
  EXPECT_THAT(outcome("nowhere.lan", type::a),
              ElementsAre("config nowhere.lan is NODATA-IPv4", "config nowhere.lan is NODATA-IPv4"));
}

TEST_F(InterfaceNameAnswers, AddressesHaveTheFirstNameThatHasThem) {
  EXPECT_THAT(outcome("1.1.77.10.in-addr.arpa", type::ptr), ElementsAre("config 10.77.1.1 is router.lan"));
  EXPECT_THAT(outcome("d.a.e.d.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.7.7.0.0.0.0.d.f.ip6.arpa", type::ptr),
              ElementsAre("config fd00:77::dead is router.lan"));
  EXPECT_THAT(outcome("1.0.78.10.in-addr.arpa", type::ptr), ElementsAre("config 10.78.0.1 is both.lan"));
}

}  // namespace
}  // namespace swapmasq::dns
