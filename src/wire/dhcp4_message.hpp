// Reading DHCPv4 and BOOTP messages (RFC 2131 section 2, RFC 2132, RFC 3396 is not supported; spec dhcpv4.md
// section 2.1). A message is a view: the datagram must outlive it. Nothing here throws; what is malformed is not found.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::wire {

// Option numbers that the server itself knows (RFC 2132 unless noted).
namespace dhcp4 {
inline constexpr std::uint8_t pad = 0, netmask = 1, router = 3, dns_server = 6, host_name = 12, domain_name = 15,
                              broadcast = 28, vendor_encapsulated = 43, requested_address = 50, lease_time = 51,
                              overload = 52, message_type = 53, server_identifier = 54, parameter_request = 55,
                              message_text = 56, maximum_size = 57, renewal_time = 58, rebinding_time = 59,
                              vendor_class = 60, client_identifier = 61, server_name = 66, bootfile_name = 67,
                              user_class = 77,                 // RFC 3004
    rapid_commit = 80,                                         // RFC 4039
    client_fqdn = 81,                                          // RFC 4702
    agent_information = 82,                                    // RFC 3046
    last_transaction = 91,                                     // RFC 4388
    client_architecture = 93, client_machine_id = 97,          // RFC 4578
    subnet_selection = 118,                                    // RFC 3011
    vendor_identifying_class = 124, vendor_identifying = 125,  // RFC 3925
    mud_url = 161,                                             // RFC 8520
    end = 255;

// Where the parts of the fixed header lie.
inline constexpr std::size_t sname_size = 64, file_size = 128, header_size = 236, options_offset = 240,
                             minimum_reply_size = 300;
inline constexpr std::array<std::uint8_t, 4> cookie{99, 130, 83, 99};
inline constexpr std::uint8_t boot_request = 1, boot_reply = 2;
inline constexpr std::uint16_t broadcast_flag = 0x8000;
}  // namespace dhcp4

enum class Dhcp4Type : std::uint8_t {
  bootp = 0,  // no message type at all
  discover = 1,
  offer = 2,
  request = 3,
  decline = 4,
  ack = 5,
  nak = 6,
  release = 7,
  inform = 8,
  lease_query = 10,  // RFC 4388, as the others
  lease_unassigned = 11,
  lease_unknown = 12,
  lease_active = 13,
};

// The fixed part but for sname and file.
struct Dhcp4Header {
  std::uint8_t op = 0;
  std::uint8_t htype = 0;
  std::uint8_t hlen = 0;
  std::uint8_t hops = 0;
  std::uint32_t xid = 0;
  std::uint16_t secs = 0;
  std::uint16_t flags = 0;
  Ipv4 ciaddr;
  Ipv4 yiaddr;
  Ipv4 siaddr;
  Ipv4 giaddr;
  std::array<std::uint8_t, 16> chaddr{};

  HardwareAddress hardware() const;
};

struct Dhcp4Option {
  std::uint8_t code = 0;
  ByteView data;
};

// Code, length, value triples up to END, the end of the area, or the first one that is cut short.
std::vector<Dhcp4Option> split_dhcp4_options(ByteView area);

// The first option of that number with at least `minimum` octets; shorter ones are passed over.
std::optional<ByteView> find_dhcp4_option(ByteView area, std::uint8_t code, std::size_t minimum);

class Dhcp4Message {
 public:
  // Nothing when the fixed header is incomplete. Whether the content makes sense is the reader's business.
  static std::optional<Dhcp4Message> parse(ByteView datagram);

  Dhcp4Header header;

  ByteView sname() const { return sname_; }
  ByteView file() const { return file_; }
  // What follows the cookie.
  ByteView options() const { return options_; }
  bool has_cookie() const { return cookie_ == dhcp4::cookie; }
  // Any four octets that are in its place; nothing: the message ends before.
  std::optional<std::array<std::uint8_t, 4>> cookie() const { return cookie_; }
  // Looks into file and sname, too, when option 52 says so.
  std::optional<ByteView> option(std::uint8_t code, std::size_t minimum) const;
  // Whether the option area is closed by END.
  bool has_end() const;
  // Option 53; may be a number without a name here.
  Dhcp4Type type() const;

 private:
  ByteView sname_;
  ByteView file_;
  ByteView options_;
  std::optional<std::array<std::uint8_t, 4>> cookie_;
};

}  // namespace swapmasq::wire
