// synth-domain: names that are made of an address, and back (spec dns-local-data.md section 15).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "settings/records.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class SynthDomains {
 public:
  explicit SynthDomains(const std::vector<settings::SynthDomain>& lines);

  // The address that a name (lower case) is made of; nothing when it is no such name.
  std::optional<IpAddress> address_of(wire::WireName name) const;
  // The name made of an address: of the last line whose range has it.
  std::optional<wire::DnsName> name_of(const IpAddress& address) const;

 private:
  struct Line {
    std::string domain;  // text
    std::string prefix;  // lower case
    IpAddress first;
    IpAddress last;
    bool counted;  // names have the address's place in the range

    bool has(const IpAddress& address) const;
    std::optional<IpAddress> address_in(std::string_view label) const;
    std::string label_of(const IpAddress& address) const;
  };
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };

  std::vector<Line> lines_;  // the last configured first
  std::unordered_map<std::string, std::vector<std::size_t>, NameHash, std::equal_to<>> by_domain_;  // wire form
};

}  // namespace swapmasq::dns
