#include "dhcp/lease_file.hpp"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "dhcp/lease_file_format.hpp"
#include "log/recording_log.hpp"

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

class LeaseFileTest : public testing::Test {
 protected:
  LeaseFileTest() : path_(std::filesystem::temp_directory_path() / ("lease-file-test." + std::to_string(getpid()))) {}
  ~LeaseFileTest() override { std::filesystem::remove(path_); }

  void put(std::string_view text) { std::ofstream{path_} << text; }
  std::string text() const {
    std::ostringstream out;
    out << std::ifstream{path_}.rdbuf();
    return out.str();
  }
  LeaseFile open() { return LeaseFile{path_.string(), leases_, log_, now_}; }

  std::filesystem::path path_;
  LeaseStore leases_{3};
  log::RecordingLog log_;
  TimePoint now_ = at_seconds(1000);
};

TEST_F(LeaseFileTest, IsCreatedAndRewrittenInPlace) {
  const auto file = std::make_unique<LeaseFile>(path_.string(), leases_, log_, now_);
  struct stat before {};
  ASSERT_EQ(stat(path_.c_str(), &before), 0);
  EXPECT_EQ(before.st_mode & 0777U, 0644U);
  const auto* lease = leases_.add(*Ipv4::parse("10.0.0.1"));
  file->write(leases_, log_, now_);
  EXPECT_EQ(text(), "0 01- 10.0.0.1 * *\n");
  leases_.remove(*lease);
  file->write(leases_, log_, now_);
  EXPECT_EQ(text(), "");
  struct stat after {};
  ASSERT_EQ(stat(path_.c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_THAT(log_.lines, IsEmpty());
}

TEST_F(LeaseFileTest, LeavesOutWhatHasEnded) {
  put("1000 02:00:00:00:00:01 10.0.0.1 * *\n1001 02:00:00:00:00:02 10.0.0.2 * *\n");
  open();
  EXPECT_EQ(lease_file_text(leases_), "1001 02:00:00:00:00:02 10.0.0.2 * *\n");
}

TEST_F(LeaseFileTest, TooManyLeasesEndTheProgram) {
  for (const auto* n : {"1", "2", "3", "4"}) {
    std::ofstream{path_, std::ios::app} << "0 02:00:00:00:00:01 10.0.0." << n << " * *\n";
  }
  try {
    open();
    FAIL();
  } catch (const StartupError& error) {
    EXPECT_STREQ(error.what(), "too many stored leases");
    EXPECT_EQ(error.code(), 5);
  }
}

TEST_F(LeaseFileTest, AMissingFolderEndsTheProgram) {
  try {
    const LeaseFile file{"/nonexistent/leases", leases_, log_, now_};
    FAIL();
  } catch (const StartupError& error) {
    EXPECT_STREQ(error.what(), "cannot open or create lease file /nonexistent/leases: No such file or directory");
    EXPECT_EQ(error.code(), 3);
  }
}

TEST_F(LeaseFileTest, AFailedWriteIsTriedAgain) {
  auto file = open();
  struct rlimit old {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit none { 0, old.rlim_max };
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &none), 0);

  leases_.set_expiry(*leases_.add(*Ipv4::parse("10.0.0.1")), 5000);
  file.write(leases_, log_, now_);
  const auto failed = "failed to write " + path_.string() + ": File too large (retry in ";
  EXPECT_THAT(log_.take_texts(), ElementsAre(failed + "60 s)"));
  EXPECT_EQ(file.retry_at(), now_ + std::chrono::seconds{60});
  leases_.set_expiry(*leases_.find(*Ipv4::parse("10.0.0.1")), 1030);
  file.write(leases_, log_, now_);
  EXPECT_THAT(log_.take_texts(), ElementsAre(failed + "30 s)")) << "a lease ends sooner";

  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &old), 0);
  file.write(leases_, log_, now_);
  EXPECT_EQ(file.retry_at(), std::nullopt);
  EXPECT_EQ(text(), "1030 01- 10.0.0.1 * *\n");
}

}  // namespace
}  // namespace swapmasq::dhcp
