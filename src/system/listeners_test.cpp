#include "system/listeners.hpp"

#include <gtest/gtest.h>

namespace swapmasq::system {
namespace {

TEST(SocketTable, has_the_sockets_that_wait) {
  const auto rows = read_socket_table(
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
      "   0: 3500007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   101        0 4711 1 0 100 0 0 10 "
      "0\n"
      "   1: 0100007F:0035 0100007F:9C40 01 00000000:00000000 00:00000000 00000000   101        0 4712 1 0 100 0 0 10 "
      "0\n"
      "junk\n",
      false);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].listener.address.to_string(), "127.0.0.53");
  EXPECT_EQ(rows[0].listener.port, 53);
  EXPECT_EQ(rows[0].inode, 4711U);
}

TEST(SocketTable, of_IPv6) {
  const auto rows = read_socket_table(
      "  12: 000080FE000000000000000001000000:0043 00000000000000000000000000000000:0000 07 00000000:00000000 "
      "00:00000000 "
      "00000000     0        0 99 2 0 0\n",
      true);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].listener.address.to_string(), "fe80::1");
  EXPECT_EQ(rows[0].listener.port, 67);
}

}  // namespace
}  // namespace swapmasq::system
