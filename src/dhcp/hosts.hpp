// The dhcp-host lines, indexed by what clients show of themselves (spec dhcpv4.md section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/ranges.hpp"
#include "dhcp/tags.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

struct Host {
  const settings::DhcpHost* config = nullptr;
  std::optional<Ipv4> address;        // configured, or from the hosts files
  std::optional<TimePoint> declined;  // when a client refused the address last

  // A declined address is not offered for ten minutes.
  bool declined_recently(TimePoint now) const;
  bool names_hardware(const HardwareAddress& hardware) const;
};

class Hosts {
 public:
  explicit Hosts(const settings::Dhcp& dhcp);
  Hosts(const Hosts&) = delete;
  Hosts& operator=(const Hosts&) = delete;

  struct Client {
    const HardwareAddress& hardware;
    ByteView client_id;  // empty: none
    const TagSet& tags;
    const Candidates* candidates;  // null: in any subnet
  };

  Host* find(const Client& client);
  // The later lookup, by the name that the client sent: lines that ask for a client id or hardware address do not
  // count.
  Host* find_by_name(const Client& client, std::string_view name);
  Host* of_address(Ipv4 address);

  // Lines with a name and no address take their address from the hosts files.
  void take_addresses(const HostNames& names, log::Log& log);

 private:
  using Places = std::vector<std::size_t>;  // in hosts_, in the order of configuration

  bool qualifies(const Host& host, const Client& client, bool filtered_only) const;
  Host* newest(const Places* places, const Client& client, bool filtered_only, bool hardware_type_matters);
  Host* closest_pattern(const Client& client, bool filtered_only);

  std::vector<Host> hosts_;
  std::unordered_map<std::string, Places> by_client_id_;  // keys: octets as text
  std::unordered_map<std::string, Places> by_hardware_;
  std::unordered_map<std::string, Places> by_name_;  // lower case
  std::unordered_map<Ipv4, std::size_t> by_address_;
  Places with_patterns_;
};

}  // namespace swapmasq::dhcp
