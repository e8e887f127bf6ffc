// The whole configuration after parsing and cross-checks: built once by config, never changed, read by every engine.
#pragma once

#include "settings/daemon.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp_matching.hpp"
#include "settings/dns.hpp"
#include "settings/net.hpp"
#include "settings/tftp.hpp"

namespace swapmasq::settings {

struct Settings {
  Daemon daemon;
  Net net;
  Dns dns;
  Dhcp dhcp;
  DhcpMatching dhcp_matching;
  Tftp tftp;
};

}  // namespace swapmasq::settings
