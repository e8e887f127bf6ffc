#include "dhcp/transaction.hpp"

#include <algorithm>

#include "wire/reader.hpp"

namespace swapmasq::dhcp {

std::string_view Transaction::configured_name() const {
  return host && !host_found_by_name ? std::string_view{host->config->name} : std::string_view{};
}

Ipv4 Transaction::server_id(const Range* range) const {
  if (server_id_override) return *server_id_override;
  return range ? range->local : local;
}

bool Transaction::names_this_server() const {
  if (!server_identifier) return false;
  if (server_id_override) return *server_identifier == *server_id_override;
  return std::ranges::any_of(candidates, [&](const Range* range) { return range->local == *server_identifier; });
}

TagSet Transaction::tags_with_range(const Range* range, const std::vector<settings::TagIf>& tag_ifs) const {
  auto with_range = tags;
  if (range) with_range.add(range->config->set_tag);
  return with_range.with(tag_ifs);
}

bool Transaction::requests(std::uint32_t code) const {
  if (!parameter_list) return true;
  // An END octet inside the list ends it.
  const auto end = std::ranges::find(*parameter_list, wire::dhcp4::end);
  return std::find(parameter_list->begin(), end, code) != end;
}

std::optional<Ipv4> Transaction::address_option(std::uint8_t code) const {
  const auto data = message.option(code, 4);
  return data ? wire::Reader{*data}.ipv4() : std::nullopt;
}

std::uint32_t client_hash(ByteView hardware_id) {
  std::uint32_t hash = 0;
  for (const auto octet : hardware_id) hash = octet + (hash << 6) + (hash << 16) - hash;
  return hash == 0 ? 1 : hash;
}

}  // namespace swapmasq::dhcp
