#include "dhcp/host_lines.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace swapmasq::dhcp {
namespace {

using settings::DhcpHost;
using testing::ElementsAre;

DhcpHost host(std::uint8_t hardware, const char* address, std::string name = {}) {
  DhcpHost line;
  if (hardware != 0) line.hardware.push_back({std::nullopt, {2, 0, 0, 0, 0, hardware}});
  line.address = Ipv4::parse(address);
  line.name = std::move(name);
  return line;
}

std::vector<std::string> shown(const HostLines& lines) {
  std::vector<std::string> texts;
  for (const auto& line : lines.all()) {
    std::string text;
    for (const auto& pattern : line->hardware) text += std::to_string(*pattern.octets.back()) + " ";
    text += line->address ? line->address->to_string() : "-";
    texts.push_back(line->name.empty() ? text : text + " " + line->name);
  }
  return texts;
}

TEST(HostLines, FilesAddNewerLinesWithAddressesOfTheirOwn) {
  const std::vector configured{host(1, "10.0.0.1")};
  HostLines lines{configured};
  EXPECT_TRUE(lines.add(host(2, "10.0.0.2")));
  EXPECT_FALSE(lines.add(host(3, "10.0.0.1")));
  EXPECT_FALSE(lines.add(host(3, "10.0.0.2")));
  EXPECT_TRUE(lines.add(host(3, "", "named")));
  EXPECT_THAT(shown(lines), ElementsAre("1 10.0.0.1", "2 10.0.0.2", "3 - named"));
  lines.drop_added();
  EXPECT_TRUE(lines.add(host(3, "10.0.0.2")));
  EXPECT_THAT(shown(lines), ElementsAre("1 10.0.0.1", "3 10.0.0.2"));
}

TEST(HostLines, EthersGivesALineItsHardwareAddress) {
  const std::vector configured{host(1, "10.0.0.1"), host(0, "10.0.0.2", "Named")};
  HostLines lines{configured};
  EXPECT_TRUE(lines.add_ethers(host(8, "10.0.0.1")));
  EXPECT_TRUE(lines.add_ethers(host(9, "", "nAMED")));
  EXPECT_THAT(shown(lines), ElementsAre("8 10.0.0.1", "9 10.0.0.2 Named"));
  EXPECT_TRUE(lines.all().front()->ignore_client_id);
  EXPECT_FALSE(configured.front().ignore_client_id);
  EXPECT_TRUE(lines.add_ethers(host(7, "10.0.0.1")));
  lines.drop_ethers();
  EXPECT_THAT(shown(lines), ElementsAre("7 10.0.0.1", "9 10.0.0.2 Named"));
}

TEST(HostLines, EthersGivesAHardwareAddressItsAddressOrName) {
  auto two = host(2, "");
  two.hardware.push_back({std::nullopt, {2, 0, 0, 0, 0, 3}});
  auto infiniband = host(4, "");
  infiniband.hardware.front().type = 32;
  const std::vector configured{host(1, "10.0.0.1"), two, infiniband};
  HostLines lines{configured};
  EXPECT_TRUE(lines.add_ethers(host(1, "10.0.0.11")));
  EXPECT_TRUE(lines.add_ethers(host(1, "", "one")));
  EXPECT_TRUE(lines.add_ethers(host(2, "10.0.0.12")));
  EXPECT_TRUE(lines.add_ethers(host(4, "10.0.0.14")));
  EXPECT_THAT(shown(lines), ElementsAre("1 10.0.0.11 one", "2 3 -", "4 -", "2 10.0.0.12", "4 10.0.0.14"));
  EXPECT_TRUE(lines.add(host(5, "10.0.0.1")));
}

TEST(HostLines, EthersRefusesItsOwnDuplicates) {
  HostLines lines{{}};
  EXPECT_TRUE(lines.add_ethers(host(1, "10.0.0.1")));
  EXPECT_FALSE(lines.add_ethers(host(2, "10.0.0.1")));
  EXPECT_TRUE(lines.add_ethers(host(1, "10.0.0.2")));
  EXPECT_THAT(shown(lines), ElementsAre("1 10.0.0.2"));
  EXPECT_FALSE(lines.add(host(3, "10.0.0.2")));
  lines.drop_ethers();
  EXPECT_TRUE(lines.add(host(3, "10.0.0.2")));
}

}  // namespace
}  // namespace swapmasq::dhcp
