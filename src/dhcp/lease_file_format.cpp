#include "dhcp/lease_file_format.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <optional>
#include <unordered_map>

#include "base/startup_error.hpp"
#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";

// The file is a stream of words; line ends mean nothing. A word longer than its field is continued as the next word.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  // Empty at the end of the text.
  std::string_view next(std::size_t longest) {
    const auto start = rest_.find_first_not_of(white_space);
    if (start == std::string_view::npos) {
      rest_ = {};
      return {};
    }
    rest_.remove_prefix(start);
    const auto word = rest_.substr(0, std::min(rest_.find_first_of(white_space), longest));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  std::string_view rest_;
};

constexpr std::size_t short_word = 255;
constexpr std::size_t address_word = 64;
constexpr std::size_t long_word = 764;

constexpr std::size_t typical_line = 96;

template <typename Number>
Number number(std::string_view text) {
  Number value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

HardwareAddress parse_hardware(std::string_view text) {
  std::optional<std::uint8_t> type;
  if (const auto dash = text.find('-'); dash != std::string_view::npos) {
    type = 0;
    std::from_chars(text.data(), text.data() + dash, *type, 16);
    text.remove_prefix(dash + 1);
  }
  const auto octets = from_hex(text).value_or(Bytes{});
  const std::uint8_t unprefixed = octets.empty() ? 0 : 1;
  return HardwareAddress::from(type.value_or(unprefixed), octets);
}

Bytes parse_client_id(std::string_view text) { return text == "*" ? Bytes{} : from_hex(text).value_or(Bytes{}); }

std::string or_star(std::string_view text) { return text.empty() ? "*" : std::string{text}; }

// With many leases these lines are most of the work of storing them.
std::string line_of(const Lease& lease) {
  std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> expiry{};
  std::string text{expiry.begin(), std::to_chars(expiry.begin(), expiry.end(), lease.expires).ptr};
  text.reserve(typical_line);
  for (const auto& field : {hardware_text(lease.hardware), lease.address.to_string()}) {
    text += ' ';
    text += field;
  }
  text += ' ';
  text += lease.name.empty() ? "*" : std::string_view{lease.name};
  text += ' ';
  text += or_star(to_hex(lease.client_id));
  text += '\n';
  return text;
}

std::string extras_of(const Lease& lease) {
  std::string text;
  const auto put = [&](std::string_view what, const Bytes& value) {
    if (value.empty()) return;
    fmt::format_to(std::back_inserter(text), "{} {} {}\n", what, lease.address.to_string(), to_hex(value));
  };
  put("agent-info", lease.agent_info);
  put("vendorclass", lease.vendor_class);
  return text;
}

class LeaseFileParser {
 public:
  explicit LeaseFileParser(std::string_view text) : words_(text) {}

  LeaseFileContent parse() {
    for (;;) {
      const auto first = words_.next(short_word);
      if (first.empty()) break;
      const auto second = words_.next(short_word);
      if (second.empty() || !record(first, second)) {
        content_.problems.push_back(log::lease_file_not_clean());
        break;
      }
    }
    return std::move(content_);
  }

 private:
  // False: nothing after this can be understood.
  bool record(std::string_view first, std::string_view second) {
    if (first == "duid") {
      auto duid = from_hex(second);
      if (!duid) return false;
      content_.server_duid = std::move(duid);
    } else if (first == "agent-info" || first == "vendorclass") {
      extra(first == "agent-info", second, words_.next(long_word));
    } else {
      lease(first, second);
    }
    return true;
  }

  void extra(bool agent_info, std::string_view address_text, std::string_view hex) {
    const auto address = Ipv4::parse(address_text);
    auto value = from_hex(hex);
    if (!address || !value) return;
    const auto place = places_.find(*address);
    if (place == places_.end()) return;
    auto& lease = std::get<Lease>(content_.leases[place->second]);
    (agent_info ? lease.agent_info : lease.vendor_class) = std::move(*value);
  }

  void lease(std::string_view expiry, std::string_view identity) {
    const auto address = words_.next(address_word);
    const auto name = words_.next(short_word);
    const auto client = words_.next(long_word);
    if (client.empty()) {
      content_.problems.push_back(log::lease_line_invalid(expiry, identity, address, name));
      return;
    }
    if (const auto v4 = Ipv4::parse(address)) {
      Lease lease;
      lease.address = *v4;
      lease.expires = number<std::int64_t>(expiry);
      lease.hardware = parse_hardware(identity);
      if (name != "*") lease.name = name;
      lease.client_id = parse_client_id(client);
      places_[*v4] = content_.leases.size();
      content_.leases.emplace_back(std::move(lease));
    } else if (const auto v6 = Ipv6::parse(address)) {
      Lease6 lease;
      lease.address = *v6;
      lease.expires = number<std::int64_t>(expiry);
      lease.temporary = identity.starts_with('T');
      lease.iaid = number<std::uint32_t>(identity.substr(lease.temporary ? 1 : 0));
      if (name != "*") lease.name = name;
      lease.client_duid = parse_client_id(client);
      content_.leases.emplace_back(std::move(lease));
    } else {
      content_.problems.push_back(log::lease_line_bad_address(address));
    }
  }

  Words words_;
  LeaseFileContent content_;
  std::unordered_map<Ipv4, std::size_t> places_;
};

}  // namespace

std::string hardware_text(const HardwareAddress& hardware) {
  if (hardware.type == 1 && hardware.length != 0) return hardware.to_string();
  return fmt::format("{:02x}-{}", hardware.type, hardware.to_string());
}

LeaseLines lease_lines(const Lease& lease) { return {line_of(lease), extras_of(lease)}; }

LeaseFileContent parse_lease_file(std::string_view text) { return LeaseFileParser{text}.parse(); }

void restore(LeaseFileContent content, LeaseStore& leases, log::Log& log) {
  for (const auto& problem : content.problems) log.write(problem);
  for (auto& lease : content.leases) {
    if (!std::visit([&](auto& l) { return leases.restore(std::move(l)); }, lease)) {
      throw StartupError(ExitCode::other, "too many stored leases");
    }
  }
  if (content.server_duid) leases.set_server_duid(std::move(*content.server_duid));
}

std::string server_lines(const LeaseStore& leases) {
  const auto& duid = leases.server_duid();
  if (!duid) return {};
  auto text = fmt::format("duid {}\n", to_hex(*duid));
  for (const auto& lease : leases.leases6()) {
    text += fmt::format("{} {}{} {} {} {}\n", lease.expires, lease.temporary ? "T" : "", lease.iaid,
                        lease.address.to_string(), or_star(lease.name), or_star(to_hex(lease.client_duid)));
  }
  return text;
}

std::string lease_file_text(const LeaseStore& leases) {
  std::string text;
  std::string extras;
  leases.for_each([&](const Lease& lease) {
    text += line_of(lease);
    extras += extras_of(lease);
  });
  return text + server_lines(leases) + extras;
}

}  // namespace swapmasq::dhcp
