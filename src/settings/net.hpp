// Which interfaces and addresses are served (spec daemon.md section 10). Interface names may end in '*'.
#pragma once

#include <string>
#include <vector>

#include "base/address.hpp"

namespace swapmasq::settings {

struct Net {
  enum class Binding { wildcard, interfaces, dynamic };
  enum class LocalService { off, net, host };

  // dhcp4 and dhcp6 say which family the line forbids; no-dhcp-interface forbids both.
  struct NoDhcp {
    std::string interface;
    bool dhcp4 = true;
    bool dhcp6 = true;
  };

  Binding binding = Binding::wildcard;
  std::vector<std::string> interfaces;  // an empty name stands for `interface=`: loopback only
  std::vector<std::string> except_interfaces;
  std::vector<IpAddress> listen_addresses;
  std::vector<NoDhcp> no_dhcp;
  LocalService local_service = LocalService::off;
};

}  // namespace swapmasq::settings
