// What only PXE clients get into a reply: who they are to the server, the boot menu, or the item they chose from it
// (spec pxe.md sections 3 to 5).
//
// Everything is borrowed.
#pragma once

#include "base/bytes.hpp"
#include "dhcp/boot_settings.hpp"
#include "dhcp/configured_options.hpp"
#include "dhcp/pxe_menu.hpp"
#include "dhcp/reply_context.hpp"
#include "dhcp/sub_options.hpp"
#include "log/line.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

class PxeOptions {
 public:
  PxeOptions(const PxeMenu& menu, const BootSettings& boot, const ConfiguredOptions& configured, log::Log& log)
      : menu_(menu), boot_(boot), configured_(configured), log_(log) {}

  // Beside an address.
  void add(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  // All options for a client that has its address from another server.
  void add_proxy(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  // All options for a client that has chosen from the menu; `item` is echoed.
  void add_boot_item(wire::Dhcp4Reply& reply, const ReplyContext& context, ByteView item) const;

 private:
  void add_identity(wire::Dhcp4Reply& reply, const Transaction& client) const;
  void add_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  void add_proxy_boot(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  // The boot menu and then these.
  SubOptions with_menu(const ReplyContext& context, SubOptions configured) const;

  const PxeMenu& menu_;
  const BootSettings& boot_;
  const ConfiguredOptions& configured_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
