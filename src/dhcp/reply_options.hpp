// Which options and boot settings a client gets, in which order, and how they are packed (spec dhcpv4.md section 10).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "dhcp/host_names.hpp"
#include "dhcp/pxe_menu.hpp"
#include "dhcp/transaction.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

struct ReplyContext {
  const Transaction& client;
  const Range* range = nullptr;  // null: no range fits (DHCPINFORM)
  const TagSet& tags;            // with tag-if, without the range's tag
  const TagSet& range_tags;      // with tag-if and the range's tag
  std::string_view name;         // of the client, first label; empty: none
  std::string_view domain;       // of its address; empty: none
  // A lease with this time, from which the client shall renew some time before others that began with it.
  std::optional<settings::LeaseTime> lease;
  std::uint32_t renew_earlier_by = 0;  // a random number, 0: not at all
};

class ReplyOptions {
 public:
  ReplyOptions(const settings::Settings& settings, const HostNames& names, const PxeMenu& pxe_menu, log::Log& log)
      : settings_(settings), names_(names), pxe_menu_(pxe_menu), log_(log) {}

  // Everything behind the options that belong to the message type.
  void add(wire::Dhcp4Reply& reply, const ReplyContext& context) const;

  // The same for a PXE client that has its address from another server (spec pxe.md section 4.1).
  void add_proxy(wire::Dhcp4Reply& reply, const ReplyContext& context) const;

  // The same for a PXE client that has chosen from the menu; `item` is echoed.
  void add_boot_item(wire::Dhcp4Reply& reply, const ReplyContext& context, ByteView item) const;

 private:
  using Selection = std::vector<const settings::DhcpOption*>;  // at most one per number, in the order of configuration

  // pxe_only: dhcp-option-pxe lines alone.
  enum class Lines { all, pxe_only };

  Selection select(const ReplyContext& context, Lines lines) const;
  const settings::DhcpBoot* select_boot(const TagSet& tags) const;
  void put(wire::Dhcp4Reply& reply, std::uint32_t code, ByteView data) const;
  void put_address(wire::Dhcp4Reply& reply, std::uint8_t code, Ipv4 address) const;
  void put_text(wire::Dhcp4Reply& reply, std::uint8_t code, std::string_view text, bool terminated) const;
  void add_boot(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const;
  void add_times(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const;
  void add_defaults(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const;
  void add_fqdn(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  // Whether a configured option 60 is among them.
  const settings::DhcpOption* add_configured(wire::Dhcp4Reply& reply, const ReplyContext& context,
                                             const Selection& selection) const;
  void add_encapsulated(wire::Dhcp4Reply& reply, const ReplyContext& context, Lines lines) const;
  struct VendorOptions {
    SubOptions members;
    bool forced = false;
  };
  // vendor: options and prompts for a client of this class.
  VendorOptions vendor_options(const ReplyContext& context, ByteView vendor_class) const;
  void add_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context, const settings::DhcpOption* sent_class) const;
  void add_pxe_identity(wire::Dhcp4Reply& reply, const Transaction& client) const;
  void add_pxe_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  // The boot menu and then these.
  SubOptions with_menu(const ReplyContext& context, SubOptions configured) const;
  void add_proxy_boot(wire::Dhcp4Reply& reply, const ReplyContext& context) const;
  std::optional<Ipv4> next_server(const settings::DhcpBoot& boot) const;
  void put_suboptions(wire::Dhcp4Reply& reply, std::uint32_t code, const SubOptions& members) const;
  void put_enterprise(wire::Dhcp4Reply& reply, std::uint32_t enterprise, const SubOptions& members) const;

  const settings::Settings& settings_;
  const HostNames& names_;
  const PxeMenu& pxe_menu_;
  log::Log& log_;
};

}  // namespace swapmasq::dhcp
