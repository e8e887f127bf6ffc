#include "dump/packet_dump.hpp"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "dump/pcap.hpp"
#include "log/recording_log.hpp"

namespace swapmasq::dump {
namespace {

class PacketDumpTest : public testing::Test {
 protected:
  PacketDumpTest() {
    std::string folder = testing::TempDir() + "packet_dump_XXXXXX";
    folder_ = mkdtemp(folder.data());
    settings_.daemon.dump_file = folder_ / "file";
    settings_.dns.edns_packet_max = 1232;
  }
  ~PacketDumpTest() override { std::filesystem::remove_all(folder_); }
  PacketDumpTest(const PacketDumpTest&) = delete;
  PacketDumpTest& operator=(const PacketDumpTest&) = delete;

  void dump(PacketKind kind, std::optional<std::uint32_t> serial = std::nullopt) {
    PacketDump dump{settings_, log_};
    dump.packet(kind, end_, end_, to_bytes("payload"), serial);
  }
  std::string failure() {
    try {
      const PacketDump dump{settings_, log_};
    } catch (const StartupError& error) {
      EXPECT_EQ(error.code(), 3);
      return error.what();
    }
    return "none";
  }
  std::uint64_t records() const {
    std::ifstream file{settings_.daemon.dump_file};
    return read_pcap(file).value_or(PcapContent{}).records;
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> texts;
    for (const auto& line : log_.lines) texts.push_back(line.text);
    return texts;
  }

  const Endpoint end_{.address = Ipv4{0x0a4d0001}, .port = 53};
  std::filesystem::path folder_;
  settings::Settings settings_;
  log::RecordingLog log_;
};

using Texts = std::vector<std::string>;

TEST_F(PacketDumpTest, CountsOnAfterARestart) {
  dump(PacketKind::client_query);
  EXPECT_EQ(std::filesystem::status(settings_.daemon.dump_file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  dump(PacketKind::tftp);
  EXPECT_EQ(lines(), (Texts{"dumping packet 1 mask 0x0001", "dumping packet 2 mask 0x8000"}));
  EXPECT_EQ(records(), 2U);
}

TEST_F(PacketDumpTest, TheMaskChoosesKinds) {
  settings_.daemon.dump_mask = 0x1002;
  dump(PacketKind::client_query);
  dump(PacketKind::client_reply);
  dump(PacketKind::dhcp4);
  EXPECT_EQ(lines(), (Texts{"dumping packet 1 mask 0x0002", "dumping packet 2 mask 0x1000"}));
}

TEST_F(PacketDumpTest, SerialsAreToldWithExtraQueryLog) {
  dump(PacketKind::client_query, 7);
  settings_.dns.log_queries.extra = true;
  dump(PacketKind::client_query, 7);
  dump(PacketKind::dhcp4);
  EXPECT_EQ(lines(),
            (Texts{"dumping packet 1 mask 0x0001", "7 dumping packet 2 mask 0x0001", "dumping packet 3 mask 0x1000"}));
}

TEST_F(PacketDumpTest, ATornRecordIsTakenAway) {
  dump(PacketKind::dhcp4);
  const auto whole = std::filesystem::file_size(settings_.daemon.dump_file);
  dump(PacketKind::dhcp4);
  std::filesystem::resize_file(settings_.daemon.dump_file, whole + 20);
  dump(PacketKind::dhcp4);
  EXPECT_EQ(records(), 2U);
  EXPECT_EQ(lines().back(), "dumping packet 2 mask 0x1000");
}

TEST_F(PacketDumpTest, WhatCannotBeOpened) {
  const auto path = settings_.daemon.dump_file;
  std::ofstream{path} << "short";
  EXPECT_EQ(failure(), "cannot access " + path + ": Success");
  std::ofstream{path} << "something else that is longer than a header";
  EXPECT_EQ(failure(), "bad header in " + path);
  settings_.daemon.dump_file = path + "/below";
  EXPECT_EQ(failure(), "cannot create " + path + "/below: Not a directory");
  settings_.daemon.dump_file = folder_;
  EXPECT_EQ(failure(), "cannot access " + folder_.string() + ": Is a directory");
}

TEST_F(PacketDumpTest, WhatDoesNotFitIsLeftOut) {
  PacketDump dump{settings_, log_};
  dump.packet(PacketKind::dhcp4, end_, end_, {});
  // Further than a file of this process may grow from here on, EFBIG instead of a full disk.
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const auto before = limit;
  auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
  limit.rlim_cur = std::filesystem::file_size(settings_.daemon.dump_file) + 100;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  dump.packet(PacketKind::dhcp4, end_, end_, Bytes(200));
  dump.packet(PacketKind::dhcp4, end_, end_, {});
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(lines(),
            (Texts{"dumping packet 1 mask 0x1000", "failed to write packet dump", "dumping packet 2 mask 0x1000"}));
  EXPECT_EQ(records(), 2U);
}

TEST_F(PacketDumpTest, NobodyWaitsForTheReaderOfAPipe) {
  const auto path = settings_.daemon.dump_file;
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  PacketDump dump{settings_, log_};
  const Bytes payload(8000);
  while (lines().empty() || lines().back() != "failed to write packet dump") {
    dump.packet(PacketKind::tftp, end_, end_, payload);
  }
  const auto written = lines().size() - 1;
  EXPECT_GT(written, 1U);

  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  std::string octets;
  const auto drain = [&] {
    std::string part(1 << 20, '\0');
    const auto got = ::read(reader, part.data(), part.size());
    if (got > 0) octets += part.substr(0, static_cast<std::size_t>(got));
  };
  drain();
  dump.packet(PacketKind::tftp, end_, end_, payload);
  drain();
  ::close(reader);
  EXPECT_EQ(lines().back(), "dumping packet " + std::to_string(written + 1) + " mask 0x8000");
  std::istringstream file{octets};
  const auto content = read_pcap(file);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->records, written + 1);
  EXPECT_EQ(content->size, octets.size());
}

}  // namespace
}  // namespace swapmasq::dump
