#include "dhcp/client_name.hpp"

#include <algorithm>
#include <cctype>

#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::size_t longest_label = 63;

bool letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool label_of_host(std::string_view label) {
  if (label.starts_with('-') || label.starts_with('_')) return false;
  return std::ranges::all_of(label, [](char c) { return letter_or_digit(c) || c == '-' || c == '_'; });
}

// The labels of option 81 in DNS form, joined by dots (RFC 4702 section 2.3.1): no compression, and a name that is not
// fully qualified has no zero octet at its end. What follows a malformed label does not count.
std::string decoded_labels(ByteView octets) {
  std::string name;
  wire::Reader in{octets};
  for (auto length = in.u8(); length && *length != 0; length = in.u8()) {
    const auto label = in.bytes(*length);
    if (!label) break;
    if (!name.empty()) name += '.';
    name += to_text(*label);
  }
  return name;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

SplitName split_name(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos) return {name, {}};
  return {name.substr(0, dot), name.substr(dot + 1)};
}

std::optional<std::string> acceptable_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || !label_of_host(split_name(name).host)) return std::nullopt;
  std::size_t label = 0;
  for (const char c : name) {
    label = c == '.' ? 0 : label + 1;
    if (label > longest_label || std::iscntrl(static_cast<unsigned char>(c)) != 0) return std::nullopt;
  }
  return std::string{name};
}

ClientName read_client_name(const wire::Dhcp4Message& message) {
  ClientName result;
  std::string text;
  if (const auto fqdn = message.option(wire::dhcp4::client_fqdn, 3)) {
    result.fqdn_flags = fqdn->front();
    const auto name = fqdn->subspan(3);
    const bool encoded = (fqdn->front() & fqdn_encoded) != 0;
    text = encoded ? decoded_labels(name) : to_text(name);
    result.nul_terminated = !encoded && text.ends_with('\0');
  } else if (const auto host_name = message.option(wire::dhcp4::host_name, 1)) {
    text = to_text(*host_name);
    result.nul_terminated = text.ends_with('\0');
  }
  result.name = acceptable_name(text.substr(0, text.find('\0'))).value_or("");
  return result;
}

void Domains::learn(const net::Interfaces& interfaces) {
  interface_subnets_.clear();
  for (std::size_t i = 0; i < dns_.conditional_domains.size(); ++i) {
    const auto& name = dns_.conditional_domains[i].interface;
    if (name.empty()) continue;
    const auto* interface = net::find_interface(interfaces, name);
    if (!interface) continue;
    for (const auto& address : interface->addresses) {
      if (address.address.is_v4()) interface_subnets_.push_back({i, address.address.v4(), address.netmask()});
    }
  }
}

std::string_view Domains::of(Ipv4 address) const {
  const auto& domains = dns_.conditional_domains;
  for (auto i = domains.size(); i-- > 0;) {
    const auto& domain = domains[i];
    const bool inside = domain.interface.empty()
                            ? domain.first.is_v4() && domain.first.v4() <= address && address <= domain.last.v4()
                            : std::ranges::any_of(interface_subnets_, [&](const Subnet& subnet) {
                                return subnet.domain == i && subnet.address.same_subnet(address, subnet.netmask);
                              });
    if (inside) return domain.name;
  }
  return dns_.domain;
}

}  // namespace swapmasq::dhcp
