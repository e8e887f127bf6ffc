#include <algorithm>
#include <fmt/format.h>
#include <utility>
#include <vector>

#include "check/checks.hpp"
#include "check/subnets.hpp"
#include "grammar/arguments/dhcp_host.hpp"

namespace swapmasq::check {

namespace {

// Which fields of a dhcp-range line have its addresses.
template <typename Address>
Place place_of_addresses(const Entry& entry) {
  const auto fields = fields_of(entry.value());
  const auto is_address = [](const Field& field) { return Address::parse(field.text).has_value(); };
  const auto first = std::ranges::find_if(fields, is_address);
  if (first == fields.end()) return place_of(entry);
  const auto second = first + 1;
  const auto end = second != fields.end() && is_address(*second) ? second->span.end : first->span.end;
  return place_of(entry, {first->span.begin, end});
}

// Ranges in the order of their starts: one that begins before the farthest end so far overlaps. Ranges for other tags,
// or other interfaces, are no trouble.
template <typename Address, typename Range, typename SameClients>
void check_overlaps(std::vector<const Range*> ranges, SameClients same_clients, Report& report) {
  std::ranges::stable_sort(ranges, {}, [](const Range* each) { return each->range.start; });
  const Range* farthest = nullptr;
  for (const auto* const each : ranges) {
    if (farthest != nullptr && each->range.start <= farthest->range.end && same_clients(*farthest, *each)) {
      // The later line is the one that is too much.
      const bool later = each->entry > farthest->entry;
      const auto& second = later ? *each->entry : *farthest->entry;
      const auto& first = later ? *farthest->entry : *each->entry;
      auto finding = warning("overlapping-ranges", "dhcp-range lines overlap", place_of_addresses<Address>(second));
      finding.related.push_back({"with this one", place_of_addresses<Address>(first)});
      report.add(std::move(finding));
    }
    if (farthest == nullptr || farthest->range.end < each->range.end) farthest = each;
  }
}

void check_overlaps4(const Subnets& subnets, Report& report) {
  std::vector<const Range4*> ranges;
  for (const auto& each : subnets.ranges4()) {
    if (each.range.kind == settings::DhcpRange::Kind::dynamic) ranges.push_back(&each);
  }
  const auto same_clients = [](const Range4& a, const Range4& b) { return a.range.filters == b.range.filters; };
  check_overlaps<Ipv4>(std::move(ranges), same_clients, report);
}

void check_overlaps6(const Subnets& subnets, Report& report) {
  std::vector<const Range6*> ranges;
  for (const auto& each : subnets.ranges6()) {
    if (each.range.dynamic) ranges.push_back(&each);
  }
  const auto same_clients = [](const Range6& a, const Range6& b) {
    return a.range.filters == b.range.filters && a.range.constructor == b.range.constructor;
  };
  check_overlaps<Ipv6>(std::move(ranges), same_clients, report);
}

bool is_outside(const settings::DhcpHost& host, const Subnets& subnets) {
  if (host.address && !subnets.ranges4().empty() && subnets.range_of(*host.address) == nullptr) return true;
  return !subnets.ranges6().empty() &&
         std::ranges::any_of(host.ipv6_addresses, [&](const auto& own) { return !subnets.has(own); });
}

void check_host(const Entry& entry, const Subnets& subnets, Report& report) {
  const auto host = grammar::parse_dhcp_host(entry.value());
  if (!host || !is_outside(*host, subnets)) return;
  for (const auto& field : fields_of(entry.value())) {
    const auto item = grammar::parse_dhcp_host(field.text);
    if (!item || !is_outside(*item, subnets)) continue;
    auto message =
        fmt::format("the address {} is in the subnet of no dhcp-range, so that it is never given", field.text);
    report.add(warning("outside-ranges", std::move(message), place_of(entry, field.span)));
  }
}

}  // namespace

void check_dhcp_ranges(const Subject& subject, Report& report) {
  const Subnets subnets{subject};
  check_overlaps4(subnets, report);
  check_overlaps6(subnets, report);
  // A shared network brings addresses of other subnets.
  if (subject.entries.has(grammar::Option::shared_network)) return;
  for (const auto* const entry : subject.entries.of(grammar::Option::dhcp_host)) check_host(*entry, subnets, report);
}

}  // namespace swapmasq::check
