// What an answer that does not come, comes forged or comes too late means: fast-dns-retry, do-0x20-encode,
// use-stale-cache, cache-rr, dns-loop-detect.
#include <gmock/gmock.h>

#include "dns/engine_fixture.hpp"

namespace swapmasq::dns {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
namespace type = wire::dns_type;

std::string asked_name(const UpstreamSend& send) {
  const auto question = wire::read_question(send.message);
  return std::string{question->name.wire()};
}

class EngineRetry : public EngineFixture {
 protected:
  void SetUp() override { serve("9.9.9.9"); }
};

TEST_F(EngineRetry, fast_retries_double_their_delay_until_the_time_is_over) {
  settings_.fast_retry = settings::FastRetry{200, 3000};
  start();
  ask("slow.test");
  EXPECT_THAT(sends(), SizeIs(1));
  later(199ms);
  EXPECT_THAT(sends(), IsEmpty());
  later(1ms);
  EXPECT_THAT(sends(), SizeIs(1));
  later(400ms);
  EXPECT_THAT(sends(), SizeIs(1));
  later(800ms);
  EXPECT_THAT(sends(), SizeIs(1));
  later(1600ms);
  EXPECT_THAT(sends(), IsEmpty());
}

TEST_F(EngineRetry, an_answered_query_is_not_sent_again) {
  settings_.fast_retry = settings::FastRetry{200, 3000};
  start();
  ask("quick.test");
  const auto first = sends();
  upstream(first.front(), answer_to(first.front(), {a("quick.test", "192.0.2.1")}));
  later(1s);
  EXPECT_THAT(sends(), IsEmpty());
}

TEST_F(EngineRetry, case_is_scrambled_upstream_and_restored_for_the_client) {
  settings_.do_0x20_encode = true;
  random_ = 0x0f0f0f0f;
  start();
  ask("Mixed-Case.test");
  const auto sent = sends();
  ASSERT_THAT(sent, SizeIs(1));
  const auto scrambled = asked_name(sent.front());
  const auto spelled = std::string{wire::DnsName::from_text("Mixed-Case.test")->wire()};
  EXPECT_NE(scrambled, spelled);
  EXPECT_TRUE(wire::equal_names(scrambled, spelled));

  upstream(sent.front(), answer_to(sent.front(), {a("Mixed-Case.test", "192.0.2.1")}));
  ASSERT_THAT(out_.replies, SizeIs(1));
  EXPECT_EQ(wire::read_question(out_.replies.front().message)->name.wire(), spelled);
}

TEST_F(EngineRetry, an_answer_in_another_case_is_dropped_and_told_once) {
  settings_.do_0x20_encode = true;
  random_ = 0x0f0f0f0f;
  start();
  ask("mixed.test");
  const auto sent = sends();
  auto forged = sent.front();
  for (std::size_t at = wire::dns_header_size + 1; at < wire::dns_header_size + 6; ++at) forged.message[at] |= 0x20;
  for (int i = 0; i < 2; ++i) upstream(sent.front(), answer_to(forged, {a("mixed.test", "192.0.2.1")}));
  EXPECT_THAT(out_.replies, IsEmpty());
  EXPECT_THAT(lines(), ElementsAre("query[A] mixed.test from 10.99.0.2", "forwarded mixed.test to 9.9.9.9",
                                   "Case mismatch in DNS reply - check bit 0x20 encoding."));
}

TEST_F(EngineRetry, no_0x20_encode_wins) {
  settings_.do_0x20_encode = true;
  settings_.no_0x20_encode = true;
  random_ = 0x0f0f0f0f;
  start();
  ask("mixed.test");
  EXPECT_EQ(asked_name(sends().front()), wire::DnsName::from_text("mixed.test")->wire());
}

TEST_F(EngineRetry, a_stale_answer_is_given_at_once_and_fetched_again) {
  settings_.stale_cache_ttl = 100;
  start();
  ask("old.test");
  const auto first = sends();
  upstream(first.front(), answer_to(first.front(), {a("old.test", "192.0.2.1", 10)}));
  out_.clear();
  lines();

  later(10s);  // in the second of its end it is still fresh
  ask("old.test");
  EXPECT_THAT(lines(), ElementsAre("query[A] old.test from 10.99.0.2", "cached old.test is 192.0.2.1"));
  EXPECT_THAT(sends(), IsEmpty());
  out_.clear();

  later(1s);
  ask("old.test");
  EXPECT_THAT(lines(), ElementsAre("query[A] old.test from 10.99.0.2", "cached-stale old.test is 192.0.2.1",
                                   "forwarded old.test to 9.9.9.9"));
  EXPECT_EQ(reply(),
            "12348180000100010000000003"
            "6f6c640474657374000001"
            "0001c00c00010001000000000004c0000201");
  const auto refresh = sends();
  ASSERT_THAT(refresh, SizeIs(1));
  upstream(refresh.front(), answer_to(refresh.front(), {a("old.test", "192.0.2.2", 10)}));
  EXPECT_THAT(out_.replies, IsEmpty());
  lines();
  ask("old.test");
  EXPECT_THAT(lines(), ElementsAre("query[A] old.test from 10.99.0.2", "cached old.test is 192.0.2.2"));
}

TEST_F(EngineRetry, stale_answers_end_and_are_counted) {
  settings_.stale_cache_ttl = 100;
  start();
  ask("old.test");
  const auto first = sends();
  upstream(first.front(), answer_to(first.front(), {a("old.test", "192.0.2.1", 10)}));
  later(109s);
  out_.clear();
  ask("old.test");
  EXPECT_THAT(out_.replies, SizeIs(1));
  later(60s);
  out_.clear();
  ask("old.test");
  EXPECT_THAT(out_.replies, IsEmpty());
  lines();
  engine_->log_statistics({}, now_, false);
  EXPECT_THAT(lines(), Contains("queries answered from stale cache 1"));
}

TEST_F(EngineRetry, cache_rr_keeps_further_types) {
  settings_.cache_rrs = {type::mx};
  start();
  wire::Writer rdata;
  rdata.u16(10);
  rdata.bytes(name_octets("mx.test"));
  const Rr mx{"mail.test", type::mx, 300, rdata.take()};
  for (const bool again : {false, true}) {
    ask(question("mail.test", type::mx));
    const auto sent = sends();
    EXPECT_EQ(sent.empty(), again);
    if (!sent.empty()) upstream(sent.front(), answer_to(sent.front(), {mx}));
    EXPECT_THAT(out_.replies, SizeIs(1));
    out_.clear();
  }
}

TEST_F(EngineRetry, a_server_that_sends_our_question_back_is_out_until_the_next_list) {
  settings_.loop_detect = true;
  start();
  engine_->log_servers();
  EXPECT_EQ(engine_->next_event(), TimePoint{});
  later(0ms);
  const auto probes = sends();
  ASSERT_THAT(probes, SizeIs(1));
  lines();
  ask(probes.front().message);
  EXPECT_THAT(out_.replies, IsEmpty());
  EXPECT_THAT(lines(), Contains("NOT using nameserver 9.9.9.9#53 - query loop detected"));
  ask("www.test");
  EXPECT_THAT(sends(), IsEmpty());
  EXPECT_THAT(out_.replies, SizeIs(1));  // REFUSED
  engine_->log_servers();
  ask("www.test");
  EXPECT_THAT(sends(), SizeIs(1));
}

}  // namespace
}  // namespace swapmasq::dns
