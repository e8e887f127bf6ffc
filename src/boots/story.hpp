// The story of a network boot as the server saw it: plain values that BootTrace collects and the reports read.
//
// All text is printable ASCII and cut to a bounded length. Times are wall-clock times.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "wire/dhcp4_message.hpp"

namespace swapmasq::boots {

// The program that asks, as far as its messages tell.
struct Firmware {
  enum class Kind {
    unknown,    // it has only asked for files
    bootp,      // RFC 951: an old boot ROM
    pxe,        // vendor class PXEClient
    http_boot,  // UEFI, vendor class HTTPClient
    u_boot,
    ipxe,    // user class iPXE, or its options in 175; also gPXE
    system,  // none of these: an operating system or its installer
  };

  Kind kind = Kind::unknown;
  std::optional<std::uint16_t> architecture;  // option 93 (RFC 4578), the first one
  std::string vendor_class;                   // option 60
  std::string user_class;                     // option 77

  bool operator==(const Firmware&) const = default;
};

// What a DHCP reply tells about booting.
struct Reply {
  wire::Dhcp4Type type = wire::Dhcp4Type::bootp;
  Ipv4 address;             // yiaddr; unspecified in a proxy's reply
  Ipv4 server;              // option 54
  Ipv4 next_server;         // siaddr
  std::string server_name;  // sname or option 66
  std::string file;         // file or option 67
  bool menu = false;        // PXE boot servers or a PXE menu in option 43
  std::string text;         // option 56
};

// Why a client gets nothing.
enum class TurnedAway { ignored, no_range, no_address };

// A client's DHCP message and what became of it.
struct Exchange {
  TimePoint at;
  wire::Dhcp4Type type = wire::Dhcp4Type::bootp;
  std::uint32_t xid = 0;
  bool pxe_port = false;             // came in on port 4011
  std::uint32_t repetitions = 0;     // with the same transaction id, right after this one
  std::optional<Ipv4> other_server;  // it accepts the offer of that one
  std::string tags;                  // "newest, ..., oldest"
  std::optional<Reply> reply;
  std::optional<TurnedAway> turned_away;
};

// A file that was asked for by TFTP.
struct FileRequest {
  enum class Result {
    running,
    sent,
    size_told,  // the client stopped once it knew the size, as boot ROMs do before they ask again
    not_found,
    denied,  // by permissions, tftp-secure, or a path that leaves the root
    unreadable,
    refused,       // not a request that the server takes
    client_error,  // the client stopped it
    timed_out,
    begun_anew,
  };

  TimePoint at;
  TimePoint end;  // when the result is not `running`
  std::string path;
  std::uint64_t size = 0;        // octets
  std::uint64_t octets = 0;      // that the client acknowledged
  std::size_t block_size = 512;  // octets
  std::uint32_t window = 1;      // blocks
  bool size_asked = false;
  std::uint32_t retransmissions = 0;
  Result result = Result::running;
  std::uint16_t error = 0;  // of the ERROR packet that the client sent
  std::string text;         // of the ERROR packet, whoever sent it
};

using Step = std::variant<Exchange, std::shared_ptr<FileRequest>>;

// What one program did, from its first message to that of the next one.
struct Stage {
  Firmware firmware;
  std::deque<Step> steps;
};

struct Boot {
  TimePoint begin;
  TimePoint last;  // event
  std::string interface;
  std::string machine_id;  // option 97 as a UUID
  std::optional<IpAddress> address;
  std::deque<Stage> stages;   // never empty
  std::size_t steps = 0;      // in all stages
  std::size_t forgotten = 0;  // steps that were dropped to bound memory, the oldest
};

// Known by hardware address, or, when nobody can tell that, by the address that it asks from.
using ClientKey = std::variant<HardwareAddress, IpAddress>;

struct Client {
  ClientKey key;
  std::optional<IpAddress> address;  // the latest
  std::deque<Boot> boots;            // oldest first, never empty
};

}  // namespace swapmasq::boots
