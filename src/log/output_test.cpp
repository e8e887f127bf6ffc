#include "log/output.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "base/startup_error.hpp"

namespace swapmasq::log {
namespace {

class LogFile : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = std::filesystem::temp_directory_path() / "swapmasq-log-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
    daemon_.log = {.kind = settings::Daemon::LogTarget::Kind::file, .path = directory_ / "log"};
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string content(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(directory_ / name).rdbuf();
    return text.str();
  }

  std::filesystem::path directory_;
  settings::Daemon daemon_;
};

TEST_F(LogFile, LinesAreAppendedInFileForm) {
  Output output;
  EXPECT_FALSE(output.open(daemon_, 0).has_value());
  output.write({Priority::info, Subsystem::dhcp, "hello"});
  EXPECT_TRUE(std::regex_match(content("log"), std::regex(R"(\w{3} [ \d]\d [\d:]{8} dnsmasq-dhcp\[\d+\]: hello\n)")))
      << content("log");
  struct stat info {};
  ASSERT_EQ(::stat((directory_ / "log").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0640U);
}

TEST_F(LogFile, DebugLinesNeedLogDebug) {
  Output output;
  output.open(daemon_, 0);
  output.write({Priority::debug, Subsystem::debug, "hidden"});
  EXPECT_EQ(content("log"), "");
  daemon_.log_debug = true;
  output.open(daemon_, 0);
  output.write({Priority::debug, Subsystem::debug, "shown"});
  EXPECT_NE(content("log").find("dnsmasq-debug"), std::string::npos);
}

TEST_F(LogFile, ReopenFollowsTheName) {
  Output output;
  output.open(daemon_, 0);
  output.write({Priority::info, Subsystem::core, "one"});
  std::filesystem::rename(directory_ / "log", directory_ / "old");
  output.write({Priority::info, Subsystem::core, "two"});
  output.reopen();
  output.write({Priority::info, Subsystem::core, "three"});
  EXPECT_NE(content("old").find("two"), std::string::npos);
  EXPECT_EQ(content("old").find("three"), std::string::npos);
  EXPECT_NE(content("log").find("three"), std::string::npos);
}

TEST_F(LogFile, AMissingDirectoryIsFatal) {
  daemon_.log.path = directory_ / "none" / "log";
  Output output;
  try {
    output.open(daemon_, 0);
    FAIL() << "opened";
  } catch (const StartupError& error) {
    EXPECT_EQ(error.code(), 3);
    EXPECT_EQ(std::string{error.what()}, "cannot open log " + daemon_.log.path + ": No such file or directory");
  }
}

}  // namespace
}  // namespace swapmasq::log
