// What one engine asks of another, through the seams that the engines define: they do not know each other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dhcp/host_names.hpp"
#include "dhcp/lease_store.hpp"
#include "dns/engine.hpp"
#include "io/loop.hpp"
#include "io/neighbour_table.hpp"
#include "tftp/neighbours.hpp"

namespace swapmasq::app {

// The hosts files as DHCP asks for them. Without DNS they are not read.
class HostsData : public dhcp::HostNames {
 public:
  explicit HostsData(const dns::Engine* engine) : engine_(engine) {}

  std::string name_of(Ipv4 address) const override {
    const auto names = engine_ ? engine_->names_of(address) : std::vector<std::string>{};
    return names.empty() ? std::string{} : names.front();
  }

  std::vector<Ipv4> addresses_of(std::string_view name) const override {
    std::vector<Ipv4> v4;
    if (!engine_) return v4;
    for (const auto& address : engine_->addresses_of(name)) {
      if (address.is_v4()) v4.push_back(address.v4());
    }
    return v4;
  }

 private:
  const dns::Engine* engine_;
};

// Who is behind an address: a lease, or what the kernel knows.
class ClientHardware : public tftp::Neighbours {
 public:
  ClientHardware(const dhcp::LeaseStore* leases, io::NeighbourTable& neighbours)
      : leases_(leases), neighbours_(neighbours) {}

  std::optional<HardwareAddress> leased(Ipv4 address) const override {
    const auto* lease = leases_ ? leases_->find(address) : nullptr;
    return lease ? std::optional{lease->hardware} : std::nullopt;
  }

  std::optional<HardwareAddress> neighbour(const IpAddress& address, unsigned interface_index) const override {
    return neighbours_.find(address, interface_index, io::Loop::now());
  }

 private:
  const dhcp::LeaseStore* leases_;
  io::NeighbourTable& neighbours_;
};

}  // namespace swapmasq::app
