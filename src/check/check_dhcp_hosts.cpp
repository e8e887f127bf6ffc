#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "check/checks.hpp"
#include "check/subnets.hpp"
#include "grammar/arguments/dhcp_host.hpp"

namespace swapmasq::check {

namespace {

using settings::DhcpHost;

struct Host {
  const Entry* entry;
  DhcpHost line;
};

// Where in a line the first field stands of which this is true, when it is read alone.
template <typename Test>
Place place_of_item(const Entry& entry, Test test) {
  for (const auto& field : fields_of(entry.value())) {
    const auto alone = grammar::parse_dhcp_host(field.text);
    if (alone && test(*alone)) return place_of(entry, field.span);
  }
  return place_of(entry);
}

std::string text_of(const settings::HardwarePattern& pattern) {
  std::string text = pattern.type ? fmt::format("{:02x}-", *pattern.type) : std::string{};
  for (const auto& octet : pattern.octets) {
    if (&octet != &pattern.octets.front()) text += ':';
    text += octet ? fmt::format("{:02x}", *octet) : "*";
  }
  return text;
}

// Lines that can be in force for the same client at the same time: those for other subnets or other tags, or of the
// other address family, are not.
bool compete(const Host& a, const Host& b, const Subnets& subnets) {
  if (a.line.filters != b.line.filters) return false;
  if (a.line.address && b.line.address) {
    return subnets.range_of(*a.line.address) == subnets.range_of(*b.line.address);
  }
  const auto only6 = [](const DhcpHost& host) { return !host.address && !host.ipv6_addresses.empty(); };
  const auto only4 = [](const DhcpHost& host) { return host.address && host.ipv6_addresses.empty(); };
  return !(only6(a.line) && only4(b.line)) && !(only4(a.line) && only6(b.line));
}

bool same_client(const DhcpHost& a, const DhcpHost& b) {
  if (a.client_id && a.client_id == b.client_id) return true;
  return std::ranges::any_of(a.hardware, [&](const auto& one) {
    return std::ranges::any_of(b.hardware, [&](const auto& other) { return text_of(one) == text_of(other); });
  });
}

// Tells of every line whose key an earlier line has, too.
class Claims {
 public:
  Claims(const Subnets& subnets, Report& report, std::string rule)
      : subnets_(subnets), report_(report), rule_(std::move(rule)) {}

  template <typename Test>
  void claim(const std::string& key, const Host& host, const std::string& message, Test is_item) {
    const auto [first, is_new] = first_.try_emplace(key, &host);
    if (is_new || first->second == &host || !compete(*first->second, host, subnets_)) return;
    auto finding = warning(rule_, message, place_of_item(*host.entry, is_item));
    finding.related.push_back({"first given here", place_of_item(*first->second->entry, is_item)});
    report_.add(std::move(finding));
  }

 private:
  const Subnets& subnets_;
  Report& report_;
  std::string rule_;
  std::unordered_map<std::string, const Host*> first_;
};

void check_hardware(const std::vector<Host>& hosts, const Subnets& subnets, Report& report) {
  Claims claims{subnets, report, "duplicate-mac"};
  for (const auto& host : hosts) {
    for (const auto& pattern : host.line.hardware) {
      const auto key = text_of(pattern);
      claims.claim(
          key, host, fmt::format("two dhcp-host lines for the hardware address {}", key),
          [&](const DhcpHost& item) { return item.hardware.size() == 1 && text_of(item.hardware.front()) == key; });
    }
  }
}

void check_host_names(const std::vector<Host>& hosts, const Subnets& subnets, Report& report) {
  std::unordered_map<std::string, const Host*> first;
  Claims claims{subnets, report, "duplicate-name"};
  for (const auto& host : hosts) {
    const auto& line = host.line;
    if (line.name.empty()) continue;
    const auto name = line.domain.empty() ? line.name : line.name + "." + line.domain;
    // One client may have several lines.
    const auto [before, is_new] = first.try_emplace(name, &host);
    if (!is_new && same_client(before->second->line, line)) continue;
    claims.claim(name, host, fmt::format("two dhcp-host lines for the name {}", name),
                 [&](const DhcpHost& item) { return item.name == line.name; });
  }
}

// dnsmasq refuses a second line for an IPv4 address, but not for an IPv6 address.
void check_addresses(const std::vector<Host>& hosts, Report& report) {
  std::unordered_map<Ipv4, const Host*> first4;
  std::unordered_map<Ipv6, const Host*> first6;
  for (const auto& host : hosts) {
    if (host.line.address) {
      const auto is_item = [&](const DhcpHost& item) { return item.address == host.line.address; };
      const auto [first, is_new] = first4.try_emplace(*host.line.address, &host);
      if (!is_new && host.entry->finding) {
        report.relate(*host.entry->finding, {"first given here", place_of_item(*first->second->entry, is_item)});
      }
    }
    for (const auto& own : host.line.ipv6_addresses) {
      const auto is_item = [&](const DhcpHost& item) {
        return item.ipv6_addresses.size() == 1 && item.ipv6_addresses.front().address == own.address;
      };
      const auto [first, is_new] = first6.try_emplace(own.address, &host);
      if (is_new || first->second == &host || first->second->line.filters != host.line.filters) continue;
      auto finding =
          warning("duplicate-address", fmt::format("two dhcp-host lines for the address {}", own.address.to_string()),
                  place_of_item(*host.entry, is_item));
      finding.related.push_back({"first given here", place_of_item(*first->second->entry, is_item)});
      report.add(std::move(finding));
    }
  }
}

}  // namespace

void check_dhcp_hosts(const Subject& subject, Report& report) {
  std::vector<Host> hosts;
  for (const auto* const entry : subject.entries.with_refused(grammar::Option::dhcp_host)) {
    if (auto line = grammar::parse_dhcp_host(entry->value())) hosts.push_back({entry, *std::move(line)});
  }
  check_addresses(hosts, report);
  std::erase_if(hosts, [](const Host& host) { return host.entry->fate != Entry::Fate::accepted; });
  const Subnets subnets{subject};
  check_hardware(hosts, subnets, report);
  check_host_names(hosts, subnets, report);
}

}  // namespace swapmasq::check
