// What the audience of the server hears.
#include "tftp/server_fixture.hpp"

namespace swapmasq::tftp {
namespace {

using namespace std::string_literals;

class AudienceTest : public ServerFixture {
 protected:
  Texts story() { return std::exchange(audience.story, {}); }
};

TEST_F(AudienceTest, ATransferFromBeginningToEnd) {
  files.add("/srv/tftp/f", std::string(1000, 'x'));
  request(
      rrq("f\0octet\0blksize\0"
          "600\0tsize\0"
          "0"));
  EXPECT_EQ(story(), Texts{"began /srv/tftp/f 1000 in blocks of 600 by 1 size asked"});
  packet(ack(0));
  packet(ack(1));
  EXPECT_TRUE(story().empty());
  packet(ack(2));
  EXPECT_EQ(story(), Texts{"sent after 2 blocks, 0 sent again"});
}

TEST_F(AudienceTest, TheClientsErrorWithItsText) {
  files.add("/srv/tftp/f", std::string(2000, 'x'));
  request(rrq("f\0octet"));
  packet(ack(1));
  error({0, 3, 'f', 'u', 'l', 'l', 0});
  EXPECT_EQ(story(), (Texts{"began /srv/tftp/f 2000 in blocks of 512 by 1",
                            "client error after 1 blocks, 0 sent again, 3 full"}));
}

TEST_F(AudienceTest, SilenceIsCounted) {
  files.add("/srv/tftp/f", std::string(2000, 'x'));
  request(rrq("f\0octet"));
  for (int second = 0; second < 130; ++second) advance(1);
  EXPECT_EQ(story().back(), "timed out after 0 blocks, 11 sent again");
}

TEST_F(AudienceTest, WhatIsRefused) {
  files.add("/srv/tftp/locked", "x").open_error = EACCES;
  request(rrq("missing\0octet"));
  request(rrq("locked\0octet"));
  request(rrq("../f\0octet"));
  EXPECT_EQ(story(), (Texts{"refused /srv/tftp/missing with 1 file /srv/tftp/missing not found for 192.168.77.2",
                            "refused /srv/tftp/locked with 2 cannot access /srv/tftp/locked: Permission denied",
                            "refused /srv/tftp/../f with 2 cannot access /srv/tftp/../f: Permission denied"}));
}

TEST_F(AudienceTest, QuietTftpHidesNothingFromIt) {
  settings.quiet = true;
  request(rrq("missing\0octet"));
  EXPECT_EQ(story().size(), 1U);
}

TEST_F(AudienceTest, ASinglePortClientThatBeginsAnew) {
  settings.single_port = true;
  files.add("/srv/tftp/f", std::string(2000, 'x'));
  request(rrq("f\0octet"));
  request(rrq("f\0octet"));
  EXPECT_EQ(story(), (Texts{"began /srv/tftp/f 2000 in blocks of 512 by 1", "begun anew after 0 blocks, 0 sent again",
                            "began /srv/tftp/f 2000 in blocks of 512 by 1"}));
}

}  // namespace
}  // namespace swapmasq::tftp
