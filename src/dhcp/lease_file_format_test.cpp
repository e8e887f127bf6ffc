#include "dhcp/lease_file_format.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace swapmasq::dhcp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What the reference writes (spec leases-and-scripts.md section 2.2).
constexpr std::string_view observed =
    "1795167457 02:00:00:00:00:01 10.77.0.120 n1 *\n"
    "1795164354 02:00:00:00:00:11 10.77.0.111 h1 01:02:00:00:00:00:11\n"
    "0 06-02:00:00:00:00:13 10.77.0.113 * *\n"
    "duid 00:01:00:01:aa:bb\n"
    "1795164454 T77 2001:db8::6 * 00:01:02:03\n"
    "1795164454 123456 2001:db8::5 v6host 00:01:02:03\n"
    "agent-info 10.77.0.111 01:02:61:62\n"
    "vendorclass 10.77.0.111 61:62\n";

std::vector<std::string> problems_of(std::string_view text) {
  std::vector<std::string> texts;
  for (const auto& line : parse_lease_file(text).problems) texts.push_back(line.text);
  return texts;
}

// As after a start with this file.
std::string rewritten(std::string_view text) {
  LeaseStore leases{1000};
  auto content = parse_lease_file(text);
  for (auto& lease : content.leases) std::visit([&](auto& l) { EXPECT_TRUE(leases.restore(l)); }, lease);
  if (content.server_duid) leases.set_server_duid(*content.server_duid);
  return lease_file_text(leases);
}

TEST(LeaseFileFormat, EverySecondRewriteIsTheSame) {
  EXPECT_THAT(problems_of(observed), IsEmpty());
  const auto once = rewritten(observed);
  EXPECT_EQ(once.substr(0, once.find('\n')), "0 06-02:00:00:00:00:13 10.77.0.113 * *") << "the list is newest first";
  EXPECT_EQ(rewritten(once), observed);
}

TEST(LeaseFileFormat, LineEndsMeanNothing) {
  EXPECT_EQ(rewritten("0\n02:00:00:00:00:01 10.0.0.1\n\n a  *"), "0 02:00:00:00:00:01 10.0.0.1 a *\n");
}

TEST(LeaseFileFormat, ReadsLeniently) {
  EXPECT_EQ(rewritten("x zz 10.0.0.1 bad_host! zz\n"), "0 00- 10.0.0.1 bad_host! *\n");
  EXPECT_EQ(rewritten("0 02-zz 10.0.0.1 * *\n"), "0 02- 10.0.0.1 * *\n");
  EXPECT_EQ(rewritten("0 20- 10.0.0.1 * *\n"), "0 20- 10.0.0.1 * *\n");
  EXPECT_EQ(rewritten("agent-info 10.0.0.1 01\n0 02:00:00:00:00:01 10.0.0.1 * *\n"),
            "0 02:00:00:00:00:01 10.0.0.1 * *\n")
      << "only for leases that were read before";
}

TEST(LeaseFileFormat, OfTwoLeasesWithOneNameTheLaterKeepsIt) {
  EXPECT_EQ(rewritten("0 02:00 10.0.0.1 n *\n0 02:01 10.0.0.2 N *\n"), "0 02:01 10.0.0.2 N *\n0 02:00 10.0.0.1 * *\n");
}

TEST(LeaseFileFormat, SaysWhatItCannotRead) {
  EXPECT_THAT(problems_of("0 02:00:00:00:00:01 nowhere * *\n"),
              ElementsAre("ignoring invalid line in lease database, bad address: nowhere"));
  EXPECT_THAT(problems_of("0 02:00:00:00:00:01 10.0.0.1 *\n"),
              ElementsAre("ignoring invalid line in lease database: 0 02:00:00:00:00:01 10.0.0.1 * ..."));
  EXPECT_THAT(problems_of("0 02:00\n"), ElementsAre("ignoring invalid line in lease database: 0 02:00   ..."));
  EXPECT_THAT(problems_of("duid xx\n0 02:00:00:00:00:01 10.0.0.1 * *\n"),
              ElementsAre("failed to parse lease database cleanly"));
  EXPECT_THAT(problems_of("0 02:00:00:00:00:01 10.0.0.1 * * 0"), ElementsAre("failed to parse lease database cleanly"));
}

}  // namespace
}  // namespace swapmasq::dhcp
