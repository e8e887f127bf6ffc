// What the dhcp-option lines put into a reply: which of them count for a client, and the options made of encap:,
// vi-encap: and vendor: lines (spec dhcpv4.md sections 10.4 to 10.6).
//
// Everything else is borrowed.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "dhcp/pxe_menu.hpp"
#include "dhcp/reply_context.hpp"
#include "dhcp/sub_options.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

// At most one per number, in the order of configuration.
using Selection = std::vector<const settings::DhcpOption*>;

// Null: there is none with this number.
const settings::DhcpOption* find(const Selection& selection, std::uint32_t code);

class ConfiguredOptions {
 public:
  ConfiguredOptions(const settings::Dhcp& dhcp, const PxeMenu& pxe_menu, log::Log& log)
      : dhcp_(dhcp), pxe_menu_(pxe_menu), log_(log) {}

  // Instead of those of the configuration, from now on; the oldest first.
  void set_lines(std::vector<settings::DhcpOption> lines) { replaced_ = std::move(lines); }

  // pxe_only: dhcp-option-pxe lines alone.
  enum class Lines { all, pxe_only };

  Selection select(const ReplyContext& context, Lines lines) const;

  // Puts those of the selection that the client asks for, or that are forced. The option 60 that was among them; null:
  // none.
  const settings::DhcpOption* add(wire::Dhcp4Reply& reply, const ReplyContext& context,
                                  const Selection& selection) const;
  void add_encapsulated(wire::Dhcp4Reply& reply, const ReplyContext& context, Lines lines) const;

  struct VendorOptions {
    SubOptions members;
    bool forced = false;
  };
  // vendor: options and prompts for a client of this class.
  VendorOptions vendor_options(const ReplyContext& context, ByteView vendor_class) const;

 private:
  const std::vector<settings::DhcpOption>& in_force() const { return replaced_ ? *replaced_ : dhcp_.options; }
  SubOptions group_of(const settings::DhcpOption& leader, const ReplyContext& context, Lines lines) const;

  const settings::Dhcp& dhcp_;
  std::optional<std::vector<settings::DhcpOption>> replaced_;
  const PxeMenu& pxe_menu_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
