// The options of a reply that gives or confirms an address, in their order (spec dhcpv4.md section 10.3): boot
// settings, times, what every client is told about its network and its name, configured options, options for its
// vendor.
//
// Everything is borrowed.
#pragma once

#include "dhcp/boot_settings.hpp"
#include "dhcp/configured_options.hpp"
#include "dhcp/pxe_options.hpp"
#include "dhcp/reply_context.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

class ReplyOptions {
 public:
  ReplyOptions(const settings::Settings& settings, const BootSettings& boot, const ConfiguredOptions& configured,
               const PxeOptions& pxe, log::Log& log)
      : settings_(settings), boot_(boot), configured_(configured), pxe_(pxe), log_(log) {}

  // Everything behind the options that belong to the message type.
  void add(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  // The same for one who asks about the client (RFC 4388): nothing that is made for the client's own use.
  void add_for_query(wire::Dhcp4Reply& reply, const ReplyContext& context) const;

 private:
  void add_times(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const;
  void add_defaults(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const;
  void add_fqdn(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  void add_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context, const settings::DhcpOption* sent_class) const;

  const settings::Settings& settings_;
  const BootSettings& boot_;
  const ConfiguredOptions& configured_;
  const PxeOptions& pxe_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
