// Building DHCPv4 and BOOTP replies: fixed header, options with overload into file and sname, padding (RFC 2131 section
// 4.1, RFC 2132 section 9.3; spec dhcpv4.md section 10.7).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/bytes.hpp"
#include "wire/dhcp4_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {

class Dhcp4Reply {
 public:
  enum class Overload { forbidden, allowed };

  // `limit`: octets of the whole message. `closing`: the content of option 82, for which room is kept; empty: none.
  Dhcp4Reply(std::size_t limit, Overload overload, ByteView closing);

  Dhcp4Header header;
  std::array<std::uint8_t, 4> cookie = dhcp4::cookie;

  // Cut to what fits with a terminator.
  void set_sname(std::string_view name);
  void set_file(std::string_view name);

  // False: there was no room, the option was left out.
  [[nodiscard]] bool add(std::uint8_t code, ByteView data);

  // Adds option 82 and END, pads to the minimum size.
  Bytes finish();

 private:
  bool overload_possible() const;
  void start_overload(Writer& area, std::uint8_t bit);

  std::size_t limit_;
  bool may_overload_;
  Bytes closing_;
  Writer options_;
  Writer file_{dhcp4::file_size};
  Writer sname_{dhcp4::sname_size};
  std::uint8_t overload_ = 0;          // value of option 52; 0: not there
  std::size_t overload_position_ = 0;  // of that value in options_
  bool file_taken_ = false;
  bool sname_taken_ = false;
};

}  // namespace swapmasq::wire
