// Servers that no message can reach, and sources that nothing can leave from (spec dns-forwarding.md section 6.1).
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class EngineReach : public EngineFixture {
 protected:
  void serve_three() {
    for (const auto* address : {"9.9.9.1", "9.9.9.2", "9.9.9.3"}) serve(address);
    start();
  }
  void cut_off(std::string_view server) {
    carrier_.obstacles[*IpAddress::parse(server)] = {false, "Network is unreachable"};
  }
};

TEST_F(EngineReach, WhoCannotBeReachedIsNotAsked) {
  serve_three();
  cut_off("9.9.9.1");
  ask("x.test");
  EXPECT_THAT(lines(), ElementsAre("query[A] x.test from 10.99.0.2", "forwarded x.test to 9.9.9.2",
                                   "forwarded x.test to 9.9.9.3"));
  EXPECT_EQ(engine_->figures().servers.front().figures.sent, 0U);
}

TEST_F(EngineReach, TheServersBehindTheGoodOneTakeItsPlace) {
  serve_three();
  ask("x.test");
  const auto sent = sends();
  upstream(sent.at(1), answer_to(sent.at(1)));
  cut_off("9.9.9.2");
  ask("y.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.3"));
  cut_off("9.9.9.3");
  out_.clear();
  ask("z.test");
  EXPECT_THAT(asked(), IsEmpty()) << "those before it are not tried";
  EXPECT_EQ(reply().substr(4, 4), "8185");
}

TEST_F(EngineReach, WithStrictOrderTheNextOneIsAsked) {
  settings_.strict_order = true;
  serve_three();
  cut_off("9.9.9.1");
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.2"));
  cut_off("9.9.9.3");
  lines();
  ask("x.test");
  EXPECT_THAT(asked(), IsEmpty());
  EXPECT_EQ(reply().substr(4, 4), "8185");
  EXPECT_THAT(lines(), ElementsAre("query[A] x.test from 10.99.0.2", "config error is REFUSED (EDE: network error)"));
  ask("x.test");
  EXPECT_THAT(asked(), ElementsAre("9.9.9.2")) << "the query was forgotten";
}

TEST_F(EngineReach, WhenNobodyCanBeReachedTheClientHearsSo) {
  serve_three();
  for (const auto* server : {"9.9.9.1", "9.9.9.2", "9.9.9.3"}) cut_off(server);
  ask("x.test");
  EXPECT_EQ(reply().substr(4, 4), "8185");
  EXPECT_EQ(engine_->figures().forwarded, 0U);
  auto over_tcp = client();
  over_tcp.tcp = true;
  ask(question("y.test", wire::dns_type::a), over_tcp);
  EXPECT_EQ(reply().substr(4, 4), "8185");
  EXPECT_EQ(engine_->figures().answered_locally, 1U) << "only what came by UDP is counted";
}

TEST_F(EngineReach, TcpGoesRoundTheServers) {
  serve_three();
  ask("x.test");
  const auto sent = sends();
  upstream(sent.at(1), answer_to(sent.at(1)));
  cut_off("9.9.9.2");
  cut_off("9.9.9.3");
  auto over_tcp = client();
  over_tcp.tcp = true;
  ask(question("y.test", wire::dns_type::a), over_tcp);
  EXPECT_THAT(asked(), ElementsAre("9.9.9.1"));
}

TEST_F(EngineReach, ASourceThatIsGoneIsReported) {
  serve("9.9.9.1");
  settings::DomainRule rule;
  rule.server = {*IpAddress::parse("9.9.9.2"), 53, 0};
  rule.source_interface = "eth9";
  settings_.rules.push_back(rule);
  start();
  carrier_.obstacles[*IpAddress::parse("9.9.9.2")] = {true, "No such device"};
  ask("x.test");
  EXPECT_THAT(lines(), ElementsAre("query[A] x.test from 10.99.0.2", "forwarded x.test to 9.9.9.1",
                                   "failed to bind server socket to eth9: No such device",
                                   "failed to bind server socket to eth9: No such device"));
}

TEST_F(EngineReach, AServerWhoseSourcePortIsTakenIsIgnored) {
  settings_.query_port = 5555;
  carrier_.taken_port = 5555;
  serve("9.9.9.1");
  start();
  engine_->log_servers();
  EXPECT_THAT(lines(), ElementsAre("ignoring nameserver 9.9.9.1 - cannot make/bind socket: Address already in use"));
  ask("x.test");
  EXPECT_THAT(lines().back(), "config error is REFUSED (EDE: not ready)");
}

TEST_F(EngineReach, NothingIsDueWhenNoQueryWaits) {
  settings_.fast_retry = settings::FastRetry{};
  serve("9.9.9.1");
  start();
  auto over_tcp = client();
  over_tcp.tcp = true;
  ask(question("t.test", wire::dns_type::a), over_tcp);
  ask("x.test");
  later(std::chrono::milliseconds{10});
  ask("y.test");
  const auto sent = sends();
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_TRUE(engine_->next_event());
  for (const auto& send : sent) upstream(send, answer_to(send));
  EXPECT_FALSE(engine_->next_event());
}

}  // namespace
}  // namespace swapmasq::dns
