#include "wire/dhcp4_message.hpp"

#include <gtest/gtest.h>

#include "wire/dhcp4_reply.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {
namespace {

// A fixed header of zeros, the cookie, and these options.
Bytes datagram(const Bytes& options) {
  Writer out;
  out.fill(dhcp4::header_size);
  out.bytes(dhcp4::cookie);
  out.bytes(options);
  return out.take();
}

std::string found(const Bytes& bytes, std::uint8_t code, std::size_t minimum) {
  const auto message = Dhcp4Message::parse(bytes);
  const auto data = message ? message->option(code, minimum) : std::nullopt;
  return data ? to_hex(*data) : "nothing";
}

TEST(Dhcp4Message, NeedsTheFixedHeaderAndNothingElse) {
  EXPECT_FALSE(Dhcp4Message::parse(Bytes(235)));
  const auto message = Dhcp4Message::parse(Bytes(236));
  ASSERT_TRUE(message);
  EXPECT_FALSE(message->has_cookie());
  EXPECT_EQ(message->type(), Dhcp4Type::bootp);
}

TEST(Dhcp4Message, ReadsTheHeader) {
  auto bytes = datagram({});
  bytes[0] = 1;
  bytes[1] = 1;
  bytes[2] = 6;
  bytes[3] = 2;
  bytes[7] = 9;     // xid
  bytes[10] = 128;  // flags
  bytes[12] = 10;   // ciaddr
  bytes[24] = 172;  // giaddr
  bytes[28] = 2;
  const auto header = Dhcp4Message::parse(bytes)->header;
  EXPECT_EQ(header.op, 1);
  EXPECT_EQ(header.hops, 2);
  EXPECT_EQ(header.xid, 9U);
  EXPECT_EQ(header.flags, dhcp4::broadcast_flag);
  EXPECT_EQ(header.ciaddr.to_string(), "10.0.0.0");
  EXPECT_EQ(header.giaddr.to_string(), "172.0.0.0");
  EXPECT_EQ(header.hardware().to_string(), "02:00:00:00:00:00");
}

TEST(Dhcp4Message, TakesTheFirstOptionThatIsLongEnough) {
  const auto bytes = datagram({0, 50, 1, 9, 50, 4, 1, 2, 3, 4, 50, 4, 5, 6, 7, 8, 255});
  EXPECT_EQ(found(bytes, 50, 4), "01:02:03:04");
  EXPECT_EQ(found(bytes, 50, 1), "09");
  EXPECT_EQ(found(bytes, 50, 5), "nothing");
}

TEST(Dhcp4Message, StopsAtEndAndAtOptionsThatAreCutShort) {
  EXPECT_EQ(found(datagram({255, 12, 1, 'a'}), 12, 1), "nothing");
  EXPECT_EQ(found(datagram({60, 9, 'x', 12, 1, 'a'}), 12, 1), "nothing");
  EXPECT_EQ(found(datagram({12}), 12, 0), "nothing");
  EXPECT_TRUE(Dhcp4Message::parse(datagram({12, 1, 'a', 255}))->has_end());
  EXPECT_FALSE(Dhcp4Message::parse(datagram({12, 1, 'a'}))->has_end());
}

TEST(Dhcp4Message, LooksIntoOverloadedFields) {
  auto bytes = datagram({52, 1, 3, 255});
  bytes[108] = 12;  // file
  bytes[109] = 1;
  bytes[110] = 'f';
  bytes[44] = 12;  // sname
  bytes[45] = 2;
  bytes[46] = 's';
  bytes[47] = 's';
  EXPECT_EQ(found(bytes, 12, 1), "66");
  EXPECT_EQ(found(bytes, 12, 2), "73:73");
  bytes[242] = 1;  // file only
  EXPECT_EQ(found(bytes, 12, 2), "nothing");
}

TEST(Dhcp4Message, TypeIsWhatOption53Says) {
  EXPECT_EQ(Dhcp4Message::parse(datagram({53, 1, 8, 255}))->type(), Dhcp4Type::inform);
  EXPECT_EQ(Dhcp4Message::parse(datagram({53, 1, 200, 255}))->type(), Dhcp4Type{200});
  EXPECT_EQ(Dhcp4Message::parse(datagram({53, 1, 0, 255}))->type(), Dhcp4Type::bootp);
  EXPECT_EQ(Dhcp4Message::parse(datagram({53, 0, 255}))->type(), Dhcp4Type::bootp);
}

class Dhcp4ReplyTest : public testing::Test {
 protected:
  static std::string options_of(const Bytes& bytes) {
    std::string text;
    for (const auto& o : split_dhcp4_options(Dhcp4Message::parse(bytes)->options())) {
      text += std::to_string(o.code) + ":" + std::to_string(o.data.size()) + " ";
    }
    return text;
  }
  // A reply whose option area is filled up to this many octets.
  static Dhcp4Reply filled(std::size_t size, Dhcp4Reply::Overload overload, ByteView closing = {}) {
    Dhcp4Reply reply{548, overload, closing};
    EXPECT_TRUE(reply.add(200, Bytes(200)));
    EXPECT_TRUE(reply.add(201, Bytes(size - 204)));
    return reply;
  }
};

TEST_F(Dhcp4ReplyTest, IsPaddedToTheSmallestSize) {
  Dhcp4Reply reply{548, Dhcp4Reply::Overload::forbidden, {}};
  EXPECT_TRUE(reply.add(53, Bytes{2}));
  const auto bytes = reply.finish();
  EXPECT_EQ(bytes.size(), 300U);
  EXPECT_EQ(to_hex(ByteView{bytes}.subspan(236, 9)), "63:82:53:63:35:01:02:ff:00");
}

// The borders were observed at the reference: with 247 octets of options, 57 more data octets fit.
TEST_F(Dhcp4ReplyTest, LeavesTwoOctetsFreeBehindAnOption) {
  auto fits = filled(247, Dhcp4Reply::Overload::forbidden);
  EXPECT_TRUE(fits.add(202, Bytes(57)));
  EXPECT_EQ(fits.finish().size(), 547U);
  EXPECT_FALSE(filled(247, Dhcp4Reply::Overload::forbidden).add(202, Bytes(58)));
}

TEST_F(Dhcp4ReplyTest, KeepsRoomForOverloadAndClosingOption) {
  auto main = filled(247, Dhcp4Reply::Overload::allowed);
  EXPECT_TRUE(main.add(202, Bytes(54)));
  EXPECT_EQ(options_of(main.finish()), "200:200 201:43 202:54 ");
  auto spilt = filled(247, Dhcp4Reply::Overload::allowed);
  EXPECT_TRUE(spilt.add(202, Bytes(55)));
  EXPECT_EQ(options_of(spilt.finish()), "200:200 201:43 52:1 ");

  const Bytes agent{1, 2, 'a', 'b'};
  auto closing = filled(247, Dhcp4Reply::Overload::allowed, agent);
  EXPECT_TRUE(closing.add(202, Bytes(48)));
  EXPECT_EQ(options_of(closing.finish()), "200:200 201:43 202:48 82:4 ");
  auto spilt_closing = filled(247, Dhcp4Reply::Overload::allowed, agent);
  EXPECT_TRUE(spilt_closing.add(202, Bytes(49)));
  EXPECT_EQ(options_of(spilt_closing.finish()), "200:200 201:43 52:1 82:4 ");
}

TEST_F(Dhcp4ReplyTest, OverloadsFileThenServerName) {
  auto reply = filled(247, Dhcp4Reply::Overload::allowed);
  EXPECT_TRUE(reply.add(202, Bytes(124)));
  EXPECT_TRUE(reply.add(203, Bytes(60)));
  EXPECT_FALSE(reply.add(204, Bytes(61)));
  EXPECT_TRUE(reply.add(205, Bytes(4))) << "small ones still fit behind option 52";
  const auto bytes = reply.finish();
  const auto message = Dhcp4Message::parse(bytes);
  EXPECT_EQ(to_hex(*message->option(52, 1)), "03");
  EXPECT_EQ(message->file()[126], 255);
  EXPECT_EQ(message->sname()[62], 255);
  EXPECT_TRUE(message->option(203, 60));
}

TEST_F(Dhcp4ReplyTest, FieldsInUseAreNotOverloaded) {
  auto reply = filled(247, Dhcp4Reply::Overload::allowed);
  reply.set_file("bootfile");
  EXPECT_FALSE(reply.add(202, Bytes(61)));
  EXPECT_TRUE(reply.add(203, Bytes(60)));
  const auto bytes = reply.finish();
  const auto message = Dhcp4Message::parse(bytes);
  EXPECT_EQ(to_hex(*message->option(52, 1)), "02");
  EXPECT_EQ(to_text(message->file().first(9)), std::string("bootfile\0", 9));
}

TEST_F(Dhcp4ReplyTest, CutsHeaderFields) {
  Dhcp4Reply reply{548, Dhcp4Reply::Overload::forbidden, {}};
  reply.set_file(std::string(200, 'f'));
  reply.set_sname(std::string(200, 's'));
  const auto bytes = reply.finish();
  const auto message = Dhcp4Message::parse(bytes);
  EXPECT_EQ(message->file()[126], 'f');
  EXPECT_EQ(message->file()[127], 0);
  EXPECT_EQ(message->sname()[63], 0);
}

}  // namespace
}  // namespace swapmasq::wire
