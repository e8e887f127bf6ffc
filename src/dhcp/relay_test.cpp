#include "dhcp/delivery.hpp"
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;

class RelayTest : public EngineTest {
 protected:
  RelayTest() {
    net::Interface eth1;
    eth1.index = 3;
    eth1.name = "eth1";
    eth1.addresses = {{ip("10.90.0.1"), 24, ip("10.90.0.255"), "eth1", false}};
    interfaces.push_back(eth1);
  }

  settings::DhcpRelay& relay(std::string_view server = "10.90.0.2") {
    settings::DhcpRelay line;
    line.local = ip("10.77.0.1");
    line.server = ip(server);
    return settings.dhcp.relays.emplace_back(line);
  }
  settings::DhcpRelay& split_relay() {
    auto& line = relay();
    line.split = true;
    line.interface = "eth1";
    return line;
  }

  // From a server, by eth1.
  std::optional<Send> reply(Message message, unsigned interface = 3) {
    message.header.op = 2;
    const auto bytes = message.bytes();
    actions = engine().receive({bytes, {ip("10.90.0.2"), 67, 0}, ip("10.77.0.1"), interface, false}, interfaces, now);
    return sent();
  }
  std::size_t count() const { return actions.size(); }
};

Message offer(std::string_view giaddr) {
  Message message{2};
  message.header.yiaddr = ip("10.77.0.120");
  return message.giaddr(giaddr);
}

TEST_F(RelayTest, RequestsGoToTheServerUnderTheRelaysAddress) {
  relay().port = 1067;
  const auto message = discover().text(12, "laptop");
  const auto copy = give(message);
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->destination, ip("10.90.0.2"));
  EXPECT_EQ(copy->port, 1067);
  EXPECT_EQ(copy->source, ip("10.77.0.1"));
  EXPECT_EQ(parsed(copy).header.giaddr, ip("10.77.0.1"));
  EXPECT_EQ(parsed(copy).header.hops, 1);
  EXPECT_EQ(copy->bytes.size(), message.bytes().size());
  EXPECT_EQ(option_of(copy, 12), hex_text(to_bytes("laptop")));
}

TEST_F(RelayTest, AllLinesOfTheInterfaceTheLastOneFirst) {
  relay("10.90.0.2");
  relay("10.90.0.3");
  relay("10.90.0.4").local = ip("10.90.0.1");
  give(discover());
  ASSERT_EQ(count(), 2U);
  EXPECT_EQ(std::get<Send>(actions[0]).destination, ip("10.90.0.3"));
  EXPECT_EQ(std::get<Send>(actions[1]).destination, ip("10.90.0.2"));
}

TEST_F(RelayTest, MessagesDoNotCircle) {
  relay();
  auto far = discover();
  far.header.hops = 20;
  EXPECT_TRUE(give(far));
  far.header.hops = 21;
  EXPECT_FALSE(give(far));
  EXPECT_FALSE(give(discover().giaddr("10.77.0.1")));
  EXPECT_EQ(parsed(give(discover().giaddr("10.77.9.1"))).header.giaddr, ip("10.77.9.1"));
}

TEST_F(RelayTest, WithoutServerTheInterfaceHearsABroadcast) {
  auto& line = relay("0.0.0.0");
  line.interface = "eth1";
  const auto copy = give(discover());
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->destination, ip("10.90.0.255"));
  EXPECT_EQ(copy->egress_interface, 3U);
}

TEST_F(RelayTest, RepliesGoWhereRequestsCameFrom) {
  relay();
  EXPECT_FALSE(reply(offer("10.77.0.1")));
  give(discover());
  const auto copy = reply(offer("10.77.0.1"));
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->egress_interface, 2U);
  EXPECT_EQ(copy->destination, ip("10.77.0.120"));
  EXPECT_EQ(copy->port, 68);
  EXPECT_EQ(copy->neighbour->address, ip("10.77.0.120"));
  EXPECT_FALSE(reply(offer("10.77.0.9")));
  auto broadcast = offer("10.77.0.1");
  broadcast.header.flags = wire::dhcp4::broadcast_flag;
  EXPECT_EQ(reply(broadcast)->destination, limited_broadcast);
  EXPECT_EQ(reply(offer("10.77.0.1").ciaddr("10.77.0.50"))->destination, ip("10.77.0.50"));
  interfaces.erase(interfaces.begin());
  EXPECT_FALSE(reply(offer("10.77.0.1")));
}

TEST_F(RelayTest, RepliesHaveToComeInByTheInterfaceOfTheLine) {
  relay().interface = "eth1";
  give(discover());
  EXPECT_TRUE(reply(offer("10.77.0.1"), 3));
  EXPECT_FALSE(reply(offer("10.77.0.1"), 2));
}

TEST_F(RelayTest, ASplitRelayTellsTheServerWhereTheClientIs) {
  split_relay();
  const auto copy = give(discover());
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->source, ip("10.90.0.1"));
  EXPECT_EQ(parsed(copy).header.giaddr, ip("10.90.0.1"));
  EXPECT_EQ(option_of(copy, 82), "05040a4d00010b040a4d00010a0100020400000002");
  EXPECT_EQ(copy->bytes.back(), 255);
  EXPECT_EQ(option_of(give(discover(), "10.77.0.1"), 82), "05040a4d00010b040a4d00010a0180020400000002");
  EXPECT_EQ(option_of(give(discover().giaddr("10.77.5.1")), 82), "absent");
  EXPECT_FALSE(give(discover().giaddr("10.90.0.1")));
}

TEST_F(RelayTest, ASplitRelayNeedsRoomForItsOption) {
  split_relay();
  auto full = discover();
  full.option(224, Bytes(255)).option(225, Bytes(22));
  const auto size = full.bytes().size();
  ASSERT_EQ(size, 525U);
  EXPECT_TRUE(give(full));
  full.options.back().second.push_back(0);
  EXPECT_FALSE(give(full));
}

TEST_F(RelayTest, ASplitRelayTakesItsOptionOutOfTheReply) {
  split_relay();
  auto message = offer("10.90.0.1");
  message.address(54, "10.90.0.2").option(82, hex("020400000002")).text(12, "gone");
  const auto copy = reply(message);
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->egress_interface, 2U);
  EXPECT_EQ(options_of(copy), "53=02 54=0a5a0002 ff");
  EXPECT_EQ(copy->bytes.size(), message.bytes().size());
  EXPECT_FALSE(reply(offer("10.90.0.1")));
  EXPECT_FALSE(reply(offer("10.90.0.1").option(82, hex("020400000009"))));
}

TEST_F(RelayTest, TheServerAnswersBesideTheRelay) {
  relay();
  usual_range();
  give(discover());
  EXPECT_EQ(count(), 2U);
}

TEST_F(RelayTest, Lines) {
  settings.dhcp.log_dhcp = true;
  relay().port = 1067;
  split_relay();
  relay("0.0.0.0").interface = "nosuch";
  engine().log_ranges();
  EXPECT_THAT(lines(), ElementsAre("DHCP relay from 10.77.0.1 via nosuch",
                                   "DHCP split-relay from 10.77.0.1 to 10.90.0.2 via eth1",
                                   "DHCP relay from 10.77.0.1 to 10.90.0.2#1067"));
  interfaces[1].addresses.push_back({ip("10.77.0.1"), 24, ip("10.77.0.255"), "eth1", false});
  give(discover());
  EXPECT_THAT(lines(), testing::IsSupersetOf({"DHCP relay address 10.77.0.1 appears on more than one interface",
                                              "DHCP relay at 10.77.0.1 -> 10.90.0.2"}));
}

}  // namespace
}  // namespace swapmasq::dhcp
