#include "grammar/arguments/auth.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/split.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/name.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::grammar {
Result<settings::AuthServer> parse_auth_server(std::string_view argument) {
  const auto fields = split_at(argument, ',');
  settings::AuthServer server;
  server.name = canonical_name(unquote(fields.front())).value_or("");
  for (std::size_t i = 1; i < fields.size(); ++i) {
    if (const auto address = IpAddress::parse(unquote(fields[i]))) {
      server.addresses.push_back(*address);
      continue;
    }
    auto interface = interface_addresses(fields[i]);
    if (!interface) return refused("");
    server.interfaces.push_back(*std::move(interface));
  }
  return server;
}

Result<settings::AuthZone> parse_auth_zone(std::string_view argument) {
  constexpr std::string_view exclude = "exclude:";
  constexpr std::uint32_t default_length4 = 24;
  constexpr std::uint32_t default_length6 = 64;
  const auto fields = split_at(argument, ',');
  auto name = canonical_name(unquote(fields.front()));
  if (!name) return refused("invalid auth-zone");
  settings::AuthZone zone;
  zone.name = *std::move(name);
  for (std::size_t i = 1; i < fields.size(); ++i) {
    std::string_view item = fields[i];
    const bool excluded = item.starts_with(exclude);
    if (excluded) item.remove_prefix(exclude.size());
    const auto [address_text, length_text] = cut_at(item, '/');
    if (const auto address = IpAddress::parse(address_text)) {
      settings::AuthZone::Subnet subnet{*address, 0};
      if (length_text && !assign_number(*length_text, subnet.length)) return refused("");
      if (subnet.length == 0) subnet.length = address->is_v4() ? default_length4 : default_length6;
      (excluded ? zone.excluded : zone.subnets).push_back(subnet);
      continue;
    }
    auto interface = interface_addresses(item);
    if (!interface) return refused("");
    (excluded ? zone.excluded_interfaces : zone.interfaces).push_back(*std::move(interface));
  }
  return zone;
}

Result<settings::AuthSoa> parse_auth_soa(std::string_view argument) {
  const auto fields = split_at(argument, ',');
  settings::AuthSoa soa;
  const auto seconds = [&fields](std::size_t index, std::uint32_t otherwise) {
    return index < fields.size() ? static_cast<std::uint32_t>(lenient_number(unquote(fields[index]))) : otherwise;
  };
  soa.serial = seconds(0, soa.serial);
  if (fields.size() > 1) {
    soa.mailbox = unquote(fields[1]);
    std::ranges::replace(soa.mailbox, '@', '.');
  }
  soa.refresh = seconds(2, soa.refresh);
  soa.retry = seconds(3, soa.retry);
  soa.expiry = seconds(4, soa.expiry);
  return soa;
}

Result<std::vector<std::string>> parse_auth_sec_servers(std::string_view argument) {
  std::vector<std::string> names;
  for (const std::string_view field : split_at(argument, ','))
    if (auto name = canonical_name(unquote(field))) names.push_back(*std::move(name));
  return names;
}

}  // namespace swapmasq::grammar
