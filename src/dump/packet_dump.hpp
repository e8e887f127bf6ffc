// dumpfile: copies of the datagrams that come and go, in a file that Wireshark and tcpdump read (spec integrations.md
// section 5). TCP is not copied. Any thread may call.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::dump {

// The bits of dumpmask.
enum class PacketKind : std::uint16_t {
  client_query = 0x0001,
  client_reply = 0x0002,
  upstream_query = 0x0004,
  upstream_reply = 0x0008,
  dhcp4 = 0x1000,
  tftp = 0x8000,
};

class PacketDump {
 public:
  // Opens the file, or goes on with one that is there. Throws StartupError.
  PacketDump(const settings::Settings& settings, log::Log& log);
  ~PacketDump();
  PacketDump(const PacketDump&) = delete;
  PacketDump& operator=(const PacketDump&) = delete;

  // `serial`: the query's, for log-queries=extra. What cannot be written is said in the log, and left out.
  void packet(PacketKind kind, const Endpoint& from, const Endpoint& to, ByteView payload,
              std::optional<std::uint32_t> serial = std::nullopt);

 private:
  void create();
  void open_pipe();
  void go_on();
  bool append(ByteView octets);
  bool push(ByteView octets);
  void cut();

  log::Log& log_;
  std::string path_;
  std::uint32_t mask_;
  bool serials_;
  std::uint32_t longest_;
  std::mutex mutex_;
  int fd_ = -1;
  bool pipe_ = false;
  Bytes unread_;               // of a pipe: the rest of a record for which there was no room
  std::uint64_t size_ = 0;     // of a file, in octets
  std::uint64_t packets_ = 0;  // in it
};

}  // namespace swapmasq::dump
