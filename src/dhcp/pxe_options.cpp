#include "dhcp/pxe_options.hpp"

#include <algorithm>
#include <utility>

#include "dhcp/put_option.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

}  // namespace

void PxeOptions::add(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  add_identity(reply, context.client);
  add_vendor(reply, context);
}

void PxeOptions::add_identity(wire::Dhcp4Reply& reply, const Transaction& client) const {
  put_text(reply, dhcp4::vendor_class, client.pxe_vendor, false, log_);
  if (!client.machine_id.empty()) put_option(reply, dhcp4::client_machine_id, client.machine_id, log_);
}

// Option 43 beside an address.
void PxeOptions::add_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto& client = context.client;
  const auto configured = configured_.vendor_options(context, client.vendor_class);
  const bool single = menu_.single_service(*client.architecture, context.range_tags) != nullptr;
  // Made even when it is not asked for: a menu that is too large is told about.
  const auto menu = context.range && !single ? with_menu(context, configured.members) : configured.members;
  if (client.requests_vendor_options() && !menu.empty()) {
    put_sub_options(reply, dhcp4::vendor_encapsulated, menu, log_);
  } else if (configured.forced) {
    put_sub_options(reply, dhcp4::vendor_encapsulated, configured.members, log_);
  }
}

SubOptions PxeOptions::with_menu(const ReplyContext& context, SubOptions configured) const {
  const bool prompted = std::ranges::any_of(configured, [](const auto& o) { return o.code == pxe::menu_prompt; });
  auto all = menu_.menu(*context.client.architecture, context.range_tags, context.range->local, prompted);
  append(all, std::move(configured));
  return all;
}

void PxeOptions::add_proxy_boot(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto& client = context.client;
  const auto local = context.range->local;
  const bool efi = *client.architecture >= PxeMenu::first_efi_architecture;
  const auto* single = menu_.single_service(*client.architecture, context.range_tags);
  // UEFI firmware learns from the address alone that it has to ask again on port 4011.
  if (efi) reply.header.siaddr = local;
  if (single && client.pxe_port) {
    const auto server = menu_.configured_server(*single).value_or(local);
    reply.header.siaddr = server;
    reply.set_sname(single->server_host.empty() ? server.to_string() : single->server_host);
    reply.set_file(PxeMenu::boot_file(*single, 0));
    return;
  }
  if (!single) boot_.add_proxy(reply, context);
}

void PxeOptions::add_proxy(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto& client = context.client;
  const bool efi = *client.architecture >= PxeMenu::first_efi_architecture;
  add_proxy_boot(reply, context);
  add_identity(reply, client);
  if (!efi || (client.pxe_port && !menu_.single_service(*client.architecture, context.range_tags))) {
    const auto options = with_menu(context, configured_.vendor_options(context, client.vendor_class).members);
    if (!options.empty()) put_sub_options(reply, dhcp4::vendor_encapsulated, options, log_);
  }
  configured_.add(reply, context, configured_.select(context, ConfiguredOptions::Lines::pxe_only));
  configured_.add_encapsulated(reply, context, ConfiguredOptions::Lines::pxe_only);
}

void PxeOptions::add_boot_item(wire::Dhcp4Reply& reply, const ReplyContext& context, ByteView item) const {
  const auto& client = context.client;
  add_identity(reply, client);
  SubOptions vendor{{pxe::boot_item, {item.begin(), item.end()}}};
  append(vendor, configured_.vendor_options(context, client.vendor_class).members);
  put_sub_options(reply, dhcp4::vendor_encapsulated, vendor, log_);
}

}  // namespace swapmasq::dhcp
