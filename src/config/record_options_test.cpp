// What record options and the checks over all of them make of the settings.
#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <unistd.h>
#include <vector>

#include "base/startup_error.hpp"
#include "config/load.hpp"

namespace swapmasq::config {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::Optional;

settings::Dns dns_of(std::initializer_list<const char*> options) {
  std::vector<const char*> argv{"dnsmasq", "-C", "/dev/null"};
  argv.insert(argv.end(), options);
  return std::get<settings::Settings>(load(static_cast<int>(argv.size()), argv.data())).dns;
}

std::string own_host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

auto mx(const std::string& name, const std::string& target, std::uint16_t preference) {
  return AllOf(Field(&settings::MxHost::name, name), Field(&settings::MxHost::target, Optional(target)),
               Field(&settings::MxHost::preference, preference));
}

TEST(MailHosts, WithoutATargetAreTheOwnHosts) {
  EXPECT_THAT(dns_of({"--mx-host=a.lan", "--mx-host=b.lan,relay.lan,5"}).mx_hosts,
              ElementsAre(mx("a.lan", own_host_name(), 1), mx("b.lan", "relay.lan", 5)));
}

TEST(MailHosts, GoToMxTargetAndSoDoesTheOwnHost) {
  EXPECT_THAT(dns_of({"--mx-host=a.lan", "--mx-target=relay.lan"}).mx_hosts,
              ElementsAre(mx("a.lan", "relay.lan", 1), mx(own_host_name(), "relay.lan", 0)));
  const auto own_line = "--mx-host=" + own_host_name() + ",b.lan,7";
  EXPECT_THAT(dns_of({"--mx-target=relay.lan", own_line.c_str()}).mx_hosts,
              ElementsAre(mx(own_host_name(), "b.lan", 7)));
}

TEST(Services, WithTwoLabelsBelongToTheDefaultDomain) {
  const auto names = [](std::initializer_list<const char*> options) {
    std::vector<std::string> found;
    for (const auto& service : dns_of(options).srv_hosts) found.push_back(service.name);
    return found;
  };
  EXPECT_THAT(names({"-W", "_x._tcp,h", "-W", "_x._tcp.a,h", "-W", "_x,h", "-s", "lan"}),
              ElementsAre("_x._tcp.lan", "_x._tcp.a", "_x"));
  EXPECT_THAT(names({"-W", "_x._tcp,h"}), ElementsAre("_x._tcp"));
}

TEST(Services, MustHaveAGoodNameInTheDefaultDomain) {
  const std::string label(60, 'a');
  const auto domain = "-s" + label + '.' + label + '.' + label + '.' + label;
  const auto service = "-W_x._" + label + ",h";
  try {
    dns_of({domain.c_str(), service.c_str()});
    FAIL();
  } catch (const StartupError& error) {
    EXPECT_EQ(error.code(), 5);
    EXPECT_EQ(error.what(), "bad srv-host name _x._" + label + " after domain appended");
  }
}

TEST(CaaAndDnsRr, AreOneList) {
  const auto records =
      dns_of({"--dns-rr=a,65280,01:02", "--caa-record=a,300,issue,ca.lan", "--dns-rr=b,1"}).dns_records;
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].data, (Bytes{1, 2}));
  EXPECT_EQ(records[1].type, 257);
  EXPECT_EQ(to_hex(records[1].data), "2c:05:69:73:73:75:65:63:61:2e:6c:61:6e");
  EXPECT_EQ(records[2].name, "b");
}

}  // namespace
}  // namespace swapmasq::config
