// What sets DHCP tags from a client's message, and what those tags decide (spec config-language.md 11.4, dhcpv4.md 4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "settings/dhcp.hpp"
#include "settings/tags.hpp"

namespace swapmasq::settings {

// dhcp-match
struct DhcpMatch {
  // How `value` is compared with the option: at its start, element by element (an array of values of this width), or
  // anywhere in it.
  enum class Comparison { presence, prefix, elements, substring };

  std::string set_tag;
  std::uint32_t code = 0;
  DhcpOption::Scope scope = DhcpOption::Scope::plain;  // plain or vendor_identifying
  std::uint32_t enterprise = 0;                        // scope vendor_identifying
  Comparison comparison = Comparison::presence;
  std::vector<std::optional<std::uint8_t>> value;  // octets that are nothing match any octet (prefix only)
  bool dhcp6 = false;
};

// dhcp-mac
struct DhcpMac {
  std::string set_tag;
  HardwarePattern hardware;
};

// dhcp-vendorclass
struct DhcpVendorClass {
  std::string set_tag;
  std::optional<std::uint32_t> enterprise;  // DHCPv6 only
  std::string text;                         // substring to find; empty: any
};

// dhcp-userclass: a substring to find
struct DhcpUserClass {
  std::string set_tag;
  std::string text;
};

// dhcp-circuitid, dhcp-remoteid, dhcp-subscrid: the whole sub-option
struct RelayAgentMatch {
  enum class SubOption : std::uint8_t { circuit_id = 1, remote_id = 2, subscriber_id = 6 };

  SubOption sub_option = SubOption::circuit_id;
  std::string set_tag;
  Bytes value;
};

// dhcp-name-match
struct DhcpNameMatch {
  std::string set_tag;
  std::string name;
  bool prefix = false;  // the name ended in '*', which is not in `name`
};

// tag-if, evaluated in the order of configuration
struct TagIf {
  std::vector<std::string> set_tags;
  TagTests tests;
};

// dhcp-reply-delay
struct DhcpReplyDelay {
  TagTests filters;
  std::uint32_t seconds = 0;
};

// All of them, in the order of configuration.
struct DhcpMatching {
  std::vector<DhcpMatch> matches;
  std::vector<DhcpMac> macs;
  std::vector<std::variant<DhcpVendorClass, DhcpUserClass>> classes;
  std::vector<RelayAgentMatch> relay_agents;
  std::vector<DhcpNameMatch> name_matches;
  std::vector<TagIf> tag_ifs;
  std::vector<DhcpReplyDelay> reply_delays;
};

}  // namespace swapmasq::settings
