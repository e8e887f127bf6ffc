#include "config/load.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <unistd.h>
#include <vector>

#include "base/startup_error.hpp"
#include "config/build.hpp"
#include "config/options.hpp"

namespace swapmasq::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

Outcome load_words(std::initializer_list<const char*> words) {
  std::vector<const char*> argv{"dnsmasq"};
  argv.insert(argv.end(), words);
  return load(static_cast<int>(argv.size()), argv.data());
}

// A configuration file for as long as it lives; tests may run side by side.
class ConfigurationFile {
 public:
  explicit ConfigurationFile(const std::string& text) { std::ofstream{path_} << text; }
  ~ConfigurationFile() { std::filesystem::remove(path_); }
  ConfigurationFile(const ConfigurationFile&) = delete;
  ConfigurationFile& operator=(const ConfigurationFile&) = delete;

  const char* path() const { return path_.c_str(); }

 private:
  std::string path_ = testing::TempDir() + "swapmasq-load-" + std::to_string(getpid()) + ".conf";
};

// The settings of a configuration file with this text.
settings::Settings settings_of(const std::string& text) {
  const ConfigurationFile file{text};
  auto outcome = load_words({"-C", file.path()});
  return std::get<settings::Settings>(std::move(outcome));
}

std::string error_of(std::initializer_list<const char*> words) {
  try {
    load_words(words);
  } catch (const StartupError& error) {
    return std::to_string(error.code()) + " " + error.what();
  }
  return "no error";
}

std::string error_in(const std::string& text) {
  const ConfigurationFile file{text};
  return error_of({"-C", file.path()});
}

std::string test_of(const std::string& text) {
  const ConfigurationFile file{text};
  return std::get<Answer>(load_words({"--test", "-C", file.path()})).standard_error;
}

std::string answer_to(std::initializer_list<const char*> words) {
  return std::get<Answer>(load_words(words)).standard_output;
}

TEST(Load, TheSystemRescueCdTutorial) {
  const auto settings = settings_of(
      "domain-needed\n"
      "bogus-priv\n"
      "interface=eth1\n"
      "bind-interfaces\n"
      "expand-hosts\n"
      "domain=linux.example.net\n"
      "dhcp-range=192.168.0.50,192.168.0.150,12h\n"
      "dhcp-boot=pxelinux.0\n"
      "enable-tftp\n"
      "tftp-root=/srv/tftpboot\n");
  EXPECT_TRUE(settings.dns.domain_needed);
  EXPECT_TRUE(settings.dns.bogus_priv);
  EXPECT_TRUE(settings.dns.expand_hosts);
  EXPECT_EQ(settings.dns.domain, "linux.example.net");
  EXPECT_THAT(settings.net.interfaces, ElementsAre("eth1"));
  EXPECT_EQ(settings.net.binding, settings::Net::Binding::interfaces);
  ASSERT_EQ(settings.dhcp.ranges.size(), 1U);
  EXPECT_EQ(settings.dhcp.ranges[0].end.to_string(), "192.168.0.150");
  EXPECT_EQ(settings.dhcp.ranges[0].lease, 12U * 3600);
  ASSERT_EQ(settings.dhcp.boots.size(), 1U);
  EXPECT_EQ(settings.dhcp.boots[0].file, "pxelinux.0");
  EXPECT_TRUE(settings.tftp.enabled);
  EXPECT_EQ(settings.tftp.root, "/srv/tftpboot");
}

TEST(Load, DefaultsWithoutAnyOption) {
  const auto settings = settings_of("");
  EXPECT_EQ(settings.dns.port, 53);
  EXPECT_EQ(settings.dns.cache_size, 150U);
  EXPECT_THAT(settings.dns.resolv_files, ElementsAre("/etc/resolv.conf"));
  EXPECT_FALSE(settings.dns.resolv_file_given);
  EXPECT_EQ(settings.daemon.mode, settings::Daemon::Mode::background);
  EXPECT_EQ(settings.daemon.user, std::nullopt);
  EXPECT_EQ(settings.net.binding, settings::Net::Binding::wildcard);
  EXPECT_THAT(settings.dhcp.pxe_vendors, ElementsAre("PXEClient"));
}

TEST(Load, NumbersAreClampedAsDnsmasqDoes) {
  EXPECT_EQ(settings_of("port=\n").dns.port, 0);
  EXPECT_EQ(settings_of("cache-size=5000001\n").dns.cache_size, 5'000'000U);
  EXPECT_EQ(settings_of("cache-size=4294967295\n").dns.cache_size, 0U);
  EXPECT_EQ(settings_of("edns-packet-max=1\n").dns.edns_packet_max, 512);
  EXPECT_EQ(settings_of("edns-packet-max=66536\n").dns.edns_packet_max, 1000);
  EXPECT_EQ(settings_of("min-cache-ttl=7200\n").dns.min_cache_ttl, 3600U);
  EXPECT_EQ(settings_of("log-async=500\n").daemon.log_async, 100U);
  EXPECT_EQ(settings_of("log-async\n").daemon.log_async, 5U);
  EXPECT_EQ(settings_of("log-async=0\n").daemon.log_async, std::nullopt);
}

TEST(Load, ModesOfTheProcess) {
  using Mode = settings::Daemon::Mode;
  EXPECT_EQ(settings_of("keep-in-foreground\n").daemon.mode, Mode::foreground);
  for (const auto* text : {"no-daemon\n", "no-daemon\nkeep-in-foreground\n", "keep-in-foreground\nno-daemon\n"}) {
    EXPECT_EQ(settings_of(text).daemon.mode, Mode::debug) << text;
  }
  EXPECT_TRUE(settings_of("no-daemon\nkeep-in-foreground\n").daemon.keep_in_foreground);
}

TEST(Load, EmptyNamesAndPathsHaveTheirMeaning) {
  const auto settings = settings_of("user=\ngroup\npid-file=\ndhcp-leasefile=\nresolv-file=\ninterface=\n");
  EXPECT_EQ(settings.daemon.user, "");
  EXPECT_EQ(settings.daemon.group, "");
  EXPECT_EQ(settings.daemon.pid_file, "");
  EXPECT_EQ(settings.dhcp.lease_file, "/var/lib/misc/dnsmasq.leases");
  EXPECT_THAT(settings.dns.resolv_files, IsEmpty());
  EXPECT_FALSE(settings.dns.resolv_file_given);
  EXPECT_THAT(settings.net.interfaces, ElementsAre(""));
}

TEST(Load, DomainFromTheSearchLineBeatsADomainLine) {
  const ConfigurationFile resolv{"nameserver 192.0.2.1\nsearch First.org second.org\nsearch third.org\n"};
  const auto outcome = load_words({"-C", "/dev/null", "--domain=#", "--domain=lan", "-r", resolv.path()});
  EXPECT_EQ(std::get<settings::Settings>(outcome).dns.domain, "first.org");
}

TEST(Load, ResolvFilesReplaceTheDefaultThenAddUp) {
  const auto settings = settings_of("resolv-file=/a\nresolv-file=/b\n");
  EXPECT_THAT(settings.dns.resolv_files, ElementsAre("/a", "/b"));
  EXPECT_TRUE(settings.dns.resolv_file_given);
}

TEST(Load, PxeVendorsReplaceTheDefaultThenAddUp) {
  EXPECT_THAT(settings_of("dhcp-pxe-vendor=a,b\ndhcp-pxe-vendor=c\n").dhcp.pxe_vendors, ElementsAre("a", "b", "c"));
}

TEST(Load, PxeServicesWithABasenameAreNumbered) {
  const auto services =
      settings_of("pxe-service=x86PC,one,a\npxe-service=x86PC,local\npxe-service=x86PC,two,b\n").dhcp.pxe_services;
  ASSERT_EQ(services.size(), 3U);
  EXPECT_EQ(services[0].type, 32768);
  EXPECT_EQ(services[1].type, 0);
  EXPECT_EQ(services[2].type, 32769);
}

TEST(Load, DhcpAlternatePort) {
  const auto ports = [](const std::string& line) {
    const auto dhcp = settings_of(line).dhcp;
    return std::pair<int, int>{dhcp.server_port, dhcp.client_port};
  };
  EXPECT_EQ(ports(""), std::pair(67, 68));
  EXPECT_EQ(ports("dhcp-alternate-port"), std::pair(1067, 1068));
  EXPECT_EQ(ports("dhcp-alternate-port=2000"), std::pair(2000, 2001));
  EXPECT_EQ(ports("dhcp-alternate-port=2000,3000"), std::pair(2000, 3000));
}

TEST(Load, TftpRootsAreGlobalOrOfAnInterface) {
  const auto tftp = settings_of("tftp-root=/a\ntftp-root=/b\ntftp-root=/c,eth0\n").tftp;
  EXPECT_EQ(tftp.root, "/b");
  ASSERT_EQ(tftp.interface_roots.size(), 1U);
  EXPECT_EQ(tftp.interface_roots[0].directory, "/c");
  EXPECT_EQ(tftp.interface_roots[0].interface, "eth0");
  EXPECT_FALSE(tftp.enabled);
}

TEST(Load, TftpPortRangeIsSwappedIntoOrder) {
  const auto range = settings_of("tftp-port-range=9,1\n").tftp.port_range;
  ASSERT_TRUE(range);
  EXPECT_EQ(range->first, 1);
  EXPECT_EQ(range->last, 9);
}

TEST(Load, LogQueriesAddsUp) {
  const auto log = settings_of("log-queries=proto\nlog-queries=auth\nlog-queries=nosuch\n").dns.log_queries;
  EXPECT_TRUE(log.enabled && log.proto && log.extra && log.auth);
  EXPECT_FALSE(log.only_failed);
  EXPECT_FALSE(settings_of("log-queries=\"extra\"\n").dns.log_queries.extra);
}

TEST(Load, LocalServiceCountsOnlyWhenNothingElseSaysWhoIsServed) {
  using LocalService = settings::Net::LocalService;
  EXPECT_EQ(settings_of("local-service\n").net.local_service, LocalService::net);
  EXPECT_EQ(settings_of("local-service=net\nlisten-address=127.0.0.1\n").net.local_service, LocalService::off);
  const auto net = settings_of("local-service=host\n").net;
  EXPECT_EQ(net.local_service, LocalService::host);
  EXPECT_THAT(net.interfaces, ElementsAre(""));
  EXPECT_EQ(net.binding, settings::Net::Binding::interfaces);
}

TEST(Load, FilesOverrideTheCommandLine) {
  const ConfigurationFile file{"port=54\n"};
  const auto settings = std::get<settings::Settings>(load_words({"-p", "5", "-C", file.path()}));
  EXPECT_EQ(settings.dns.port, 54);
}

TEST(Load, ChecksThatTestLeavesOut) {
  EXPECT_EQ(error_of({"-C", "/dev/null", "--min-port=5000", "--max-port=4000"}),
            "1 max_port cannot be smaller than min_port");
  EXPECT_EQ(error_of({"-C", "/dev/null", "-z", "--bind-dynamic"}), "1 cannot set --bind-interfaces and --bind-dynamic");
}

TEST(Load, HelpAndVersionActWhenReached) {
  EXPECT_THAT(answer_to({"--version", "--port=99999"}), StartsWith("Dnsmasq version 2.93 "));
  EXPECT_THAT(answer_to({"--version"}), HasSubstr("swapmasq"));
  EXPECT_THAT(answer_to({"--version"}), HasSubstr("\nCompile time options: IPv6 GNU-getopt "));
  EXPECT_THAT(answer_to({"--help"}),
              StartsWith("Usage: dnsmasq [options]\n\nValid options are:\n-a, --listen-address"));
  EXPECT_THAT(answer_to({"--help", "foo"}), StartsWith("Usage: dnsmasq [options]\n"));
  EXPECT_THAT(answer_to({"--help", "dhcp"}), StartsWith("Known DHCP options:\n  1 netmask\n  2 time-offset\n"));
  EXPECT_THAT(answer_to({"-w", "dhcp6"}), StartsWith("Known DHCPv6 options:\n 21 sip-server-domain\n"));
}

TEST(Load, DnsThreadsIsAnOptionOfOurOwn) {
  EXPECT_EQ(std::get<settings::Settings>(load_words({"-C", "/dev/null"})).dns.threads, 1U);
  EXPECT_EQ(std::get<settings::Settings>(load_words({"-C", "/dev/null", "--dns-threads=3"})).dns.threads, 3U);
  EXPECT_EQ(error_of({"-C", "/dev/null", "--dns-threads=65"}),
            "1 bad command line options: dns-threads takes a number from 1 to 64");
  EXPECT_EQ(error_of({"-C", "/dev/null", "--dns-threads=x"}),
            "1 bad command line options: dns-threads takes a number from 1 to 64");
}

TEST(Load, RefusesLuaScriptsInABuildWithoutLua) {
  const auto& row = grammar::row_of(grammar::Option::dhcp_luascript);
  if (!grammar::refusal(row)) {
    EXPECT_EQ(settings_of("dhcp-luascript=/x\n").dhcp.script.lua_file, "/x");
    return;
  }
  EXPECT_EQ(error_of({"--dhcp-luascript=/x"}),
            "1 bad command line options: recompile with HAVE_LUASCRIPT defined to enable Lua scripts");
}

TEST(Load, NotesOnceWhatItDoesNotActOn) {
  const auto settings = settings_of(
      "dhcp-range=fd00::1,fd00::2\ndhcp-range=fd01::1,fd01::2\ndhcp-option=option6:dns-server,[fd00::1]\n"
      "dhcp-match=set:x,option6:1\nshared-network=fd00::1,fd01::1\ndhcp-relay=fd00::1,fd01::1\n");
  for (const auto* form : {"dhcp-range with IPv6 addresses", "dhcp-option with option6:", "dhcp-match with option6:",
                           "shared-network with IPv6 addresses", "dhcp-relay with IPv6 addresses"}) {
    EXPECT_EQ(std::ranges::count(settings.without_effect, form), 1) << form;
  }
  EXPECT_EQ(settings.dhcp6.ranges.size(), 2U);
}

TEST(Load, NotesEveryOptionThatIsOnlyJudged) {
  for (const auto& row : grammar::option_table()) {
    if (row.argument != grammar::ArgumentKind::none || row.support != grammar::Support::judged) continue;
    const std::string name{row.name};
    const auto settings = settings_of(name + "\n" + name + "\ntrust-anchor=.\n");
    EXPECT_EQ(std::ranges::count(settings.without_effect, name), 1) << name;
  }
}

TEST(Load, CompletesDefaultsThatHangOnOtherOptions) {
  const auto settings = settings_of("auth-server=ns.example.com\nlocal-service\n");
  EXPECT_EQ(settings.auth.soa.mailbox, "hostmaster.ns.example.com");
  EXPECT_EQ(settings.net.local_service, settings::Net::LocalService::off);
  EXPECT_EQ(settings_of("auth-server=a\nauth-soa=1,me@x\n").auth.soa.mailbox, "me.x");
  EXPECT_FALSE(settings.dns.fast_retry);
  EXPECT_TRUE(settings_of("dnssec\ntrust-anchor=.,1,2,3,00\n").dns.fast_retry);
}

// In dnsmasq's order.
TEST(Load, ChecksBeforeAStart) {
  std::string text = "bind-interfaces\nbind-dynamic\n";
  const auto refused_with = [&](const std::string& more, const std::string& message) {
    text += more;
    EXPECT_EQ(error_in(text), "1 " + message);
    EXPECT_EQ(test_of(text), "dnsmasq: syntax check OK.\n");
  };
  refused_with("", "cannot set --bind-interfaces and --bind-dynamic");
  refused_with("auth-zone=x\n", "--auth-server required when an auth zone is defined.");
  refused_with("min-port=2000\nport-limit=63537\n", "port_limit must not be larger than available port range");
  refused_with("max-port=1999\n", "max_port cannot be smaller than min_port");
  refused_with("enable-ubus\n", "Ubus not available: set HAVE_UBUS in src/config.h");
  refused_with("conntrack\nquery-port=9\n", "cannot use --conntrack AND --query-port");
  refused_with("cache-size=149\ndnssec\ntrust-anchor=.,1,2,3,00\n",
               "cannot reduce cache size from default when DNSSEC enabled");
  EXPECT_EQ(error_in("dnssec\ncache-size=1\ntrust-anchor=a,1,2,3,00\n"), "1 no root trust anchor provided for DNSSEC");
}

// A port of 0 is none; port-limit counts only against a range that was given.
TEST(Load, CompletesTheRangeOfSourcePorts) {
  const auto ports_of = [](const std::string& text) {
    const auto dns = settings_of(text).dns;
    return std::pair{dns.min_port, dns.max_port};
  };
  EXPECT_EQ(ports_of("port-limit=70000\nmin-port=0\n"), (std::pair<std::uint16_t, std::uint16_t>{0, 0}));
  EXPECT_EQ(ports_of("min-port=5\nport-limit=65531\n"), (std::pair<std::uint16_t, std::uint16_t>{5, 65535}));
  EXPECT_EQ(ports_of("max-port=1024\n"), (std::pair<std::uint16_t, std::uint16_t>{1024, 1024}));
  EXPECT_EQ(error_in("max-port=1023\n"), "1 max_port cannot be smaller than min_port");
}

TEST(Options, EveryOptionHasItsHandler) {
  using grammar::Option;
  const std::vector<Option> reading{Option::conf_file, Option::conf_dir, Option::conf_script,
                                    Option::help,      Option::version,  Option::test};
  for (const auto& row : grammar::option_table()) {
    const bool stored = !row.alias() && std::ranges::find(reading, row.option) == reading.end();
    EXPECT_EQ(handler_of(row.option) != nullptr, stored) << row.name;
  }
}

}  // namespace
}  // namespace swapmasq::config
