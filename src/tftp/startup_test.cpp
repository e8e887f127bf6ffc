#include "tftp/startup.hpp"

#include <gtest/gtest.h>

#include "base/startup_error.hpp"
#include "log/recording_log.hpp"
#include "tftp/memory_files.hpp"

namespace swapmasq::tftp {
namespace {

using Texts = std::vector<std::string>;

Texts startup_lines(const settings::Tftp& settings, const MissingRoots& missing = {}, std::uint32_t limit = 50) {
  log::RecordingLog log;
  log_startup(settings, missing, limit, log);
  return log.take_texts();
}

TEST(Startup, TheModesLineKeepsItsBlanks) {
  settings::Tftp settings;
  EXPECT_EQ(startup_lines(settings), Texts{"TFTP enabled  "});
  settings.root = "/srv/tftp";
  EXPECT_EQ(startup_lines(settings), Texts{"TFTP root is /srv/tftp  "});
  settings.secure = true;
  EXPECT_EQ(startup_lines(settings), Texts{"TFTP root is /srv/tftp secure mode "});
  settings.single_port = true;
  EXPECT_EQ(startup_lines(settings), Texts{"TFTP root is /srv/tftp secure mode single port mode"});
  settings.secure = false;
  EXPECT_EQ(startup_lines(settings), Texts{"TFTP root is /srv/tftp  single port mode"});
}

TEST(Startup, AMissingRootIsFatal) {
  MemoryFiles files;
  files.add_directory("/srv/tftp");
  files.add("/srv/file", "");
  settings::Tftp settings;
  const auto failure = [&]() -> std::string {
    try {
      const auto missing = check_roots(settings, files);
      return missing.global || !missing.of_interfaces.empty() ? "missing" : "";
    } catch (const StartupError& error) {
      EXPECT_EQ(error.code(), 3);
      return error.what();
    }
  };
  EXPECT_EQ(failure(), "");
  settings.root = "/srv/tftp";
  EXPECT_EQ(failure(), "");
  settings.interface_roots = {{"/srv/file", "eth0"}};
  EXPECT_EQ(failure(), "TFTP directory /srv/file inaccessible: Not a directory");
  settings.root = "/srv/none";
  EXPECT_EQ(failure(), "TFTP directory /srv/none inaccessible: No such file or directory");
}

TEST(Startup, WithNoFailMissingRootsAreWarnings) {
  MemoryFiles files;
  files.add_directory("/srv/there");
  settings::Tftp settings;
  settings.no_fail = true;
  settings.root = "/srv/none";
  settings.interface_roots = {{"/srv/a", "eth0"}, {"/srv/there", "eth1"}, {"/srv/b", "eth2"}};
  const auto missing = check_roots(settings, files);
  EXPECT_EQ(startup_lines(settings, missing, 45),
            (Texts{"TFTP root is /srv/none  ", "warning: /srv/none inaccessible",
                   "warning: TFTP directory /srv/b inaccessible", "warning: TFTP directory /srv/a inaccessible",
                   "restricting maximum simultaneous TFTP transfers to 45"}));
}

TEST(Startup, FurtherSocketsAreLeftOverByTransfers) {
  EXPECT_EQ(further_sockets(50, 1024), 462U);
  EXPECT_EQ(further_sockets(974, 1024), 0U);
  EXPECT_EQ(further_sockets(5, 20), 5U);
}

// Numbers that dnsmasq 2.93 computed under these limits of open files.
TEST(Startup, TransfersAreLimitedByOpenFiles) {
  settings::Tftp tftp;
  tftp.max_transfers = 100000;
  settings::Dns no_dns;
  no_dns.port = 0;
  const settings::Dns dns;
  struct Case {
    std::int64_t open_files;
    std::uint32_t without_dns, with_dns;
  };
  for (const auto& [open_files, without_dns, with_dns] :
       {Case{20, 5, 5}, Case{30, 0, 5}, Case{64, 17, 6}, Case{120, 45, 25}, Case{129, 49, 28}, Case{130, 80, 28},
        Case{131, 81, 29}, Case{1024, 974, 899}}) {
    EXPECT_EQ(transfer_limit(tftp, no_dns, open_files), without_dns) << open_files;
    EXPECT_EQ(transfer_limit(tftp, dns, open_files), with_dns) << open_files;
  }
  auto many_queries = dns;
  many_queries.forward_max = 1000;
  EXPECT_EQ(transfer_limit(tftp, many_queries, 1024), 633U);
  tftp.single_port = true;
  EXPECT_EQ(transfer_limit(tftp, no_dns, 64), 14U);
  EXPECT_EQ(transfer_limit(tftp, no_dns, 120), 70U);
}

TEST(Startup, TransfersAreLimitedByThePortRange) {
  settings::Tftp tftp;
  tftp.port_range = settings::TftpPortRange{4000, 4048};
  EXPECT_EQ(transfer_limit(tftp, {}, 1024), 49U);
  tftp.port_range = settings::TftpPortRange{4000, 4049};
  EXPECT_EQ(transfer_limit(tftp, {}, 1024), 50U);
  tftp.port_range = settings::TftpPortRange{3003, 3005};
  tftp.single_port = true;
  EXPECT_EQ(transfer_limit(tftp, {}, 1024), 3U);
}

}  // namespace
}  // namespace swapmasq::tftp
