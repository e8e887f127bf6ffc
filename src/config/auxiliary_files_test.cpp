#include "config/auxiliary_files.hpp"

#include <gmock/gmock.h>
#include <optional>
#include <string>
#include <vector>

namespace swapmasq::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class AuxiliaryFilesTest : public ::testing::Test {
 protected:
  AuxiliaryFile file(std::string_view text) const { return {path_, text}; }

  std::string path_ = "/etc/f";
  std::vector<std::string> refused_;
  RefusedLine refuse_ = [this](const std::string& message) { refused_.push_back(message); };
};

TEST_F(AuxiliaryFilesTest, DhcpHosts) {
  std::vector<std::string> names;
  read_dhcp_hosts(
      file("# hosts\n02:00:00:00:00:01,\"one\"  # text\n\ndhcp-host=02:00:00:00:00:02,two\n02:00:00:00:00:03,10.0.0.3\n"
           "\"open\n02:00:00:00:00:04,last"),
      [&](const settings::DhcpHost& host) {
        names.push_back(host.name);
        return !host.address;
      },
      refuse_);
  EXPECT_THAT(names, ElementsAre("one", "", "last"));
  EXPECT_THAT(refused_, ElementsAre("bad hex constant at line 4 of /etc/f",
                                    "duplicate dhcp-host IP address 10.0.0.3 at line 5 of /etc/f",
                                    "missing \" at line 6 of /etc/f"));
}

TEST_F(AuxiliaryFilesTest, DhcpOptions) {
  const auto options =
      read_dhcp_options(file("3,10.0.0.1\r\noption:nonsense,1\ntag:x,option:domain-name,\"a b\"\n"), refuse_);
  ASSERT_EQ(options.size(), 2U);
  EXPECT_EQ(options[0].code, 3U);
  EXPECT_EQ(options[1].code, 15U);
  EXPECT_THAT(refused_, ElementsAre("bad dhcp-option at line 2 of /etc/f"));
}

TEST_F(AuxiliaryFilesTest, ServersAndNothingElse) {
  const grammar::Lookup lookup{
      .addresses = [](const std::string& /*name*/) -> Result<std::vector<IpAddress>> {
        return tl::unexpected<std::string>("Name or service not known");
      },
      .interface_index = [](const std::string& /*name*/) -> std::uint32_t { return 0; },
  };
  const auto rules = read_servers(file("# text\nserver=10.0.0.1\nserver=/a/b/10.0.0.2\nrev-server=10.0.0.0/8,10.0.0.3\n"
                                       "local=/l/\naddress=/a/1.2.3.4\nno-resolv\nnonsense\nserver\nserver=no.where\n"
                                       "server=/x/1.1.1.1#99999\n"),
                                  lookup, refuse_);
  EXPECT_EQ(rules.size(), 4U);
  EXPECT_THAT(refused_, ElementsAre("illegal option at line 5 of /etc/f", "illegal option at line 6 of /etc/f",
                                    "illegal option at line 7 of /etc/f", "bad option at line 8 of /etc/f",
                                    "missing parameter at line 9 of /etc/f",
                                    "Name or service not known at line 10 of /etc/f", "bad port at line 11 of /etc/f"));
}

struct EthersLine {
  std::string text;
  std::string expected;
};

class Ethers : public ::testing::TestWithParam<EthersLine> {};

TEST_P(Ethers, ReadsALine) {
  std::string result = "nothing";
  read_ethers(
      GetParam().text,
      [&](const settings::DhcpHost& host) {
        result.clear();
        for (const auto& octet : host.hardware.front().octets) result += std::to_string(*octet) + " ";
        result += host.address ? host.address->to_string() : host.name;
        return true;
      },
      [&](EthersFault fault, std::size_t line) {
        constexpr std::array words{"line", "address", "name", "duplicate"};
        result = std::string{"bad "} + words.at(static_cast<std::size_t>(fault)) + " " + std::to_string(line);
      });
  EXPECT_EQ(result, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Forms, Ethers,
                         testing::Values(EthersLine{"02:00:00:00:00:01 10.0.0.1", "2 0 0 0 0 1 10.0.0.1"},
                                         EthersLine{"02-0-00-00-00-1\t\t10.0.0.1 \r\n", "2 0 0 0 0 1 10.0.0.1"},
                                         EthersLine{"020000000001 name", "2 0 0 0 0 1 name"},
                                         EthersLine{"02:00:00:00:00:01:07 Host.Dom.", "2 0 0 0 0 1 host.dom"},
                                         EthersLine{"02:*:00:00:00:01 10.0.0.1", "2 0 0 0 0 1 10.0.0.1"},
                                         EthersLine{"06-02:00:00:00:00:01 10.0.0.1", "6 2 0 0 0 0 10.0.0.1"},
                                         EthersLine{"02:00:00:00:00:01 10.0.0.1 # text", "2 0 0 0 0 1 10.0.0.1 # text"},
                                         EthersLine{"\n\n02:00:00:00:00:01", "bad line 3"},
                                         EthersLine{"02:00:00:00:01 10.0.0.1", "bad line 1"},
                                         EthersLine{" 02:00:00:00:00:01 10.0.0.1", "bad line 1"},
                                         EthersLine{"02:00:00:00:00:1x 10.0.0.1", "bad line 1"},
                                         EthersLine{"02:00:00:00:00:01 10.0.0.400", "bad address 1"},
                                         EthersLine{"02:00:00:00:00:01 .", "bad address 1"},
                                         EthersLine{"02:00:00:00:00:01 one two", "bad name 1"},
                                         EthersLine{"02:00:00:00:00:01 -a", "bad name 1"},
                                         EthersLine{"# text\n+nis\n \t\n", "nothing"}));

TEST(EthersFile, CountsWhatIsTaken) {
  std::vector<std::size_t> refused;
  bool first = true;
  const auto taken = read_ethers(
      "02:00:00:00:00:01 a\n02:00:00:00:00:02 a\n", [&](const auto& /*host*/) { return std::exchange(first, false); },
      [&](EthersFault fault, std::size_t line) {
        EXPECT_EQ(fault, EthersFault::duplicate);
        refused.push_back(line);
      });
  EXPECT_EQ(taken, 1U);
  EXPECT_THAT(refused, ElementsAre(2U));
}

}  // namespace
}  // namespace swapmasq::config
