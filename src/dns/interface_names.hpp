// interface-name and dynamic-host: names for the addresses that interfaces have at the moment (spec dns-local-data.md
// section 8).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "net/interfaces.hpp"
#include "settings/records.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class InterfaceNames {
 public:
  explicit InterfaceNames(const std::vector<settings::InterfaceName>& lines);

  // Whether a name (lower case) is one of them, with addresses or without.
  bool has(wire::WireName name) const { return by_name_.contains(name); }
  // The addresses of one family that a name has; IPv6 ones only as long as they are to be used.
  std::vector<IpAddress> addresses(wire::WireName name, bool v4, const net::Interfaces& interfaces) const;
  // The name (wire form) of the first line that has the address; empty: none.
  wire::WireName name_of(const IpAddress& address, const net::Interfaces& interfaces) const;

 private:
  struct Line {
    std::string name;  // wire form
    std::string interface;
    bool v4;
    bool v6;
    std::optional<Ipv4> host_v4;
    std::optional<Ipv6> host_v6;

    // What the line makes of an address of its interface; nothing when that does not count.
    std::optional<IpAddress> address_on(const net::InterfaceAddress& own) const;
  };
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };

  std::vector<Line> lines_;
  std::unordered_map<std::string, std::vector<std::size_t>, NameHash, std::equal_to<>> by_name_;  // places in lines_
};

}  // namespace swapmasq::dns
