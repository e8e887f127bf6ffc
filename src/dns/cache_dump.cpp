#include "dns/cache_dump.hpp"

#include <ctime>
#include <fmt/chrono.h>

#include "dns/chaos.hpp"
#include "dns/query_log.hpp"
#include "dns/reverse_name.hpp"
#include "log/dns_lines.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;

std::string shown(wire::WireName name) {
  if (name.size() <= 1) return "<root>";
  return wire::printable_text(name).value_or(std::string{log::unprintable_name});
}

// Local time, as ctime(3) writes it.
std::string expiry(std::int64_t seconds) {
  return fmt::format("{:%a %b %e %H:%M:%S %Y}", fmt::localtime(static_cast<std::time_t>(seconds)));
}

// Letters at their places: type, F R I D N X H C V.
std::string flags(char type_letter, std::string_view set) {
  std::string text{type_letter};
  for (const char flag : std::string_view{"FRIDNXHCV"}) text += set.find(flag) != std::string_view::npos ? flag : ' ';
  return text;
}

char family(const IpAddress& address) { return address.is_v4() ? '4' : '6'; }

char letter(const CacheEntry& entry) {
  if (entry.kind == CacheEntry::Kind::nx_domain) return ' ';
  switch (entry.type) {
    case type::a:
      return '4';
    case type::aaaa:
      return '6';
    case type::cname:
      return 'C';
    default:
      return 'T';
  }
}

void dump_records(log::Log& log, const CacheEntry& entry) {
  const auto reverse = entry.type == type::ptr ? address_of_reverse_name(entry.name) : std::nullopt;
  for (const auto& record : entry.records) {
    wire::Reader in{record.rdata};
    auto name = shown(entry.name);
    std::string data = log::record_of_type(wire::type_name(entry.type));
    std::string flagged = flags(letter(entry), "F");
    if (entry.type == type::a) {
      data = in.ipv4().value_or(Ipv4{}).to_string();
    } else if (entry.type == type::aaaa) {
      data = in.ipv6().value_or(Ipv6{}).to_string();
    } else if (entry.type == type::cname) {
      data = shown(wire::DnsName::read(in).value_or(wire::DnsName{}).wire());
    } else if (reverse) {
      name = shown(wire::DnsName::read(in).value_or(wire::DnsName{}).wire());
      data = reverse->to_string();
      flagged = flags(family(*reverse), "R");
    }
    log.write(log::cache_line(name, data, flagged, expiry(record.expires), ""));
  }
}

void dump_negative(log::Log& log, const CacheEntry& entry) {
  const bool nx_domain = entry.kind == CacheEntry::Kind::nx_domain;
  const bool generic = !nx_domain && entry.type != type::a && entry.type != type::aaaa;
  log.write(log::cache_line(shown(entry.name), generic ? log::record_of_type(wire::type_name(entry.type)) : "",
                            flags(letter(entry), nx_domain ? "FNX" : "FN"), expiry(entry.expires), ""));
}

// Aliases, and the names that exist only because there are some below them.
void dump_config(log::Log& log, const LocalData& local) {
  local.records.for_each_alias([&](wire::WireName name, const ConfigRecords::Alias& alias) {
    log.write(log::cache_line(shown(name), shown(alias.target.wire()), flags('C', "FIC"), "", ""));
  });
  const auto dump_ancestor = [&](wire::WireName name, std::string_view set) {
    log.write(log::cache_line(shown(name), "", flags('!', set), "", ""));
  };
  auto configured = local.records.ancestors();
  if (!local.settings.no_ident) configured.emplace(chaos_ancestor());
  for (const auto& name : configured) dump_ancestor(name, "FIC");
  local.hosts->for_each_ancestor([&](wire::WireName name) {
    if (!configured.contains(name)) dump_ancestor(name, "FIH");
  });
}

}  // namespace

void dump_cached(log::Log& log, const Cache& cache) {
  cache.for_each([&](const CacheEntry& entry) {
    if (entry.kind == CacheEntry::Kind::records)
      dump_records(log, entry);
    else
      dump_negative(log, entry);
  });
}

void dump_cache(log::Log& log, const LocalData& local) {
  log.write(log::cache_heading());
  log.write(log::cache_ruler());
  dump_cached(log, local.cache);
  dump_config(log, local);
  local.hosts->for_each([&](const HostsStore::Record& record) {
    std::string set = local.hosts->by_address(record.address) == &record ? "FRIH" : "FIH";
    if (local.hosts->is_configured(record)) set += 'C';
    log.write(log::cache_line(shown(local.hosts->name(record)), record.address.to_string(),
                              flags(family(record.address), set), "", local.hosts->source(record)));
  });
  local.leases.for_each([&](wire::WireName name, const LeaseNames::Entry& entry) {
    const auto* called =
        local.hosts->by_address(entry.address) == nullptr ? local.leases.by_address(entry.address) : nullptr;
    std::string set = called != nullptr && called->name == name ? "FRD" : "FD";
    if (!entry.expires) set += 'I';
    log.write(log::cache_line(shown(name), entry.address.to_string(), flags(family(entry.address), set),
                              entry.expires ? expiry(seconds_of(*entry.expires)) : "", ""));
  });
}

}  // namespace swapmasq::dns
