// The part of a reply that only PXE clients get (spec pxe.md sections 3 to 5).
#include <algorithm>

#include "dhcp/reply_options.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

void append(SubOptions& options, SubOptions more) { std::ranges::move(more, std::back_inserter(options)); }

}  // namespace

void ReplyOptions::add_pxe_identity(wire::Dhcp4Reply& reply, const Transaction& client) const {
  put_text(reply, dhcp4::vendor_class, client.pxe_vendor, false);
  if (!client.machine_id.empty()) put(reply, dhcp4::client_machine_id, client.machine_id);
}

// Option 43 beside an address.
void ReplyOptions::add_pxe_vendor(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto& client = context.client;
  const auto configured = vendor_options(context, client.vendor_class);
  const bool single = pxe_menu_.single_service(*client.architecture, context.range_tags) != nullptr;
  // Made even when it is not asked for: a menu that is too large is told about.
  const auto menu = context.range && !single ? with_menu(context, configured.members) : configured.members;
  const bool requested = client.requests(dhcp4::vendor_encapsulated) || client.requests(dhcp4::vendor_class);
  if (requested && !menu.empty()) {
    put_suboptions(reply, dhcp4::vendor_encapsulated, menu);
  } else if (configured.forced) {
    put_suboptions(reply, dhcp4::vendor_encapsulated, configured.members);
  }
}

SubOptions ReplyOptions::with_menu(const ReplyContext& context, SubOptions configured) const {
  const bool prompted = std::ranges::any_of(configured, [](const auto& o) { return o.code == pxe::menu_prompt; });
  auto all = pxe_menu_.menu(*context.client.architecture, context.range_tags, context.range->local, prompted);
  append(all, std::move(configured));
  return all;
}

void ReplyOptions::add_proxy_boot(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto& client = context.client;
  const auto local = context.range->local;
  const bool efi = *client.architecture >= PxeMenu::first_efi_architecture;
  const auto* single = pxe_menu_.single_service(*client.architecture, context.range_tags);
  // UEFI firmware learns from the address alone that it has to ask again on port 4011.
  if (efi) reply.header.siaddr = local;
  if (single && client.pxe_port) {
    const auto server = pxe_menu_.configured_server(*single).value_or(local);
    reply.header.siaddr = server;
    reply.set_sname(single->server_host.empty() ? server.to_string() : single->server_host);
    reply.set_file(single->basename.find('.') == std::string::npos ? single->basename + ".0" : single->basename);
    return;
  }
  if (single) return;
  const auto* boot = select_boot(context.range_tags);
  if (!boot) return;
  reply.set_file(boot->file);
  if (const auto server = next_server(*boot)) reply.header.siaddr = *server;
}

void ReplyOptions::add_proxy(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto& client = context.client;
  const bool efi = *client.architecture >= PxeMenu::first_efi_architecture;
  add_proxy_boot(reply, context);
  add_pxe_identity(reply, client);
  const bool menu = efi ? client.pxe_port && !pxe_menu_.single_service(*client.architecture, context.range_tags) : true;
  if (menu) {
    const auto options = with_menu(context, vendor_options(context, client.vendor_class).members);
    if (!options.empty()) put_suboptions(reply, dhcp4::vendor_encapsulated, options);
  }
  add_configured(reply, context, select(context, Lines::pxe_only));
  add_encapsulated(reply, context, Lines::pxe_only);
}

void ReplyOptions::add_boot_item(wire::Dhcp4Reply& reply, const ReplyContext& context, ByteView item) const {
  const auto& client = context.client;
  add_pxe_identity(reply, client);
  SubOptions vendor{{pxe::boot_item, {item.begin(), item.end()}}};
  append(vendor, vendor_options(context, client.vendor_class).members);
  put_suboptions(reply, dhcp4::vendor_encapsulated, vendor);
}

}  // namespace swapmasq::dhcp
