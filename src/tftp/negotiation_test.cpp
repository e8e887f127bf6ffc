#include "tftp/negotiation.hpp"

#include <gtest/gtest.h>

namespace swapmasq::tftp {
namespace {

using wire::TftpMode;
using wire::TftpOptions;

Agreement octet(const TftpOptions& options, const settings::Tftp& settings = {}, const Bounds& bounds = {}) {
  return agree({.filename = {}, .mode = TftpMode::octet, .options = options}, settings, bounds);
}

std::size_t block_size(std::uint32_t wanted, const settings::Tftp& settings, const Bounds& bounds) {
  return octet({.blksize = wanted}, settings, bounds).block_size;
}

TEST(Negotiation, WithoutOptionsNothingIsAcknowledged) {
  const auto agreement = octet({});
  EXPECT_FALSE(agreement.has_options());
  EXPECT_EQ(agreement.block_size, 512U);
  EXPECT_EQ(agreement.window, 1U);
  EXPECT_EQ(agreement.timeout, 2U);
}

TEST(Negotiation, NetasciiHasNeitherTsizeNorWindow) {
  const auto agreement = agree({.filename = {},
                                .mode = TftpMode::netascii,
                                .options = {.blksize = 8, .tsize = 0, .timeout = 3, .windowsize = 4}},
                               {}, {});
  EXPECT_EQ(agreement.acknowledged, (TftpOptions{.blksize = 8, .timeout = 3}));
  EXPECT_EQ(agreement.window, 1U);
}

// Numbers seen from dnsmasq 2.93.
TEST(Negotiation, BlockSizeStaysInTheBufferAndInTheMtu) {
  const Bounds loopback{.interface_mtu = 65536};
  EXPECT_EQ(block_size(9000, {}, loopback), 1493U);
  EXPECT_EQ(block_size(65464, {}, {.interface_mtu = 65536, .edns_packet_max = 4096}), 4357U);
  EXPECT_EQ(block_size(65464, {}, {.interface_mtu = 65536, .edns_packet_max = 100}), 773U);
  EXPECT_EQ(block_size(65464, {}, {.interface_mtu = 0, .edns_packet_max = 65535}), 65464U);
  EXPECT_EQ(block_size(9000, {}, {.interface_mtu = 1500}), 1468U);
  EXPECT_EQ(block_size(9000, {}, {.ipv4 = false, .interface_mtu = 1500}), 1448U);
  EXPECT_EQ(block_size(0, {}, {}), 1U);
  EXPECT_EQ(block_size(600, {}, {.interface_mtu = 1500}), 600U);

  settings::Tftp small;
  small.mtu = 1000;
  EXPECT_EQ(block_size(9000, small, {.interface_mtu = 1500}), 968U);
  EXPECT_EQ(block_size(9000, small, {.interface_mtu = 0}), 968U);
  EXPECT_EQ(octet({}, small, {.interface_mtu = 500}).block_size, 512U) << "the clamp is for the option only";
  settings::Tftp large;
  large.mtu = 2000;
  EXPECT_EQ(block_size(9000, large, {.interface_mtu = 1500}), 1468U);
}

TEST(Negotiation, NoBlocksizeDoesNotAcknowledgeIt) {
  settings::Tftp settings;
  settings.no_blocksize = true;
  const auto agreement = octet({.blksize = 1000, .timeout = 4}, settings);
  EXPECT_EQ(agreement.acknowledged, TftpOptions{.timeout = 4});
  EXPECT_EQ(agreement.block_size, 512U);
}

TEST(Negotiation, TimeoutAndWindowAreClamped) {
  EXPECT_EQ(octet({.timeout = 4294967295U}).timeout, 255U);
  EXPECT_EQ(octet({.timeout = 0}).acknowledged.timeout, 0U);
  EXPECT_EQ(octet({.windowsize = 0}).window, 1U);
  EXPECT_EQ(octet({.windowsize = 4294967291U}).acknowledged.windowsize, 32U);
}

TEST(Negotiation, TsizeIsTheFileSizeIn32Bits) {
  EXPECT_EQ(octet({.tsize = 77}, {}, {.file_size = 5000}).acknowledged.tsize, 5000U);
  EXPECT_EQ(octet({.tsize = 0}, {}, {.file_size = (std::uint64_t{1} << 32) + 5}).acknowledged.tsize, 5U);
}

}  // namespace
}  // namespace swapmasq::tftp
