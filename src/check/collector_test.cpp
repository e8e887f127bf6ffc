// Errors in the text of a configuration: all of them in one run, each at its place.
#include <gmock/gmock.h>

#include "check/check_fixture.hpp"

namespace swapmasq::check {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using Syntax = CheckTest;

TEST_F(Syntax, every_error_of_a_file_is_reported) {
  EXPECT_THAT(
      findings("prot=53\n"
               "no-hosts=1\n"
               "port\n"
               "port=53#c  # no number\n"
               "txt-record=a,\"b\n"
               "dhcp-range=192.168.1.10,192.168.1.999\n"
               "cache-size=100\n"
               "cache-size=200\n"),
      ElementsAre("1:error:syntax:prot", "2:error:syntax:no-hosts", "3:error:syntax:port", "4:error:syntax:53#c",
                  "5:error:syntax:\"b", "6:error:syntax:192.168.1.999", "8:error:repeated:cache-size"));
}

TEST_F(Syntax, a_clean_file_has_no_findings) {
  EXPECT_THAT(findings("# comment\ninterface=eth0\ndhcp-range=192.168.1.10,192.168.1.99\n"), IsEmpty());
  EXPECT_EQ(report_of("").exit_code(), 0);
}

TEST_F(Syntax, the_first_error_is_the_one_of_a_plain_test) {
  const auto report = report_of("interface=nosuch\nprot=53\nfoo\n");
  EXPECT_EQ(report.findings().front().dnsmasq, "bad option at line 2 of " + path("dnsmasq.conf"));
  EXPECT_EQ(report.exit_code(), 1);
}

TEST_F(Syntax, misspelled_options_have_a_nearest_one_and_its_release) {
  const auto report = report_of("dhcp_optoin=3\nfilter-AAA\np=53\n--port=53\n");
  const auto& findings = report.findings();
  ASSERT_EQ(findings.size(), 4U);
  EXPECT_EQ(findings[0].nearest, "dhcp-option");
  EXPECT_EQ(findings[1].nearest, "filter-AAAA");
  EXPECT_EQ(findings[1].since, "2.87");
  EXPECT_EQ(findings[2].nearest, "port");
  EXPECT_EQ(findings[3].nearest, "port");
}

TEST_F(Syntax, misspelled_words_of_an_argument_have_a_nearest_one) {
  const auto report = report_of("dhcp-option=option:ruter,1.2.3.4\nlog-facility=deamon\ndhcp-range=10.0.0.1,statik\n");
  const auto& findings = report.findings();
  ASSERT_GE(findings.size(), 3U);
  EXPECT_EQ(findings[0].nearest, "router");
  EXPECT_EQ(findings[1].nearest, "daemon");
  EXPECT_EQ(findings[2].nearest, "static");
}

TEST_F(Syntax, what_was_expected_is_said_in_words) {
  const auto report = report_of("port=abc\ndhcp-range=10.0.0.1,10.0.0.9,12x\nserver=1.2.3.4#x\nno-resolv=1\n");
  const auto& findings = report.findings();
  ASSERT_GE(findings.size(), 4U);
  EXPECT_THAT(findings[0].expected, ElementsAre("a number"));
  EXPECT_EQ(findings[0].message, "bad argument of port");
  EXPECT_THAT(findings[1].expected, Contains("a lease time (such as 45m, 12h or infinite)"));
  EXPECT_THAT(findings[2].expected, ElementsAre("a port number, 0 to 65535"));
  EXPECT_THAT(findings[3].expected, ElementsAre("no-resolv"));
}

TEST_F(Syntax, quotes_spaces_and_comments_do_not_move_the_piece) {
  EXPECT_THAT(findings("\tserver = \"/a.b/1.2.3.4#x\"  # c\n"), ElementsAre("1:error:syntax:x"));
  EXPECT_THAT(findings("dhcp-mac=set:\"r\xc3\xa9"
                       "d\", zz:zz\n"),
              ElementsAre("1:error:syntax:zz:zz"));
}

TEST_F(Syntax, reading_goes_on_after_what_cannot_be_included) {
  const auto inner = write("inner.conf", "foo\n");
  EXPECT_THAT(findings("conf-file=/nosuch/file\nconf-file=" + inner + "\nconf-dir=/nosuch\nbar\n"),
              ElementsAre("1:error:include:/nosuch/file", "1:error:syntax:foo", "3:error:include:/nosuch",
                          "4:error:syntax:bar"));
}

TEST_F(Syntax, words_of_the_command_line) {
  EXPECT_THAT(findings("", {"--prot=53", "--port=x", "--no-hosts=1", "junk"}),
              ElementsAre("0:error:syntax:--prot", "0:error:syntax:x", "0:error:syntax:--no-hosts",
                          "0:error:command-line:junk"));
  const auto report = report_of("", {"--prot=53"});
  EXPECT_EQ(report.findings()[0].nearest, "--port");
  EXPECT_EQ(report.findings()[0].dnsmasq, "bad command line options: try --help");
}

TEST_F(Syntax, a_repeated_option_names_the_first_one) {
  const auto report = report_of("port=53\n\nport=54\n");
  ASSERT_EQ(report.findings().size(), 1U);
  ASSERT_EQ(report.findings()[0].related.size(), 1U);
  EXPECT_EQ(report.findings()[0].related[0].place.line, 1U);
}

TEST_F(Syntax, checks_of_the_whole_configuration_are_all_made) {
  EXPECT_THAT(findings("cname=a.b,a.b\ndhcp-fqdn\nbind-interfaces\nbind-dynamic\nmin-port=2000\nmax-port=1000\n"
                       "dhcp-range=192.168.1.2,192.168.1.3\n"),
              ElementsAre("1:error:configuration:a.b,a.b", "2:error:configuration:dhcp-fqdn",
                          "6:error:configuration:1000", "4:error:configuration:bind-dynamic"));
}

}  // namespace
}  // namespace swapmasq::check
