#include "dhcp/ranges.hpp"

#include <algorithm>

#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {
namespace {

using Kind = settings::DhcpRange::Kind;

Ipv4 subnet_broadcast(Ipv4 start, Ipv4 netmask) { return {start.value | ~netmask.value}; }

// What an address says about its netmask by itself (RFC 791); nothing above class C.
std::optional<Ipv4> class_netmask(Ipv4 address) {
  const auto top = address.value >> 29;
  if (top < 4) return Ipv4::netmask(8);
  if (top < 6) return Ipv4::netmask(16);
  if (top == 6) return Ipv4::netmask(24);
  return std::nullopt;
}

bool contains(const Candidates& candidates, const Range& range) {
  return std::ranges::find(candidates, &range) != candidates.end();
}

void put_in_front(Candidates& candidates, const Candidates& first) {
  candidates.insert(candidates.begin(), first.begin(), first.end());
}

}  // namespace

Ranges::Ranges(const settings::Dhcp& dhcp, log::Log& log)
    : dhcp_(dhcp), log_(log), ranges_(dhcp.ranges.begin(), dhcp.ranges.end()) {}

void Ranges::learn_netmask(Range& range, const net::InterfaceAddress& address) {
  if (range.config->netmask) return;
  const auto own = address.address.v4();
  const auto mask = address.netmask();
  const bool start_inside = own.same_subnet(range.config->start, mask);
  const bool end_inside = own.same_subnet(range.config->end, mask);
  if (!start_inside && !end_inside) return;
  if (!(start_inside && end_inside) && range.netmask != mask) {
    log_.write(log::dhcp_inconsistent_range(range.config->start, range.config->end, mask));
  }
  range.netmask = mask;
}

void Ranges::learn_broadcast(Range& range, const net::InterfaceAddress& address) {
  const auto own = address.address.v4();
  if (range.config->broadcast || !range.on_subnet(own) || !range.on_subnet(range.config->end)) return;
  range.broadcast = address.broadcast.value != 0 && range.on_subnet(address.broadcast)
                        ? address.broadcast
                        : subnet_broadcast(range.config->start, *range.netmask);
}

void Ranges::join_shared(Candidates& candidates, const net::Interface* interface, Ipv4 own, Ipv4 local) {
  for (const auto& line : dhcp_.shared_networks) {
    const bool applies = line.interface.empty() ? line.address == own : interface && line.interface == interface->name;
    if (!applies) continue;
    Candidates joined;
    for (auto& range : ranges_) {
      if (contains(candidates, range) || !range.on_subnet(line.shared) || !range.on_subnet(range.config->end)) continue;
      range.local = local;
      if (interface) range.router = {};  // one that a relay has told stays
      if (!range.broadcast) range.broadcast = subnet_broadcast(range.config->start, *range.netmask);
      joined.push_back(&range);
    }
    put_in_front(candidates, joined);
  }
}

Candidates Ranges::of_interface(const net::Interfaces& interfaces, const net::Interface& arrival, Ipv4 own) {
  Candidates candidates;
  const auto visit = [&](const net::Interface& interface, const net::InterfaceAddress& address) {
    if (!address.address.is_v4()) return;
    const auto here = address.address.v4();
    const bool arrived_here = interface.index == arrival.index;
    join_shared(candidates, &interface, here, here);
    Candidates matched;
    for (auto& range : ranges_) {
      learn_netmask(range, address);
      learn_broadcast(range, address);
      if (!arrived_here || !range.on_subnet(here) || !range.on_subnet(range.config->end)) continue;
      if (contains(candidates, range)) continue;
      range.local = here;
      range.router = here;
      matched.push_back(&range);
    }
    put_in_front(candidates, matched);
  };
  // Only an address that is not the interface's first has to be put before the others.
  for (const auto& address : arrival.addresses) {
    const bool chosen = address.address.is_v4() && address.address.v4() == own;
    if (chosen && &address != arrival.primary_ipv4()) visit(arrival, address);
  }
  for (const auto& interface : interfaces) {
    for (const auto& address : interface.addresses) visit(interface, address);
  }
  return candidates;
}

Candidates Ranges::of_selector(Ipv4 selector, Ipv4 local, Ipv4 router) {
  Candidates candidates;
  for (auto& range : ranges_) {
    const auto guess = range.netmask ? range.netmask : class_netmask(range.config->start);
    if (!guess || !range.config->start.same_subnet(selector, *guess) ||
        !range.config->start.same_subnet(range.config->end, *guess)) {
      continue;
    }
    range.netmask = guess;
    if (range.local.unspecified()) range.local = local;
    if (range.router.unspecified()) range.router = router;
    if (!range.broadcast) range.broadcast = subnet_broadcast(range.config->start, *guess);
    candidates.push_back(&range);
  }
  return candidates;
}

Candidates Ranges::on_subnet(Ipv4 address) {
  Candidates found;
  for (auto& range : ranges_) {
    if (range.on_subnet(address)) found.insert(found.begin(), &range);
  }
  return found;
}

void Ranges::add_shared(Candidates& candidates, Ipv4 relay, Ipv4 local) {
  Candidates joined = candidates;
  join_shared(joined, nullptr, relay, local);
  for (auto* range : joined) {
    if (!contains(candidates, *range)) candidates.push_back(range);
  }
}

Range* available(const Candidates& candidates, Ipv4 address, const TagSet& tags) {
  if (std::ranges::any_of(candidates, [&](const Range* range) { return range->router == address; })) return nullptr;
  const auto found = std::ranges::find_if(candidates, [&](const Range* range) {
    return range->dynamic() && range->holds(address) && tags.matches(range->config->filters);
  });
  return found == candidates.end() ? nullptr : *found;
}

Range* narrow(const Candidates& candidates, Ipv4 address, const TagSet& tags) {
  if (auto* range = available(candidates, address, tags)) return range;
  const auto first = [&](auto suits) -> Range* {
    const auto found = std::ranges::find_if(candidates, [&](const Range* range) {
      return suits(*range) && range->on_subnet(address) && tags.matches(range->config->filters);
    });
    return found == candidates.end() ? nullptr : *found;
  };
  if (auto* range = first([](const Range& r) { return r.config->kind == Kind::static_only; })) return range;
  return first([](const Range& r) { return !r.proxy(); });
}

bool is_router(const Candidates& candidates, Ipv4 address) {
  return std::ranges::any_of(candidates, [&](const Range* range) { return range->router == address; });
}

}  // namespace swapmasq::dhcp
