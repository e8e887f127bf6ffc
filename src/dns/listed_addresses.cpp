#include "dns/listed_addresses.hpp"

#include <algorithm>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

std::optional<IpAddress> address_in(ByteView message, const wire::DnsRecord& record) {
  if (record.klass != wire::dns_class::in) return std::nullopt;
  wire::Reader in{message};
  if (!in.seek(record.rdata_at)) return std::nullopt;
  if (record.type == wire::dns_type::a) return in.ipv4();
  if (record.type == wire::dns_type::aaaa) return in.ipv6();
  return std::nullopt;
}

}  // namespace

std::optional<ListedAddress> find_listed_address(ByteView message, const wire::DnsHeader& header,
                                                 std::size_t questions_end,
                                                 const std::vector<settings::AddressPrefix>& prefixes) {
  if (prefixes.empty()) return std::nullopt;
  wire::DnsRecords records{message, header, questions_end};
  for (auto record = records.next(); record && record->section == wire::DnsSection::answer; record = records.next()) {
    const auto address = address_in(message, *record);
    if (!address) continue;
    const auto holds = [&](const settings::AddressPrefix& prefix) {
      return address->in_prefix(prefix.address, prefix.length);
    };
    if (std::ranges::none_of(prefixes, holds)) continue;
    if (const auto owner = wire::name_at(message, record->start)) return ListedAddress{*owner, record->ttl};
  }
  return std::nullopt;
}

}  // namespace swapmasq::dns
