// A DHCPv4 message under construction, for tests: whatever they want to have in it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "wire/dhcp4_message.hpp"
#include "wire/writer.hpp"

namespace swapmasq::wire {

struct Dhcp4Draft {
  Bytes bytes() const {
    Writer out;
    for (const auto octet : {header.op, header.htype, header.hlen, header.hops}) out.u8(octet);
    out.u32(header.xid);
    out.u16(header.secs);
    out.u16(header.flags);
    for (const auto a : {header.ciaddr, header.yiaddr, header.siaddr, header.giaddr}) out.ipv4(a);
    out.bytes(header.chaddr);
    out.padded(to_bytes(sname), dhcp4::sname_size);
    out.padded(to_bytes(file), dhcp4::file_size);
    out.bytes(dhcp4::cookie);
    for (const auto& [code, data] : options) {
      out.u8(code);
      out.u8(static_cast<std::uint8_t>(data.size()));
      out.bytes(data);
    }
    out.u8(dhcp4::end);
    return out.take();
  }

  Dhcp4Header header{.op = dhcp4::boot_request, .htype = 1, .hlen = 6, .xid = 0x11223344};
  std::string sname;
  std::string file;
  std::vector<std::pair<std::uint8_t, Bytes>> options;
};

}  // namespace swapmasq::wire
