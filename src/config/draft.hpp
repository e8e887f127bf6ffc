// Settings in the making: what options write to while they are read one by one, and what the checks over the whole
// configuration still have to know about how they were given.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/address.hpp"
#include "base/result.hpp"
#include "grammar/lookup.hpp"
#include "grammar/option_table.hpp"
#include "settings/settings.hpp"

namespace swapmasq::config {

struct Draft {
  settings::Settings settings;
  grammar::Lookup lookup;

  bool bind_interfaces = false;
  bool bind_dynamic = false;
  bool local_service_net = false;  // beats local_service_host
  bool local_service_host = false;
  bool own_resolv_files = false;         // a resolv-file line has replaced the default
  bool own_pxe_vendors = false;          // a dhcp-pxe-vendor line has replaced the default
  bool domain_from_resolv = false;       // domain=#
  std::uint16_t next_pxe_type = 0x8000;  // for pxe-service lines with a basename, in order of appearance
  std::unordered_set<Ipv4> dhcp_host_addresses;
  std::unordered_set<std::string> cname_aliases;
  std::set<std::pair<std::uint32_t, std::uint32_t>> connmarks;  // mark and mask of the connmark-allowlist lines

  // Notes an option, or a form of one, that this build stores but does not act on.
  void without_effect(std::string_view option) {
    auto& noted = settings.without_effect;
    if (std::ranges::find(noted, option) == noted.end()) noted.emplace_back(option);
  }
};

// Why a dhcp-host line is refused whose address another one has.
inline std::string duplicate_host_address(Ipv4 address) {
  return "duplicate dhcp-host IP address " + address.to_string();
}

// An option's argument in the protected encoding of grammar/quoting.hpp; nothing when it was given without one.
using Argument = std::optional<std::string_view>;

// Error: dnsmasq's message, empty for the unspecific one.
using Applied = Result<void>;

// Writes one option into the draft. Options that need an argument always get one.
using Apply = Applied (*)(Draft& draft, Argument argument);

struct Handler {
  grammar::Option option;
  Apply apply;
};

}  // namespace swapmasq::config
