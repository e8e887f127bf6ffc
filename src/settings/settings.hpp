// The whole configuration after parsing and cross-checks: built once by config, never changed, read by every engine.
#pragma once

#include <string>
#include <vector>

#include "settings/auth.hpp"
#include "settings/daemon.hpp"
#include "settings/dhcp.hpp"
#include "settings/dhcp6.hpp"
#include "settings/dhcp_matching.hpp"
#include "settings/dns.hpp"
#include "settings/net.hpp"
#include "settings/tftp.hpp"

namespace swapmasq::settings {

struct Settings {
  Daemon daemon;
  Net net;
  Dns dns;
  Auth auth;
  Dnssec dnssec;
  Dhcp dhcp;
  DhcpMatching dhcp_matching;
  Dhcp6 dhcp6;
  Tftp tftp;
  std::vector<std::string> without_effect;  // options that were given and that this build does not act on, each once
};

}  // namespace swapmasq::settings
