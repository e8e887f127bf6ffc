// The names that DHCP clients send and the domains they belong to (spec dhcpv4.md section 9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"
#include "wire/dhcp4_message.hpp"

namespace swapmasq::dhcp {

std::string lower_case(std::string_view text);
bool same_name(std::string_view a, std::string_view b);  // without regard to case

// Text before and after the first dot.
struct SplitName {
  std::string_view host;
  std::string_view domain;
};
SplitName split_name(std::string_view name);

// The name without one trailing dot, if its first label may be the name of a host; else nothing.
std::optional<std::string> acceptable_name(std::string_view name);

struct ClientName {
  std::string name;  // as sent, acceptable; empty: none
  // Option 81 was there, with these flags; then option 12 is not looked at.
  std::optional<std::uint8_t> fqdn_flags;
  // The client expects text options to end in NUL.
  bool nul_terminated = false;
};

// RFC 4702 flags
inline constexpr std::uint8_t fqdn_server_updates = 1, fqdn_override = 2, fqdn_encoded = 4, fqdn_no_update = 8;

ClientName read_client_name(const wire::Dhcp4Message& message);

// Which domain an address belongs to.
class Domains {
 public:
  explicit Domains(const settings::Dns& dns) : dns_(dns) {}

  // Domains may be tied to the subnets of an interface.
  void learn(const net::Interfaces& interfaces);

  // Empty: none.
  std::string_view of(Ipv4 address) const;

 private:
  struct Subnet {
    std::size_t domain = 0;  // in conditional_domains
    Ipv4 address;
    Ipv4 netmask;
  };

  const settings::Dns& dns_;
  std::vector<Subnet> interface_subnets_;
};

}  // namespace swapmasq::dhcp
