#include "dhcp/boot_settings.hpp"

#include <string_view>

#include "dhcp/boot_server.hpp"
#include "dhcp/put_option.hpp"
#include "dhcp/tags.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

constexpr std::uint32_t next_server_code = 255;  // dhcp-option=option:server-ip-address

void add_from_options(wire::Dhcp4Reply& reply, const Transaction& client, const Selection& selection) {
  const auto field = [&](std::uint8_t code, auto set_field) {
    const auto* option = find(selection, code);
    const bool requested = client.parameter_list && client.requests(code);
    if (option && !requested && !option->forced) set_field(to_text(option->data));
  };
  field(dhcp4::bootfile_name, [&](const auto& text) { reply.set_file(text); });
  field(dhcp4::server_name, [&](const auto& text) { reply.set_sname(text); });
  if (const auto* option = find(selection, next_server_code)) {
    if (const auto address = wire::Reader{option->data}.ipv4()) reply.header.siaddr = *address;
  }
}

}  // namespace

void BootSettings::add(wire::Dhcp4Reply& reply, const ReplyContext& context, const Selection& selection) const {
  reply.header.siaddr = context.range ? context.range->local : Ipv4{};
  if (const auto* boot = last_fitting(dhcp_.boots, context.range_tags)) {
    add_line(reply, context.client, *boot);
  } else {
    add_from_options(reply, context.client, selection);
  }
}

void BootSettings::add_line(wire::Dhcp4Reply& reply, const Transaction& client, const settings::DhcpBoot& boot) const {
  const auto place = [&](std::uint8_t code, std::string_view text, auto set_field) {
    if (text.empty()) return;
    if (client.type != wire::Dhcp4Type::bootp && client.parameter_list && client.requests(code) && !dhcp_.no_override) {
      put_text(reply, code, text, true, log_);
    } else {
      set_field(text);
    }
  };
  place(dhcp4::server_name, boot.server_name, [&](auto text) { reply.set_sname(text); });
  place(dhcp4::bootfile_name, boot.file, [&](auto text) { reply.set_file(text); });
  if (const auto server = boot_server(boot, names_, log_)) reply.header.siaddr = *server;
}

void BootSettings::add_proxy(wire::Dhcp4Reply& reply, const ReplyContext& context) const {
  const auto* boot = last_fitting(dhcp_.boots, context.range_tags);
  if (!boot) return;
  reply.set_file(boot->file);
  if (const auto server = boot_server(*boot, names_, log_)) reply.header.siaddr = *server;
}

}  // namespace swapmasq::dhcp
