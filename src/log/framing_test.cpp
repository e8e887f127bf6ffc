#include "log/framing.hpp"

#include <cstdlib>
#include <gtest/gtest.h>

namespace swapmasq::log {
namespace {

// Observed lines of the reference (spec daemon.md section 6).
class Framing : public ::testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "UTC", 1);
    tzset();
  }

  const std::time_t now_ = 1795163016;  // Nov 20 2026 08:23:36 UTC
  const Line started_{Priority::info, Subsystem::core, "using nameserver 192.168.77.2#53"};
};

TEST_F(Framing, Syslog) {
  EXPECT_EQ(syslog_record(started_, {.pid = 32643}, now_),
            "<30>Nov 20 08:23:36 dnsmasq[32643]: using nameserver 192.168.77.2#53");
  EXPECT_EQ(syslog_record({Priority::critical, Subsystem::core, "x"}, {.pid = 1, .facility = 16}, now_),
            "<130>Nov 20 08:23:36 dnsmasq[1]: x");
}

TEST_F(Framing, DaysArePaddedWithABlank) {
  EXPECT_EQ(file_record(started_, {.pid = 7}, now_ - 15 * 86400),
            "Nov  5 08:23:36 dnsmasq[7]: using nameserver 192.168.77.2#53\n");
}

TEST_F(Framing, WithoutTimeAndWithoutPid) {
  const Line root{Priority::info, Subsystem::tftp, "TFTP root is /srv/tftp secure mode "};
  EXPECT_EQ(untimed_record(root, {.pid = 22045}), "dnsmasq-tftp[22045]: TFTP root is /srv/tftp secure mode \n");
  EXPECT_EQ(debug_record(root), "dnsmasq-tftp: TFTP root is /srv/tftp secure mode \n");
}

TEST_F(Framing, LongLinesAreCutExceptTheDebugCopy) {
  const Line line{Priority::info, Subsystem::core, std::string(2000, 'x')};
  EXPECT_EQ(file_record(line, {.pid = 1}, now_).size(), record_limit);
  EXPECT_EQ(syslog_record(line, {.pid = 1}, now_).size(), record_limit - 1);
  EXPECT_EQ(debug_record(line).size(), 2000 + sizeof("dnsmasq: \n") - 1);
}

}  // namespace
}  // namespace swapmasq::log
