// What a request is answered with: spec tftp.md sections 3 to 7, 11 and 12. Packets and lines are those of
// dnsmasq 2.93.
#include <algorithm>

#include "tftp/server_fixture.hpp"

namespace swapmasq::tftp {
namespace {

using namespace std::string_literals;

class RequestTest : public ServerFixture {
 protected:
  // What the client is told and what the log says, for a request that is refused.
  void expect_refusal(const Bytes& octets, char code, const std::string& message) {
    request(octets);
    EXPECT_EQ(sent(), Texts{"\0\5\0"s + code + message + "\0"s});
    EXPECT_EQ(lines(), Texts{message});
    EXPECT_TRUE(sockets.open_sockets.empty());
    EXPECT_EQ(server().transfers(), 0U);
  }
};

TEST_F(RequestTest, OpensAnOwnSocketAtTheAddressThatWasAsked) {
  files.add("/srv/tftp/small", "hi\n");
  request(rrq("small\0octet"));
  ASSERT_EQ(sockets.open_sockets.size(), 1U);
  const auto& route = sockets.open_sockets.begin()->second;
  EXPECT_EQ(route.peer, client);
  EXPECT_EQ(route.local, local);
  EXPECT_EQ(route.interface_index, 3U);
  EXPECT_FALSE(sockets.last_range);
  EXPECT_EQ(sent(), Texts{"\0\3\0\1hi\n"s});
  EXPECT_TRUE(lines().empty());
}

TEST_F(RequestTest, MalformedOnes) {
  expect_refusal(Bytes{0, 2}, 4, "unsupported write request from 192.168.77.2");
  expect_refusal(Bytes{0, 1}, 4, "empty filename in request from 192.168.77.2");
  expect_refusal(rrq("\0octet"), 4, "empty filename in request from 192.168.77.2");
  expect_refusal(rrq("big\0mail"), 4, "unsupported request from 192.168.77.2");
  expect_refusal(rrq("big"), 4, "unsupported request from 192.168.77.2");
}

TEST_F(RequestTest, OtherPacketsOnPort69AreIgnored) {
  for (const auto& octets :
       {Bytes{}, Bytes{0}, Bytes{0, 0}, ack(1), Bytes{0, 3, 0, 1}, Bytes{0, 5, 0, 0, 0}, Bytes{1, 1}}) {
    request(octets);
  }
  EXPECT_TRUE(sent().empty());
  EXPECT_TRUE(lines().empty());
}

TEST_F(RequestTest, MissingFile) {
  expect_refusal(rrq("missing\0octet"), 1, "file /srv/tftp/missing not found for 192.168.77.2");
}

TEST_F(RequestTest, QuietSuppressesTheNotFoundLineOnly) {
  settings.quiet = true;
  request(rrq("missing\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\5\0\1file /srv/tftp/missing not found for 192.168.77.2\0"s});
  EXPECT_TRUE(lines().empty());
  expect_refusal(rrq("big\0mail"), 4, "unsupported request from 192.168.77.2");
}

TEST_F(RequestTest, ErrorsOfOpen) {
  files.add("/srv/tftp/denied", "x").open_error = EACCES;
  files.add("/srv/tftp/file/x", "x").open_error = ENOTDIR;
  expect_refusal(rrq("denied\0octet"), 2, "cannot access /srv/tftp/denied: Permission denied");
  expect_refusal(rrq("file/x\0octet"), 0, "cannot read /srv/tftp/file/x: Not a directory");
}

TEST_F(RequestTest, ADirectoryFailsAtTheFirstBlock) {
  files.add("/srv/tftp/sub", Bytes(4096, 0)).read_error = EISDIR;
  expect_refusal(rrq("sub\0octet"), 0, "cannot read /srv/tftp/sub: Is a directory");
  expect_refusal(rrq("sub\0netascii"), 0, "cannot read /srv/tftp/sub: Is a directory");
}

TEST_F(RequestTest, ADirectoryWithOptionsFailsAfterTheOack) {
  files.add("/srv/tftp/sub", Bytes(4096, 0)).read_error = EISDIR;
  request(
      rrq("sub\0octet\0tsize\0"
          "0"));
  EXPECT_EQ(sent(), Texts{"\0\6tsize\0"
                          "4096\0"s});
  packet(ack(0));
  EXPECT_EQ(sent(), Texts{"\0\5\0\0cannot read /srv/tftp/sub: Is a directory\0"s});
  EXPECT_EQ(lines(),
            (Texts{"cannot read /srv/tftp/sub: Is a directory", "failed sending /srv/tftp/sub to 192.168.77.2"}));
  EXPECT_TRUE(sockets.open_sockets.empty());
}

TEST_F(RequestTest, PermissionRules) {
  auto& file = files.add("/srv/tftp/f", "x");
  const auto served = [&](std::uint32_t user, std::uint32_t owner, bool world_readable) {
    files.user_id = user;
    file.status.owner = owner;
    file.status.world_readable = world_readable;
    request(rrq("f\0octet"));
    const auto reply = sent();
    const bool yes = reply == Texts{"\0\3\0\1x"s};
    EXPECT_TRUE(yes || reply == Texts{"\0\5\0\2cannot access /srv/tftp/f: Permission denied\0"s});
    return yes;
  };
  EXPECT_TRUE(served(65534, 0, false)) << "what it could open";
  EXPECT_TRUE(served(0, 1000, true));
  EXPECT_FALSE(served(0, 0, false)) << "as root only what everybody may read";
}

TEST_F(RequestTest, SecureServesOnlyItsOwnUnlessRoot) {
  settings.secure = true;
  auto& file = files.add("/srv/tftp/f", "x");
  file.status.owner = 65534;
  request(rrq("f\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
  file.status.owner = 0;
  request(rrq("f\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\5\0\2cannot access /srv/tftp/f: Permission denied\0"s});
  files.user_id = 0;
  file.status.owner = 1000;
  request(rrq("f\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
}

TEST_F(RequestTest, SpecialFilesAreNeverRead) {
  files.add("/srv/tftp/fifo", "x").status.kind = FileStatus::Kind::special;
  expect_refusal(rrq("fifo\0octet"), 2, "cannot access /srv/tftp/fifo: Permission denied");
}

TEST_F(RequestTest, DotDotIsRefusedWhereverItStands) {
  files.add("/srv/tftp/..data/../../etc/passwd", "secret");
  files.add("/srv/tftp/dos..name", "x");
  expect_refusal(rrq("../etc/passwd\0octet"), 2, "cannot access /srv/tftp/../etc/passwd: Permission denied");
  expect_refusal(rrq("..data/../../etc/passwd\0octet"), 2,
                 "cannot access /srv/tftp/..data/../../etc/passwd: Permission denied");
  expect_refusal(rrq("sub\\..\0octet"), 2, "cannot access /srv/tftp/sub/..: Permission denied");
  request(rrq("dos..name\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
}

TEST_F(RequestTest, WithoutARootTheNameIsThePath) {
  settings.root.clear();
  files.add("/etc/../x", "x");
  request(rrq("etc/../x\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
}

TEST_F(RequestTest, WhatCannotBePrintedIsLeftOutOfMessages) {
  files.add("/srv/tftp/a\tb", "x");
  request(rrq("a\tb\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
  packet(ack(1));
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/ab to 192.168.77.2"});
  EXPECT_EQ(audience.files.at(0).path, "/srv/tftp/a\tb");
  expect_refusal(rrq("a\tb\x01"
                     "c\xff"
                     "d\0octet"),
                 1, "file /srv/tftp/abcd not found for 192.168.77.2");
}

TEST_F(RequestTest, LongMessagesAreCutInThePacketAndInTheLog) {
  Bytes octets{0, 1};
  octets.insert(octets.end(), 480, 'n');
  for (const char c : "\0octet"s) octets.push_back(static_cast<std::uint8_t>(c));
  octets.push_back(0);
  files.add("/srv/tftp/" + std::string(480, 'n'), "x").open_error = ENAMETOOLONG;
  expect_refusal(octets, 0, "cannot read /srv/tftp/" + std::string(477, 'n'));
}

TEST_F(RequestTest, InterfaceRoot) {
  settings.interface_roots = {{"/srv/first", "eth0"}, {"/srv/second", "eth0"}};
  files.add("/srv/first/f", "x");
  request(rrq("f\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
  packet(ack(1));
  EXPECT_EQ(lines(), Texts{"sent /srv/first/f to 192.168.77.2"});
  interface.name = "eth1";
  expect_refusal(rrq("f\0octet"), 1, "file /srv/tftp/f not found for 192.168.77.2");
}

TEST_F(RequestTest, UniqueRoot) {
  const auto mac = HardwareAddress::from(1, Bytes{0x50, 0xa6, 0x55, 0x96, 0xb3, 0xc4});
  settings.unique_root_by_ip = true;
  settings.unique_root_by_mac = true;
  neighbours.neighbours["192.168.77.2"] = mac;
  const auto path = [this] {
    request(rrq("f\0octet"));
    sent();
    return lines().at(0);
  };
  EXPECT_EQ(path(), "file /srv/tftp/f not found for 192.168.77.2") << "no such directories";
  files.add_directory("/srv/tftp/50-a6-55-96-b3-c4/");
  EXPECT_EQ(path(), "file /srv/tftp/50-a6-55-96-b3-c4/f not found for 192.168.77.2");
  files.add_directory("/srv/tftp/192.168.77.2/");
  EXPECT_EQ(path(), "file /srv/tftp/192.168.77.2/f not found for 192.168.77.2");
  files.add_directory("/srv/tftp/192.168.77.2/50-a6-55-96-b3-c4/");
  EXPECT_EQ(path(), "file /srv/tftp/192.168.77.2/50-a6-55-96-b3-c4/f not found for 192.168.77.2");
}

TEST_F(RequestTest, UniqueRootByMacPrefersAnEthernetLease) {
  settings.unique_root_by_mac = true;
  files.add_directory("/srv/tftp/02-00-00-00-00-01/");
  files.add_directory("/srv/tftp/02-00-00-00-00-02/");
  neighbours.leases[client.address.v4()] = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 1});
  neighbours.neighbours["192.168.77.2"] = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 0, 2});
  expect_refusal(rrq("f\0octet"), 1, "file /srv/tftp/02-00-00-00-00-01/f not found for 192.168.77.2");
  neighbours.leases[client.address.v4()].type = 6;
  expect_refusal(rrq("f\0octet"), 1, "file /srv/tftp/02-00-00-00-00-02/f not found for 192.168.77.2");
}

TEST_F(RequestTest, LowerCase) {
  settings.lowercase = true;
  files.add("/srv/tftp/boot/bcd", "x");
  request(rrq("Boot\\BCD\0octet"));
  EXPECT_EQ(sent(), Texts{"\0\3\0\1x"s});
}

TEST_F(RequestTest, LinkLocalClientsAreNamedWithTheirInterface) {
  local = *Ipv6::parse("fe80::1");
  client = {.address = *Ipv6::parse("fe80::2"), .port = 2070, .scope_id = 3};
  expect_refusal(rrq("f\0octet"), 1, "file /srv/tftp/f not found for fe80::2%eth0");
  client.address = *Ipv6::parse("fd77::2");
  expect_refusal(rrq("f\0octet"), 1, "file /srv/tftp/f not found for fd77::2");
}

TEST_F(RequestTest, BlockSizeFollowsTheInterface) {
  files.add("/srv/tftp/big", Bytes(5000, 'x'));
  request(
      rrq("big\0octet\0blksize\0"
          "9000"));
  EXPECT_EQ(sent(), Texts{"\0\6blksize\0"
                          "1468\0"s});
  local = *Ipv6::parse("fd77::1");
  request(rrq("big\0octet\0blksize\0"
              "9000"),
          {.address = *Ipv6::parse("fd77::2"), .port = 2070});
  EXPECT_EQ(sent(), Texts{"\0\6blksize\0"
                          "1448\0"s});
}

TEST_F(RequestTest, OackInTheFixedOrder) {
  files.add("/srv/tftp/big", Bytes(5000, 'x'));
  request(
      rrq("big\0octet\0timeout\0"
          "3\0windowsize\0"
          "4\0tsize\0"
          "0\0blksize\0"
          "1000\0multicast\0"
          "x"));
  EXPECT_EQ(sent(), Texts{"\0\6blksize\0"
                          "1000\0tsize\0"
                          "5000\0timeout\0"
                          "3\0windowsize\0"
                          "4\0"s});
}

TEST_F(RequestTest, NoFreePortSaysSoInTheLogOnlyAndFirst) {
  settings.port_range = settings::TftpPortRange{4000, 4000};
  files.add("/srv/tftp/small", "hi\n");
  request(rrq("small\0octet"));
  ASSERT_TRUE(sockets.last_range);
  EXPECT_EQ(sockets.last_range->last, 4000);
  sent();
  sockets.next_open = Sockets::Opened::no_free_port;
  for (const auto& octets : {rrq("small\0octet"), rrq("missing\0octet"), rrq("missing\0mail"), Bytes{0, 2}}) {
    request(octets);
    EXPECT_TRUE(sent().empty());
    EXPECT_EQ(lines(), Texts{"unable to get free port for TFTP"});
  }
  sockets.next_open = Sockets::Opened::failed;
  request(rrq("small\0octet"));
  EXPECT_TRUE(sent().empty());
  EXPECT_TRUE(lines().empty());
  EXPECT_EQ(server().transfers(), 1U);
}

TEST_F(RequestTest, OneTransferMoreThanTheLimitRuns) {
  limits.max_transfers = 1;
  files.add("/srv/tftp/small", "hi\n");
  EXPECT_TRUE(server().wants_requests());
  request(rrq("small\0octet"));
  EXPECT_TRUE(server().wants_requests());
  request(rrq("small\0octet"));
  EXPECT_FALSE(server().wants_requests());
  packet(ack(1));
  EXPECT_TRUE(server().wants_requests());
}

TEST_F(RequestTest, RepeatedRequestsBeginTransfersOfTheirOwn) {
  files.add("/srv/tftp/small", "hi\n");
  request(rrq("small\0octet"));
  request(rrq("small\0octet"));
  EXPECT_EQ(sent(), (Texts{"\0\3\0\1hi\n"s, "\0\3\0\1hi\n"s}));
  EXPECT_EQ(sockets.open_sockets.size(), 2U);
}

class SinglePort : public RequestTest {
 protected:
  SinglePort() {
    settings.single_port = true;
    limits.max_transfers = 1;
    files.add("/srv/tftp/big", Bytes(1500, 'x'));
    files.add("/srv/tftp/small", "hi\n");
  }
};

TEST_F(SinglePort, EverythingLeavesFromTheListeningSocket) {
  request(rrq("small\0octet"));
  ASSERT_EQ(sockets.sent.size(), 1U);
  EXPECT_EQ(sockets.sent[0].id, TransferId{});
  EXPECT_EQ(sockets.sent[0].route.listener, 5U);
  EXPECT_EQ(sockets.sent[0].route.local, local);
  EXPECT_TRUE(sockets.open_sockets.empty());
  request(ack(1));
  EXPECT_EQ(lines(), Texts{"sent /srv/tftp/small to 192.168.77.2"});
}

TEST_F(SinglePort, TheLimitIsExactAndSilent) {
  request(rrq("big\0octet"));
  sent();
  for (const auto& octets : {rrq("big\0octet"), rrq("missing\0octet"), rrq("missing\0mail"), Bytes{0, 2}}) {
    request(octets, other_client);
  }
  EXPECT_TRUE(sent().empty());
  EXPECT_TRUE(lines().empty());
  EXPECT_TRUE(server().wants_requests());
}

TEST_F(SinglePort, ANewRequestReplacesThePeersTransfer) {
  request(rrq("big\0octet"));
  request(rrq("small\0octet"));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 1 (3)"}));
  EXPECT_TRUE(lines().empty());
  EXPECT_EQ(server().transfers(), 1U);
  request(rrq("missing\0octet"));
  EXPECT_EQ(server().transfers(), 0U) << "also when it is refused";
}

TEST_F(SinglePort, AWriteRequestDoesNotDisturbATransfer) {
  request(rrq("big\0octet"));
  request(Bytes{0, 2});
  request(ack(1));
  EXPECT_EQ(sent_blocks(), (Texts{"DATA 1 (512)", "DATA 2 (512)"}));
  EXPECT_TRUE(lines().empty());
}

TEST_F(SinglePort, StrangersAreNotAnswered) {
  request(rrq("big\0octet"));
  sent();
  request(ack(1), other_client);
  request(Bytes{0}, other_client);
  EXPECT_TRUE(sent().empty());
  EXPECT_TRUE(lines().empty());
}

TEST_F(SinglePort, AWriteRequestIsRefused) {
  request(Bytes{0, 2});
  EXPECT_EQ(sent(), Texts{"\0\5\0\4unsupported write request from 192.168.77.2\0"s});
  EXPECT_EQ(lines(), Texts{"unsupported write request from 192.168.77.2"});
}

}  // namespace
}  // namespace swapmasq::tftp
