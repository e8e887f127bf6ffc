#include "dns/hosts_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <vector>

namespace swapmasq::dns {
namespace {

using testing::ElementsAre;

struct Recorded : HostsSink {
  void host(const IpAddress& address, std::string_view name, bool dotted) override {
    events.push_back(fmt::format("{} {}{}", address.to_string(), name, dotted ? " dotted" : ""));
  }
  void bad_address(std::size_t line) override { events.push_back(fmt::format("bad address {}", line)); }
  void bad_name(std::size_t line) override { events.push_back(fmt::format("bad name {}", line)); }

  std::vector<std::string> events;
};

std::vector<std::string> parsed(std::string_view text) {
  Recorded sink;
  parse_hosts(
      text, [](std::string_view name) { return name == "refused" ? std::nullopt : std::optional{std::string{name}}; },
      sink);
  return sink.events;
}

TEST(HostsFile, TokensCommentsAndWhiteSpace) {
  EXPECT_THAT(parsed("# c\n\t10.0.0.1 a\tb#c d\r\n\n10.0.0.2\nfd00::1 x.y z."),
              ElementsAre("10.0.0.1 a", "10.0.0.1 b", "fd00::1 x.y dotted", "fd00::1 z dotted"));
}

TEST(HostsFile, BadAddressesEndTheirLine) {
  EXPECT_THAT(parsed("1.2.3 a\n01.2.3.4 b\nfe80::1%eth0 c\n1.2.3.4 d"),
              ElementsAre("bad address 1", "bad address 2", "bad address 3", "1.2.3.4 d"));
}

TEST(HostsFile, BadNamesDoNot) {
  EXPECT_THAT(
      parsed("1.1.1.1 refused ok a\x01 b\x7f _x -y *"),
      ElementsAre("bad name 1", "1.1.1.1 ok", "bad name 1", "bad name 1", "1.1.1.1 _x", "1.1.1.1 -y", "1.1.1.1 *"));
}

}  // namespace
}  // namespace swapmasq::dns
