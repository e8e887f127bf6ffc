// The dhcp-host lines, indexed by what clients show of themselves (spec dhcpv4.md section 5). The index is built anew
// when the lines change; who still holds a host of the old one keeps that alive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dhcp/address_runs.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/ranges.hpp"
#include "dhcp/tags.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

// Shared by the indexes that it has been in.
using HostLine = std::shared_ptr<const settings::DhcpHost>;

struct Host {
  HostLine config;
  std::optional<Ipv4> address;        // configured, or from the hosts files
  std::optional<TimePoint> declined;  // when a client refused the address last

  // A declined address is not offered for ten minutes.
  bool declined_recently(TimePoint now) const;
  bool names_hardware(const HardwareAddress& hardware) const;
};

using HostPtr = std::shared_ptr<Host>;  // null: none

class Hosts {
 public:
  explicit Hosts(const std::vector<HostLine>& lines) : table_(std::make_shared<Table>(lines)) {}
  Hosts(const Hosts&) = delete;
  Hosts& operator=(const Hosts&) = delete;

  // From now on these, the oldest first. What is known about a line that stays is kept, but for addresses out of the
  // hosts files.
  void replace(const std::vector<HostLine>& lines);

  struct Client {
    const HardwareAddress& hardware;
    ByteView client_id;  // empty: none
    const TagSet& tags;
    const Candidates* candidates;  // null: in any subnet
  };

  HostPtr find(const Client& client) const;
  // The later lookup, by the name that the client sent: lines that ask for a client id or hardware address do not
  // count.
  HostPtr find_by_name(const Client& client, std::string_view name) const;
  HostPtr of_address(Ipv4 address) const;
  // The first address from `from` to `last` that no line holds; nothing: they all are held.
  std::optional<Ipv4> first_unreserved(Ipv4 from, Ipv4 last) const;

  // Lines with a name and no address take their address from the hosts files.
  void take_addresses(const HostNames& names, log::Log& log);

 private:
  using Places = std::vector<std::size_t>;  // in Table::hosts, in the order of configuration

  struct Table {
    explicit Table(const std::vector<HostLine>& lines);
    void reserve(Ipv4 address, std::size_t place);

    std::vector<Host> hosts;
    std::unordered_map<std::string, Places> by_client_id;  // keys: octets as text
    std::unordered_map<std::string, Places> by_hardware;
    std::unordered_map<std::string, Places> by_name;  // lower case
    std::unordered_map<Ipv4, std::size_t> by_address;
    AddressRuns reserved;  // the keys of by_address
    Places with_patterns;
  };

  static bool qualifies(const Host& host, const Client& client, bool filtered_only);
  HostPtr at(std::size_t place) const { return {table_, &table_->hosts[place]}; }
  HostPtr newest(const Places* places, const Client& client, bool filtered_only, bool hardware_type_matters) const;
  HostPtr closest_pattern(const Client& client, bool filtered_only) const;

  std::shared_ptr<Table> table_;
};

}  // namespace swapmasq::dhcp
