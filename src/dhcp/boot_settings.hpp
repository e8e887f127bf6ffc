// Boot server, server name and boot file of a reply, from dhcp-boot or from options (spec dhcpv4.md section 10.2).
//
// Everything is borrowed.
#pragma once

#include "dhcp/configured_options.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/reply_context.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

class BootSettings {
 public:
  BootSettings(const settings::Dhcp& dhcp, const HostNames& names, log::Log& log)
      : dhcp_(dhcp), names_(names), log_(log) {}

  void add(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const;
  // For a PXE client that has its address from another server: in the header, and only from dhcp-boot.
  void add_proxy(wire::Dhcp4Reply& reply, const ReplyContext& context) const;

 private:
  void add_line(wire::Dhcp4Reply& reply, const Transaction& client, const settings::DhcpBoot& boot) const;

  const settings::Dhcp& dhcp_;
  const HostNames& names_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
