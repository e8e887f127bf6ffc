// What the audience of the server hears.
#include "dhcp/engine_fixture.hpp"

namespace swapmasq::dhcp {
namespace {

class RecordingAudience : public Audience {
 public:
  void heard(const Transaction& t) override { story.push_back("heard " + t.hardware.to_string()); }
  void tagged(const Transaction&, const TagSet& tags) override { story.push_back("tags " + tags.listed()); }
  void answered(const Transaction&, ByteView reply) override {
    story.push_back("answered " + std::to_string(static_cast<unsigned>(wire::Dhcp4Message::parse(reply)->type())));
  }
  void turned_away(const Transaction&, TurnedAway why) override {
    static const std::vector<std::string> reasons{"ignored", "no range", "no address"};
    story.push_back(reasons.at(static_cast<std::size_t>(why)));
  }

  std::vector<std::string> story;
};

using Texts = std::vector<std::string>;

class AudienceTest : public EngineTest {
 protected:
  AudienceTest() { audience = &listener; }

  Texts story() { return std::exchange(listener.story, {}); }

  RecordingAudience listener;
};

TEST_F(AudienceTest, AnExchange) {
  usual_range();
  give(discover());
  EXPECT_EQ(story(), (Texts{"heard 02:00:00:00:00:01", "tags eth0", "answered 2"}));
  give(selecting("10.77.0.101"));
  EXPECT_EQ(story(), (Texts{"heard 02:00:00:00:00:01", "tags eth0", "answered 5"}));
  give(selecting("10.88.0.1"));
  EXPECT_EQ(story(), (Texts{"heard 02:00:00:00:00:01", "answered 6"}));
}

TEST_F(AudienceTest, QuietDhcpHidesNothingFromIt) {
  settings.dhcp.quiet = true;
  usual_range();
  give(discover());
  EXPECT_EQ(story().size(), 3U);
}

TEST_F(AudienceTest, WhoGetsNothing) {
  range("10.99.0.100", "10.99.0.150");  // of another network
  give(discover());
  EXPECT_EQ(story(), Texts{"no range"});
}

TEST_F(AudienceTest, WhoFindsNoAddress) {
  range("10.77.0.100", "10.77.0.100");
  give(discover(1));
  give(selecting("10.77.0.100", 1));
  story();
  give(discover(2));
  EXPECT_EQ(story(), (Texts{"heard 02:00:00:00:00:02", "no address"}));
}

TEST_F(AudienceTest, WhoIsIgnored) {
  usual_range();
  host(1).ignore = true;
  give(discover());
  give(selecting("10.77.0.101"));
  EXPECT_EQ(story(), (Texts{"heard 02:00:00:00:00:01", "ignored", "heard 02:00:00:00:00:01", "ignored"}));
}

TEST_F(AudienceTest, AProxyOffer) {
  range("10.77.0.0", "10.77.0.0").kind = settings::DhcpRange::Kind::proxy;
  settings.dhcp.pxe_prompts.emplace_back();
  give(discover().text(60, "PXEClient").option(93, {0, 7}));
  EXPECT_EQ(story(), (Texts{"heard 02:00:00:00:00:01", "tags eth0", "answered 2"}));
}

}  // namespace
}  // namespace swapmasq::dhcp
