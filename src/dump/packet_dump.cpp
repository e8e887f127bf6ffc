#include "dump/packet_dump.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "base/startup_error.hpp"
#include "dump/pcap.hpp"
#include "log/dump_lines.hpp"

namespace swapmasq::dump {

namespace {

constexpr std::uint32_t beyond_edns_packet_max = 200;  // octets
constexpr mode_t mine = 0600;

[[noreturn]] void fail(std::string_view what, const std::string& path, int error) {
  throw StartupError{ExitCode::file, fmt::format("{} {}: {}", what, path, strerror(error))};
}

}  // namespace

PacketDump::PacketDump(const settings::Settings& settings, log::Log& log)
    : log_(log),
      path_(settings.daemon.dump_file),
      mask_(settings.daemon.dump_mask),
      serials_(settings.dns.log_queries.extra),
      longest_(settings.dns.edns_packet_max + beyond_edns_packet_max) {
  struct stat status {};
  if (stat(path_.c_str(), &status) != 0) {
    create();
  } else if (S_ISFIFO(status.st_mode)) {
    open_pipe();
  } else {
    go_on();
  }
}

PacketDump::~PacketDump() {
  if (fd_ >= 0) ::close(fd_);
}

void PacketDump::create() {
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, mine);
  if (fd_ < 0) fail("cannot create", path_, errno);
  if (append(pcap_header(longest_))) return;
  const int error = errno;
  ::unlink(path_.c_str());
  fail("cannot create", path_, error);
}

// Also open for reading, so that it can be opened before there is a reader, and stays when he leaves. A reader that
// does not keep up must not hold up the server.
void PacketDump::open_pipe() {
  fd_ = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
  pipe_ = true;
  if (fd_ < 0 || !append(pcap_header(longest_))) fail("cannot open pipe", path_, errno);
}

void PacketDump::go_on() {
  fd_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
  if (fd_ < 0) fail("cannot access", path_, errno);
  std::ifstream file{path_, std::ios::binary};
  const auto content = read_pcap(file);
  if (!content && content.error() == PcapError::no_header) fail("cannot access", path_, 0);
  if (!content) throw StartupError{ExitCode::file, fmt::format("bad header in {}", path_)};
  packets_ = content->records;
  size_ = content->size;
  cut();
}

void PacketDump::packet(PacketKind kind, const Endpoint& from, const Endpoint& to, ByteView payload,
                        std::optional<std::uint32_t> serial) {
  const auto bit = static_cast<std::uint16_t>(kind);
  if ((mask_ & bit) == 0) return;
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  const auto record = pcap_record(now, from, to, payload);
  const std::lock_guard lock{mutex_};
  if (!append(record)) return log_.write(log::failed_to_write_packet_dump());
  log_.write(log::dumping_packet(serials_ ? serial : std::nullopt, ++packets_, bit));
}

// All of it or, with errno, nothing.
bool PacketDump::append(ByteView octets) {
  if (pipe_) return push(octets);
  const auto written = ::pwrite(fd_, octets.data(), octets.size(), static_cast<off_t>(size_));
  if (written == static_cast<ssize_t>(octets.size())) {
    size_ += octets.size();
    return true;
  }
  const int error = written < 0 ? errno : ENOSPC;
  cut();
  errno = error;
  return false;
}

// Into the pipe. What it has no room for comes first the next time.
bool PacketDump::push(ByteView octets) {
  const auto write = [this](ByteView all) {
    const auto written = ::write(fd_, all.data(), all.size());
    return all.subspan(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
  };
  const auto before = write(unread_);
  unread_ = Bytes{before.begin(), before.end()};
  if (!unread_.empty()) return false;
  const auto rest = write(octets);
  if (rest.size() == octets.size()) return false;
  unread_ = Bytes{rest.begin(), rest.end()};
  return true;
}

// Takes away what a crash or a full disk has torn off.
void PacketDump::cut() {
  if (::ftruncate(fd_, static_cast<off_t>(size_)) != 0) log_.write(log::failed_to_write_packet_dump());
}

}  // namespace swapmasq::dump
