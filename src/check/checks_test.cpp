// The checks that --test never makes.
#include <gmock/gmock.h>

#include "check/check_fixture.hpp"

namespace swapmasq::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Checks = CheckTest;

constexpr auto range = "dhcp-range=192.168.1.50,192.168.1.99\n";

TEST_F(Checks, two_hosts_with_one_hardware_address) {
  EXPECT_THAT(findings(std::string{range} + "dhcp-host=11:22:33:44:55:66,a,192.168.1.2\n"
                                            "dhcp-host=00:00:00:00:00:01,11:22:33:44:55:66,b\n"),
              ElementsAre("3:warning:duplicate-mac:11:22:33:44:55:66"));
  // Lines for other tags, other subnets, or the other address family.
  EXPECT_THAT(findings_of("duplicate-mac",
                          "dhcp-range=192.168.1.50,192.168.1.99\n"
                          "dhcp-range=set:x,192.168.2.50,192.168.2.99,255.255.255.0\n"
                          "dhcp-host=11:22:33:44:55:66,192.168.1.2\n"
                          "dhcp-host=11:22:33:44:55:66,192.168.2.2\n"
                          "dhcp-host=11:22:33:44:55:66,tag:x,192.168.2.3\n"
                          "dhcp-host=11:22:33:44:55:66,[::5]\n"),
              IsEmpty());
}

TEST_F(Checks, two_hosts_with_one_address) {
  const auto report = report_of(std::string{range} +
                                "dhcp-host=11:22:33:44:55:66,192.168.1.2\n"
                                "dhcp-host=11:22:33:44:55:67,192.168.1.2\n");
  EXPECT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].message, "duplicate dhcp-host IP address 192.168.1.2");
  ASSERT_EQ(report.findings()[0].related.size(), 1U);
  EXPECT_EQ(report.findings()[0].related[0].place.line, 2U);
  EXPECT_THAT(
      findings_of("duplicate-address", "dhcp-host=11:22:33:44:55:66,[::5]\ndhcp-host=11:22:33:44:55:67,[::5]\n"),
      ElementsAre("2:warning:duplicate-address:[::5]"));
}

TEST_F(Checks, two_hosts_with_one_name) {
  EXPECT_THAT(findings_of("duplicate-name",
                          "dhcp-host=11:22:33:44:55:66,joe,192.168.1.2\n"
                          "dhcp-host=11:22:33:44:55:67,192.168.1.3,joe,1h\n"
                          "dhcp-host=11:22:33:44:55:67,joe.elsewhere\n"),
              ElementsAre("2:warning:duplicate-name:joe"));
}

TEST_F(Checks, hosts_outside_every_range) {
  EXPECT_THAT(findings_of("outside-ranges", std::string{range} + "dhcp-host=11:22:33:44:55:66,192.168.1.2\n"
                                                                 "dhcp-host=11:22:33:44:55:67,192.168.7.2,joe\n"),
              ElementsAre("3:warning:outside-ranges:192.168.7.2"));
  EXPECT_THAT(findings_of("outside-ranges",
                          "dhcp-range=fd00::10,fd00::99\ndhcp-host=11:22:33:44:55:66,[::2]\n"
                          "dhcp-host=11:22:33:44:55:67,[fd01::2]\n"),
              ElementsAre("3:warning:outside-ranges:[fd01::2]"));
}

TEST_F(Checks, ranges_that_overlap) {
  EXPECT_THAT(findings_of("overlapping-ranges",
                          "dhcp-range=set:a,192.168.1.50,192.168.1.99,1h\n"
                          "dhcp-range=192.168.1.10,192.168.1.49\n"
                          "dhcp-range=192.168.1.90,192.168.1.110,2h\n"
                          "dhcp-range=tag:z,192.168.1.90,192.168.1.110,2h\n"),
              ElementsAre("3:warning:overlapping-ranges:192.168.1.90,192.168.1.110"));
}

TEST_F(Checks, tags_that_nothing_sets) {
  EXPECT_THAT(findings_of("tag-never-set",
                          "dhcp-range=set:red,192.168.1.50,192.168.1.99\n"
                          "dhcp-mac=set:phone,11:22:*:*:*:*\n"
                          "dhcp-match=set:efi,option:client-arch,7\n"
                          "dhcp-host=11:22:33:44:55:66,set:pc\n"
                          "tag-if=set:both,tag:red,tag:pho*\n"
                          "dhcp-option=tag:red,tag:!phone,tag:both,3,1.2.3.4\n"
                          "dhcp-boot=tag:efi,tag:bios,file\n"
                          "dhcp-ignore=tag:!known\n"
                          "dhcp-ignore=pcc\n"
                          "dhcp-option=tag:eth0,tag:bootp,tag:known-othernet,6,1.2.3.4\n"
                          "dhcp-option=tag:cpewan-id,tag:bios,6,1.2.3.4\n"),
              ElementsAre("7:warning:tag-never-set:bios", "9:warning:tag-never-set:pcc"));
  const auto report = report_of("dhcp-range=set:red,192.168.1.50,192.168.1.99\ndhcp-boot=tag:rde,file\n");
  ASSERT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].nearest, "red");
}

TEST_F(Checks, interfaces_that_are_not_there) {
  EXPECT_THAT(findings("interface=eth0,eht0\nexcept-interface=et*\n"), ElementsAre("1:warning:no-such-interface:eht0"));
  const auto report = report_of("interface=eth1\nbind-interfaces\n");
  ASSERT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].dnsmasq, "unknown interface eth1");
  EXPECT_EQ(report.findings()[0].nearest, "eth0");
  EXPECT_EQ(report.exit_code(), 1);
}

TEST_F(Checks, accounts_that_are_not_there) {
  EXPECT_THAT(findings("user=dnsmask\ngroup=wheel\n"),
              ElementsAre("1:error:no-such-account:dnsmask", "2:error:no-such-account:wheel"));
  EXPECT_THAT(findings("user=dnsmasq\ngroup=dip\n"), IsEmpty());
}

TEST_F(Checks, paths_that_are_missing_or_closed) {
  system.paths["/hosts"] = {PathState::Kind::file, false, "Permission denied"};
  system.paths["/etc"] = {PathState::Kind::folder, true, ""};
  system.paths["/file"] = {PathState::Kind::file, true, ""};
  EXPECT_THAT(findings_of("path",
                          "addn-hosts=/hosts\naddn-hosts=/nosuch\nhostsdir=/file\nresolv-file=/file\n"
                          "log-facility=/etc/log\npid-file=/nosuch/pid\nenable-tftp\ntftp-root=/srv/tftp\n"),
              testing::UnorderedElementsAre("1:warning:path:/hosts", "2:warning:path:/nosuch", "3:warning:path:/file",
                                            "6:error:path:/nosuch/pid", "8:error:path:/srv/tftp"));
  const auto report = report_of("addn-hosts=/hosts\n");
  EXPECT_THAT(report.findings()[0].message, HasSubstr("Permission denied (as user nobody)"));
  EXPECT_THAT(findings("user=\naddn-hosts=/hosts\n"), IsEmpty());
}

TEST_F(Checks, ports_that_are_taken) {
  system.listeners_.push_back({true, *IpAddress::parse("127.0.0.53"), 53, 812, "systemd-resolve"});
  system.listeners_.push_back({false, *IpAddress::parse("127.0.0.53"), 53, 812, "systemd-resolve"});
  const auto report = report_of("");
  ASSERT_EQ(report.findings().size(), 1U);
  EXPECT_EQ(report.findings()[0].message,
            "the DNS port is taken by systemd-resolve (process 812): UDP 127.0.0.53 port 53");
  EXPECT_THAT(findings("port=5353\n"), IsEmpty());
  EXPECT_THAT(findings("bind-interfaces\ninterface=eth0\nexcept-interface=lo\n"), IsEmpty());
  system.pid_files["/run/own.pid"] = 812;
  system.paths["/run"] = {PathState::Kind::folder, true, ""};
  EXPECT_THAT(findings("pid-file=/run/own.pid\n"), IsEmpty());
  system.listeners_ = {{true, Ipv4{}, 67, 99, "dhcpd"}};
  EXPECT_THAT(findings(range), ElementsAre("1:warning:port-taken:192.168.1.50,192.168.1.99"));
}

TEST_F(Checks, options_that_later_ones_override) {
  EXPECT_THAT(findings("port=54\n", {"--port=53"}), ElementsAre("0:warning:overridden:53"));
  EXPECT_THAT(findings_of("overridden", std::string{range} + "dhcp-option=3,1.2.3.4\n"
                                                             "dhcp-option=tag:a,3,1.2.3.4\n"
                                                             "dhcp-option=option:router,1.2.3.5\n"
                                                             "dhcp-boot=a\ndhcp-boot=b\n"
                                                             "domain=a.b\ndomain=c.d,192.168.1.0/24\ndomain=e.f\n"),
              ElementsAre("2:warning:overridden:3,1.2.3.4", "5:warning:overridden:a", "7:warning:overridden:a.b"));
}

TEST_F(Checks, options_without_effect) {
  EXPECT_THAT(findings_of("no-effect",
                          "dhcp-host=11:22:33:44:55:66,joe\ndhcp-host=11:22:33:44:55:67,jim\n"
                          "tftp-secure\nresolv-file=/r\nno-resolv\nexpand-hosts\n"),
              testing::UnorderedElementsAre("1:warning:no-effect:dhcp-host", "3:warning:no-effect:tftp-secure",
                                            "4:warning:no-effect:resolv-file", "6:warning:no-effect:expand-hosts"));
  EXPECT_THAT(findings_of("no-effect", "local-service\ninterface=eth0\nexcept-interface=lo\n"),
              ElementsAre("1:warning:no-effect:local-service"));
  EXPECT_THAT(findings_of("no-effect", "port=0\ncache-size=5\n"), ElementsAre("2:warning:no-effect:cache-size"));
  EXPECT_EQ(report_of("expand-hosts\n").exit_code(), 2);
}

// A quadratic check would need minutes.
TEST_F(Checks, twenty_thousand_hosts) {
  std::string text = "dhcp-range=10.0.0.0,static,255.0.0.0\n";
  for (unsigned i = 0; i < 20'000; ++i) {
    text +=
        fmt::format("dhcp-host=02:00:00:00:{:02x}:{:02x},host{},10.1.{}.{}\n", i / 256, i % 256, i, i / 256, i % 256);
  }
  EXPECT_THAT(findings(text), IsEmpty());
}

}  // namespace
}  // namespace swapmasq::check
