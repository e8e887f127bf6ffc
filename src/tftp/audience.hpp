// Who hears what becomes of requests and transfers, beside the log. Everything is said once per request or transfer,
// never per packet; what a call is given is valid for that call only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "tftp/sockets.hpp"
#include "wire/tftp_packet.hpp"

namespace swapmasq::tftp {

// A file that a client got in full, for dhcp-script.
struct SentFile {
  std::uint64_t size = 0;  // octets
  IpAddress client;
  std::string path;
};

// A read request that was granted.
struct TransferBegin {
  TransferId id{};
  IpAddress client;
  unsigned interface_index = 0;  // where it came in; 0: not known
  std::string_view path;         // printable
  std::uint64_t size = 0;        // of the file, in octets
  std::size_t block_size = 512;  // octets
  std::uint32_t window = 1;      // blocks
  bool size_asked = false;       // option tsize: perhaps that is all that the client wants
};

struct TransferEnd {
  enum class Result {
    sent,
    client_error,  // the client sent an ERROR packet
    timed_out,     // nothing was acknowledged for too long
    unreadable,    // the file failed under way
    begun_anew,    // the client asked again from the same port (tftp-single-port)
  };

  TransferId id{};
  Result result = Result::sent;
  std::uint64_t blocks = 0;           // acknowledged
  std::uint32_t retransmissions = 0;  // of a window
  std::uint16_t error = 0;            // with client_error: code and text of the packet
  std::string_view text;              // printable
};

// A request that was answered with an ERROR packet.
struct TransferRefusal {
  IpAddress client;
  unsigned interface_index = 0;
  std::string_view path;  // printable; empty: the request names none
  wire::TftpErrorCode code = wire::TftpErrorCode::not_defined;
  std::string_view text;  // that the client is told
};

class Audience {
 public:
  virtual ~Audience() = default;
  // dnsmasq tells its script about the newest first.
  virtual void file_sent(const SentFile& file) = 0;

  virtual void transfer_began(const TransferBegin&) {}
  virtual void transfer_ended(const TransferEnd&) {}
  virtual void request_refused(const TransferRefusal&) {}
};

}  // namespace swapmasq::tftp
