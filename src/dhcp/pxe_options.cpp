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
  auto configured = vendor_options(context, client.vendor_class);
  const bool requested = client.requests(dhcp4::vendor_encapsulated) || client.requests(dhcp4::vendor_class);
  if (requested && context.range && !pxe_menu_.single_service(*client.architecture, context.range_tags)) {
    put_menu(reply, context, std::move(configured));
  } else if (!configured.members.empty() && (requested || configured.forced)) {
    put_suboptions(reply, dhcp4::vendor_encapsulated, configured.members);
  }
}

void ReplyOptions::put_menu(wire::Dhcp4Reply& reply, const ReplyContext& context, VendorOptions configured) const {
  append(configured.members, pxe_menu_.prompts(context.client.vendor_class, context.range_tags));
  const bool prompted =
      std::ranges::any_of(configured.members, [](const auto& o) { return o.code == pxe::menu_prompt; });
  auto all = pxe_menu_.menu(*context.client.architecture, context.range_tags, context.range->local, prompted);
  append(all, std::move(configured.members));
  if (!all.empty()) put_suboptions(reply, dhcp4::vendor_encapsulated, all);
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
  if (menu) put_menu(reply, context, vendor_options(context, client.vendor_class));
  add_configured(reply, context, select(context, Lines::pxe_only));
  add_encapsulated(reply, context, Lines::pxe_only);
}

void ReplyOptions::add_boot_item(wire::Dhcp4Reply& reply, const ReplyContext& context, ByteView item) const {
  const auto& client = context.client;
  add_pxe_identity(reply, client);
  SubOptions vendor{{pxe::boot_item, {item.begin(), item.end()}}};
  append(vendor, vendor_options(context, client.vendor_class).members);
  append(vendor, pxe_menu_.prompts(client.vendor_class, context.range_tags));
  put_suboptions(reply, dhcp4::vendor_encapsulated, vendor);
}

}  // namespace swapmasq::dhcp
