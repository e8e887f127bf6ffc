// The boot menu and boot servers that PXE clients get in option 43 (PXE specification 2.1, section 2.3; spec pxe.md
// sections 1, 4.2 and 6).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/sub_options.hpp"
#include "dhcp/tags.hpp"
#include "log/line.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

class PxeMenu {
 public:
  // The architectures from here on are UEFI ones, whose firmware takes a single service as it is, without a menu.
  static constexpr std::uint16_t first_efi_architecture = 6;

  PxeMenu(const settings::Dhcp& dhcp, const HostNames& names, log::Log& log) : dhcp_(dhcp), names_(names), log_(log) {}

  bool enabled() const { return !dhcp_.pxe_services.empty() || !dhcp_.pxe_prompts.empty(); }

  // The dhcp-pxe-vendor string that a client's vendor class begins with; empty: no PXE client.
  std::string_view vendor_of(ByteView vendor_class) const;

  // The service of a UEFI architecture that is sent instead of a menu, because it is the only one; null: none.
  const settings::PxeService* single_service(std::uint16_t architecture, const TagSet& tags) const;
  // The first one of a boot server type.
  const settings::PxeService* service_of_type(std::uint16_t type) const;

  // The file of a service; the layer ends a name that has no suffix.
  static std::string boot_file(const settings::PxeService& service, std::uint16_t layer);
  // An address that is configured for a service; nothing: none.
  std::optional<Ipv4> configured_server(const settings::PxeService& service) const;

  // pxe-prompt lines as sub-options.
  SubOptions prompts(ByteView vendor_class, const TagSet& tags) const;

  // Everything in front of the configured sub-options; `prompted`: there is a prompt among those. Nothing, and a line
  // in the log, when the menu is too large.
  SubOptions menu(std::uint16_t architecture, const TagSet& tags, Ipv4 local, bool prompted) const;

 private:
  std::optional<Ipv4> menu_server(const settings::PxeService& service, Ipv4 local) const;

  const settings::Dhcp& dhcp_;
  const HostNames& names_;
  log::Log& log_;
};

// Sub-options of option 43
namespace pxe {
inline constexpr std::uint8_t discovery_control = 6, boot_servers = 8, boot_menu = 9, menu_prompt = 10, boot_item = 71;
}

}  // namespace swapmasq::dhcp
