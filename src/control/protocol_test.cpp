#include "control/protocol.hpp"

#include <gtest/gtest.h>

namespace swapmasq::control {
namespace {

Result<std::string, RequestError> request(std::string_view line) { return read_request(to_bytes(line)); }
Result<Reply, ReplyError> reply(std::string_view text) { return read_reply(to_bytes(text)); }

TEST(Protocol, Requests) {
  EXPECT_EQ(make_request("boots json"), "swapmasq-control 1 boots json\n");
  EXPECT_EQ(request("swapmasq-control 1 boots json").value(), "boots json");
  EXPECT_EQ(request("swapmasq-control 1 boots").value(), "boots");
}

TEST(Protocol, RequestsThatAreNone) {
  for (const auto* line : {"", "boots", "swapmasq-control", "swapmasq-control 1", "swapmasq-control 1 ",
                           "swapmasq-control x boots", "swapmasq-control 1 boots ", "swapmasq-control 1  boots",
                           "swapmasq-control 1 a  b", "swapmasq-control 1 Boots", "swapmasq-control -1 boots"}) {
    EXPECT_EQ(request(line).error(), RequestError::malformed) << line;
  }
  EXPECT_EQ(request("swapmasq-control 1 " + std::string(200, 'a')).error(), RequestError::malformed);
  EXPECT_EQ(request("swapmasq-control 2 boots").error(), RequestError::other_version);
  EXPECT_EQ(request("swapmasq-control 12 what ever").error(), RequestError::other_version);
}

TEST(Protocol, Replies) {
  EXPECT_EQ(make_reply("a\nb"), "swapmasq-control 1 ok 3\na\nb");
  const auto read = reply(make_reply("a\nb"));
  EXPECT_TRUE(read->ok);
  EXPECT_EQ(read->text, "a\nb");
  EXPECT_EQ(reply(make_reply(""))->text, "");
  const auto error = reply(make_error_reply("no such\ncommand"));
  EXPECT_FALSE(error->ok);
  EXPECT_EQ(error->text, "no suchcommand");
}

TEST(Protocol, RepliesHaveALimit) {
  EXPECT_FALSE(reply(make_reply(std::string(longest_body + 1, 'x')))->ok);
  EXPECT_EQ(make_error_reply(std::string(1000, 'x')).size(), longest_head);
  EXPECT_FALSE(reply(make_error_reply(std::string(1000, 'x')))->ok);
}

TEST(Protocol, RepliesThatAreNone) {
  EXPECT_EQ(reply("").error(), ReplyError::incomplete);
  EXPECT_EQ(reply("swapmasq-control 1 ok 4").error(), ReplyError::incomplete);
  EXPECT_EQ(reply("swapmasq-control 1 ok 4\nabc").error(), ReplyError::incomplete);
  EXPECT_EQ(reply("swapmasq-control 2 ok 4\nabcd").error(), ReplyError::other_version);
  EXPECT_EQ(reply("swapmasq-control 1 fine 4\nabcd").error(), ReplyError::malformed);
  EXPECT_EQ(reply("swapmasq-control 1 ok -4\nabcd").error(), ReplyError::malformed);
  EXPECT_EQ(reply("swapmasq-control 1 ok 999999999999999999999\n").error(), ReplyError::malformed);
  EXPECT_EQ(reply("swapmasq-control 1 ok 99999999\n").error(), ReplyError::malformed);
  EXPECT_EQ(reply(std::string(1000, 'x')).error(), ReplyError::malformed);
}

}  // namespace
}  // namespace swapmasq::control
