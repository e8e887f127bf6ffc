#include "dhcp/pxe_menu.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "dhcp/boot_server.hpp"
#include "dhcp/newest_first.hpp"
#include "log/dhcp_lines.hpp"
#include "wire/writer.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::size_t longest_list = 252;  // octets

// Values of discovery control
constexpr std::uint8_t servers_by_unicast = 3, servers_by_multicast = 2, file_of_the_offer = 8;
constexpr std::uint8_t boot_at_once = 0, wait_for_ever = 255;

}  // namespace

std::string_view PxeMenu::vendor_of(ByteView vendor_class) const {
  if (!enabled()) return {};
  const auto text = to_text(vendor_class);
  const NewestFirst newest_first{dhcp_.pxe_vendors};
  const auto it = std::ranges::find_if(newest_first, [&](const auto& vendor) { return text.starts_with(vendor); });
  return it == newest_first.end() ? std::string_view{} : std::string_view{*it};
}

const settings::PxeService* PxeMenu::single_service(std::uint16_t architecture, const TagSet& tags) const {
  if (architecture < first_efi_architecture) return nullptr;
  const settings::PxeService* single = nullptr;
  for (const auto& service : dhcp_.pxe_services) {
    if (service.architecture != architecture || service.basename.empty() || !tags.matches(service.filters)) continue;
    if (single) return nullptr;
    single = &service;
  }
  return single;
}

const settings::PxeService* PxeMenu::service_of_type(std::uint16_t type) const {
  const auto it = std::ranges::find(dhcp_.pxe_services, type, &settings::PxeService::type);
  return it == dhcp_.pxe_services.end() ? nullptr : &*it;
}

std::string PxeMenu::boot_file(const settings::PxeService& service, std::uint16_t layer) {
  const auto& name = service.basename;
  return name.find('.') == std::string::npos ? fmt::format("{}.{}", name, layer) : name;
}

std::optional<Ipv4> PxeMenu::configured_server(const settings::PxeService& service) const {
  return boot_server(service, names_, log_);
}

std::optional<Ipv4> PxeMenu::menu_server(const settings::PxeService& service, Ipv4 local) const {
  if (!service.basename.empty()) return local;
  if (service.type == 0) return std::nullopt;
  const auto server = configured_server(service);
  return server && !server->unspecified() ? server : std::nullopt;
}

SubOptions PxeMenu::prompts(ByteView vendor_class, const TagSet& tags) const {
  const auto text = to_text(vendor_class);
  const bool addressed =
      std::ranges::any_of(dhcp_.pxe_vendors, [&](const auto& v) { return text.find(v) != std::string::npos; });
  SubOptions found;
  if (!addressed) return found;
  for (const auto& prompt : NewestFirst{dhcp_.pxe_prompts}) {
    if (!tags.matches(prompt.filters)) continue;
    Bytes data{prompt.timeout};
    const auto octets = to_bytes(prompt.text);
    data.insert(data.end(), octets.begin(), octets.end());
    found.push_back({pxe::menu_prompt, std::move(data)});
  }
  return found;
}

SubOptions PxeMenu::menu(std::uint16_t architecture, const TagSet& tags, Ipv4 local, bool prompted) const {
  wire::Writer servers{longest_list};
  wire::Writer entries{longest_list};
  std::size_t count = 0;
  bool all_have_servers = true;
  bool fits = true;
  for (const auto& service : dhcp_.pxe_services) {
    if (service.architecture != architecture || !tags.matches(service.filters)) continue;
    ++count;
    if (const auto server = menu_server(service, local)) {
      fits = fits && servers.u16(service.type) && servers.u8(1) && servers.ipv4(*server);
    } else if (service.type != 0) {
      all_have_servers = false;
    }
    fits = fits && service.menu_text.size() < longest_list && entries.u16(service.type) &&
           entries.u8(static_cast<std::uint8_t>(service.menu_text.size())) &&
           entries.bytes(to_bytes(service.menu_text));
  }
  if (!fits) {
    log_.write(log::pxe_menu_too_large());
    return {};
  }
  SubOptions options;
  const auto control = count == 0 ? file_of_the_offer : all_have_servers ? servers_by_unicast : servers_by_multicast;
  options.push_back({pxe::discovery_control, {control}});
  if (!prompted) options.push_back({pxe::menu_prompt, {count > 1 ? wait_for_ever : boot_at_once, 'P', 'X', 'E'}});
  if (servers.size() != 0) options.push_back({pxe::boot_servers, servers.take()});
  if (count != 0) options.push_back({pxe::boot_menu, entries.take()});
  return options;
}

}  // namespace swapmasq::dhcp
