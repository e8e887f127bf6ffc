#include "dns/address_aliases.hpp"

#include <algorithm>
#include <optional>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

bool holds(const settings::AddressAlias& alias, Ipv4 address) {
  if (alias.last) return alias.first <= address && address <= *alias.last;
  return address.same_subnet(alias.first, alias.mask);
}

// The last line that is about the address counts.
std::optional<Ipv4> replacement(Ipv4 address, const std::vector<settings::AddressAlias>& aliases) {
  const auto alias =
      std::find_if(aliases.rbegin(), aliases.rend(), [&](const auto& one) { return holds(one, address); });
  if (alias == aliases.rend()) return std::nullopt;
  const auto mask = alias->mask.value;
  return Ipv4{(address.value & ~mask) | (alias->replacement.value & mask)};
}

}  // namespace

std::vector<RewrittenAddress> rewrite_addresses(wire::Writer& message, const wire::DnsHeader& header,
                                                std::size_t questions_end,
                                                const std::vector<settings::AddressAlias>& aliases) {
  std::vector<RewrittenAddress> rewritten;
  if (aliases.empty()) return rewritten;
  wire::DnsRecords records{message.view(), header, questions_end};
  while (const auto record = records.next()) {
    if (record->section == wire::DnsSection::authority || record->type != wire::dns_type::a ||
        record->klass != wire::dns_class::in)
      continue;
    wire::Reader in{message.view()};
    const auto address = in.seek(record->rdata_at) ? in.ipv4() : std::nullopt;
    const auto owner = wire::name_at(message.view(), record->start);
    const auto other = address ? replacement(*address, aliases) : std::nullopt;
    if (!other || !owner) continue;
    message.put_u16_at(record->rdata_at, static_cast<std::uint16_t>(other->value >> 16));
    message.put_u16_at(record->rdata_at + 2, static_cast<std::uint16_t>(other->value));
    rewritten.push_back({*owner, *other});
  }
  return rewritten;
}

}  // namespace swapmasq::dns
