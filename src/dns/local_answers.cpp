#include "dns/local_answers.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include "base/private_ranges.hpp"
#include "dns/record_filter.hpp"
#include "dns/reply_writer.hpp"
#include "dns/reverse_name.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

using wire::DnsSection;
namespace type = wire::dns_type;
namespace rcode = wire::dns_rcode;

constexpr unsigned max_chain = 254;
constexpr std::uint16_t ede_filtered = 17;
constexpr std::string_view from_config = "config";
constexpr std::string_view from_cache = "cached";
constexpr std::string_view from_lease = "DHCP";

ByteView octets_of(const IpAddress& address, std::array<std::uint8_t, 4>& v4) {
  if (!address.is_v4()) return address.v6().octets;
  v4 = address.v4().octets();
  return v4;
}

Bytes character_strings(const std::vector<std::string>& texts) {
  wire::Writer out;
  for (const auto& text : texts) {
    const auto kept = std::string_view{text}.substr(0, 255);
    out.u8(static_cast<std::uint8_t>(kept.size()));
    out.text(kept);
  }
  return out.take();
}

// What a cached record is, as the log says it.
std::string shown_data(std::uint16_t record_type, ByteView rdata) {
  wire::Reader in{rdata};
  if (record_type == type::a)
    if (const auto address = in.ipv4()) return address->to_string();
  if (record_type == type::aaaa)
    if (const auto address = in.ipv6()) return address->to_string();
  return type_tag(record_type);
}

}  // namespace

// The state of one answer: which name the chain has reached, what was found.
class LocalAnswers::Answering {
 public:
  Answering(LocalAnswers& answers, const Asked& asked, const DomainTable& domains)
      : answers_(answers),
        data_(answers.data_),
        log_(answers.log_),
        asked_(asked),
        domains_(domains),
        now_(seconds_of(asked.now)),
        type_(asked.query.question.type),
        name_(asked.query.name),
        out_(asked.query, asked.limit) {}

  std::optional<Bytes> run() {
    if (!asked_.query.is_in()) return chaos();
    if (!follow_cnames()) return std::nullopt;
    configured(type::txt);
    verbatim();
    if (wants(type::ptr) && !own_interface() && !configured(type::ptr)) reverse();
    if (wants(type::a)) addresses(true);
    if (wants(type::aaaa)) addresses(false);
    if (!configured(type::mx)) mail_host();
    for (const auto one : {type::srv, type::naptr}) configured(one);
    additional();
    if (!answered_) remaining();
    if (!answered_) return std::nullopt;
    if (out_.truncated()) log_.truncated(asked_.origin, "cached reply");
    return finish();
  }

 private:
  // A host that a record in the answer names.
  struct Target {
    wire::DnsName name;
    ReplyWriter::Owner owner;
  };

  bool wants(std::uint16_t one) const { return type_ == one || type_ == type::any; }

  Bytes finish() {
    auto edns = reply_edns(asked_.query, data_.settings.edns_packet_max, asked_.query.dnssec_ok());
    if (edns && filtered_) edns->set_extended_error(ede_filtered);
    return out_.finish(aa_, rcode_, edns);
  }

  void add(std::uint16_t record_type, std::uint32_t ttl, ByteView rdata) {
    out_.add(DnsSection::answer, owner_, {record_type, wire::dns_class::in, ttl, rdata});
    answered_ = true;
  }

  // --- class CHAOS

  std::optional<Bytes> chaos() {
    if (asked_.query.question.klass != wire::dns_class::chaos || data_.settings.no_ident) return std::nullopt;
    const auto text = wants(type::txt) ? chaos_text(name_.wire(), answers_.chaos_facts_()) : std::nullopt;
    if (text) {
      log_.answer(asked_.origin, from_config, name_.wire(), type_tag(type::txt));
      const auto ttl = text->fixed ? data_.settings.local_ttl : 0;
      out_.add(DnsSection::answer, owner_, {type::txt, wire::dns_class::chaos, ttl, character_strings(text->strings)});
      return finish();
    }
    if (!is_chaos_name(name_.wire())) return std::nullopt;
    log_.chaos_not_implemented(asked_.origin, name_.wire());
    aa_ = false;
    rcode_ = rcode::not_implemented;
    return finish();
  }

  // --- the configuration's records

  // Adds the records of a type that the question wants; whether there are any.
  bool configured(std::uint16_t record_type) {
    const auto* records = wants(record_type) ? data_.records.records(name_.wire()) : nullptr;
    if (records == nullptr) return false;
    boost::container::small_vector<const ConfigRecords::Record*, 8> found;
    for (const auto& record : *records)
      if (record.type == record_type && !record.verbatim) found.push_back(&record);
    if (record_type == type::srv && found.size() > 1) {
      const auto first = answers_.rotate(name_.wire(), record_type) % found.size();
      std::rotate(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(first), found.end());
    }
    bool logged = false;
    std::vector<Target> hosts;
    for (const auto* record : found) {
      // A set of PTR records gets one line.
      if (record_type != type::ptr || !std::exchange(logged, true))
        log_.answer(asked_.origin, from_config, name_.wire(), type_tag(record_type));
      add(record_type, data_.settings.local_ttl, record->rdata);
      if (record_type == type::mx) note_target(hosts, *record, sizeof(std::uint16_t));
      if (record_type == type::srv) note_target(hosts, *record, 3 * sizeof(std::uint16_t));
    }
    // The reference looks for the addresses after it has turned the services: the first one comes last.
    if (record_type == type::srv && hosts.size() > 1) std::rotate(hosts.begin(), hosts.begin() + 1, hosts.end());
    for (const auto& host : hosts)
      if (std::ranges::find(targets_, host.name, &Target::name) == targets_.end()) targets_.push_back(host);
    return !found.empty();
  }

  // dns-rr and caa-record: of the type asked for, or all.
  void verbatim() {
    const auto* records = data_.records.records(name_.wire());
    if (records == nullptr) return;
    for (const auto& record : *records) {
      if (!record.verbatim || !wants(record.type)) continue;
      log_.answer(asked_.origin, from_config, name_.wire(), type_tag(record.type));
      add(record.type, data_.settings.local_ttl, record.rdata);
    }
  }

  // localmx and selfmx: a record for every host that has none of its own.
  void mail_host() {
    const auto& settings = data_.settings;
    if (!wants(type::mx) || !(settings.localmx || settings.selfmx) || !data_.knows_host(name_.wire())) return;
    wire::Writer rdata;
    rdata.u16(1);  // preference
    (settings.selfmx ? name_ : wire::DnsName::from_text(settings.mx_target).value_or(wire::DnsName{})).write(rdata);
    log_.answer(asked_.origin, from_config, name_.wire(), type_tag(type::mx));
    add(type::mx, settings.local_ttl, rdata.view());
  }

  // The host that the record just added names, `offset` octets into its RDATA.
  void note_target(std::vector<Target>& hosts, const ConfigRecords::Record& record, std::size_t offset) const {
    wire::Reader in{record.rdata};
    in.skip(offset);
    const auto host = wire::DnsName::read(in);
    if (host && !host->is_root())
      hosts.push_back({host->lower(), static_cast<ReplyWriter::Owner>(out_.last_rdata() + offset)});
  }

  // The addresses of those hosts, as far as they are known here. No lines.
  void additional() {
    for (const auto& host : targets_) {
      auto found = find_local(host.name.wire(), [](const Local&) { return true; });
      if (data_.settings.localise_queries) keep_local_subnet(found);
      for (const auto& local : found) {
        std::array<std::uint8_t, 4> octets{};
        out_.add(DnsSection::additional, host.owner,
                 {local.address.is_v4() ? type::a : type::aaaa, wire::dns_class::in, local.ttl,
                  octets_of(local.address, octets)});
      }
      for (const bool v4 : {true, false}) {
        const auto same_family = [v4](const Local& local) { return local.address.is_v4() == v4; };
        if (std::ranges::none_of(found, same_family)) add_cached_addresses(host, v4 ? type::a : type::aaaa);
      }
    }
  }

  // --- CNAMEs

  // False when a link exists that may not be used: then upstream decides.
  bool follow_cnames() {
    for (unsigned links = 0; links < max_chain; ++links) {
      if (data_.cache.find(name_.wire(), CacheEntry::all_types, now_) != nullptr) return true;
      if (const auto* alias = data_.records.alias(name_.wire())) {
        log_.answer(asked_.origin, from_config, name_.wire(), type_tag(type::cname));
        add(type::cname, alias->ttl.value_or(data_.settings.local_ttl), to_bytes(alias->target.wire()));
        if (type_ == type::cname) return true;
        owner_ = out_.last_rdata();
        name_ = alias->target.lower();
        continue;
      }
      const auto* link = data_.cache.find(name_.wire(), type::cname, now_);
      if (link == nullptr || link->records.empty()) return true;
      if (!asked_.query.cache_usable()) return false;
      const auto& record = link->records.front();
      wire::Reader rdata{record.rdata};
      const auto target = wire::DnsName::read(rdata);
      if (!target) return true;
      log_.answer(asked_.origin, from_cache, name_.wire(), type_tag(type::cname));
      out_.add(DnsSection::answer, owner_, {type::cname, wire::dns_class::in, remaining_ttl(record), record.rdata});
      if (type_ == type::cname) {
        answered_ = true;
        return true;
      }
      owner_ = out_.last_rdata();
      name_ = target->lower();
    }
    return true;
  }

  std::uint32_t remaining_ttl(const CachedRecord& record) const {
    const auto left = static_cast<std::uint32_t>(std::max<std::int64_t>(record.expires - now_, 0));
    const auto limit = data_.settings.max_ttl;  // also of what min-cache-ttl prolonged
    return limit == 0 ? left : std::min(left, limit);
  }

  // --- PTR

  // interface-name
  bool own_interface() {
    const auto address = address_of_reverse_name(name_.wire());
    if (!address) return false;
    const auto name = data_.interface_names.name_of(*address, *data_.interfaces);
    if (name.empty()) return false;
    log_.address_answer(asked_.origin, from_config, *address, name);
    add_name(name, data_.settings.local_ttl);
    return true;
  }

  void reverse() {
    const auto address = address_of_reverse_name(name_.wire());
    if (!address) return;
    if (const auto* record = data_.hosts->by_address(*address)) {
      const auto name = data_.hosts->name(*record);
      log_.address_answer(asked_.origin, data_.hosts->source(*record), *address, name);
      add_name(name, data_.hosts->ttl(*record, data_.settings.local_ttl));
    } else if (const auto* lease = data_.leases.by_address(*address); lease != nullptr && lease->alive(asked_.now)) {
      log_.address_answer(asked_.origin, from_lease, *address, lease->name);
      add_name(lease->name, lease_ttl(lease->expires));
    } else if (type_ == type::ptr && cached(type::ptr)) {
      return;
    } else if (data_.settings.bogus_priv && is_private(*address) && !domains_.has_domain_server(name_.wire())) {
      log_.nx_domain(asked_.origin, from_config, *address);
      rcode_ = rcode::name_error;
      answered_ = true;
    }
  }

  void add_name(wire::WireName name, std::uint32_t ttl) { add(type::ptr, ttl, to_bytes(name)); }

  std::uint32_t lease_ttl(std::optional<TimePoint> expires) const {
    const auto ttl = data_.settings.dhcp_ttl.value_or(data_.settings.local_ttl);
    if (!expires) return ttl;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(seconds_of(*expires) - now_, 0, ttl));
  }

  // --- A and AAAA

  struct Local {
    IpAddress address;
    std::uint32_t ttl;
    std::string_view source;
    bool hosts;
  };

  void addresses(bool v4) {
    const auto record_type = v4 ? type::a : type::aaaa;
    if (data_.interface_names.has(name_.wire())) {
      const auto found = interface_addresses(v4);
      if (found.empty()) return log_.no_data(asked_.origin, from_config, name_.wire(), record_type);
      return add_locals(found, record_type);
    }
    if (local_addresses(v4, record_type)) return;
    if (type_ == record_type) cached(record_type);
  }

  using Locals = boost::container::small_vector<Local, 8>;

  // What hosts files, host-record and leases have. Every lookup moves the first that it finds to the end of them all.
  template <typename Wanted>
  Locals find_local(wire::WireName name, Wanted wanted) {
    Locals all;
    for (const auto* r = data_.hosts->first(name); r != nullptr; r = data_.hosts->next(*r))
      all.push_back({r->address, data_.hosts->ttl(*r, data_.settings.local_ttl), data_.hosts->source(*r), true});
    if (const auto* entries = data_.leases.find(name))
      for (const auto& entry : *entries)
        if (entry.alive(asked_.now)) all.push_back({entry.address, lease_ttl(entry.expires), from_lease, false});
    Locals found;
    if (all.size() < 2 || data_.settings.no_round_robin) {
      std::ranges::copy_if(all, std::back_inserter(found), wanted);
      return found;
    }
    auto& order = answers_.order_of(name, all.size());
    for (const auto place : order)
      if (wanted(all[place])) found.push_back(all[place]);
    const auto first = std::ranges::find_if(order, [&](std::size_t place) { return wanted(all[place]); });
    if (first != order.end()) std::rotate(first, first + 1, order.end());
    return found;
  }

  Locals interface_addresses(bool v4) const {
    Locals found;
    for (const auto& address : data_.interface_names.addresses(name_.wire(), v4, *data_.interfaces))
      found.push_back({address, data_.settings.local_ttl, from_config, true});
    if (v4 && data_.settings.localise_queries) keep_local_subnet(found);
    return found;
  }

  bool local_addresses(bool v4, std::uint16_t record_type) {
    auto found = find_local(name_.wire(), [v4](const Local& local) { return local.address.is_v4() == v4; });
    if (v4 && data_.settings.localise_queries) keep_local_subnet(found);
    add_locals(found, record_type);
    return !found.empty();
  }

  void add_locals(const Locals& found, std::uint16_t record_type) {
    for (const auto& local : found) {
      log_.answer(asked_.origin, local.source, name_.wire(), local.address.to_string());
      std::array<std::uint8_t, 4> octets{};
      add(record_type, local.ttl, octets_of(local.address, octets));
    }
  }

  // localise-queries: hosts addresses in the subnet that the query came in on drive out those that are not.
  void keep_local_subnet(Locals& found) const {
    if (!asked_.client.local.is_v4()) return;
    for (const auto& interface : *data_.interfaces) {
      for (const auto& own : interface.addresses) {
        if (own.address != asked_.client.local) continue;
        const auto near = [&](const Local& local) { return local.address.in_prefix(own.address, own.prefix_length); };
        if (std::ranges::none_of(found, [&](const Local& local) { return local.hosts && near(local); })) return;
        const auto far = [&](const Local& local) { return local.hosts && local.address.is_v4() && !near(local); };
        found.erase(std::remove_if(found.begin(), found.end(), far), found.end());
        return;
      }
    }
  }

  // --- the cache

  // Adds what is cached for exactly this type, positive or negative.
  bool cached(std::uint16_t record_type) {
    if (!asked_.query.cache_usable()) return false;
    const auto* entry = data_.cache.find(name_.wire(), record_type, now_);
    if (entry == nullptr) return false;
    aa_ = false;
    answered_ = true;
    if (entry->kind == CacheEntry::Kind::no_data) {
      log_.no_data(asked_.origin, from_cache, name_.wire(), record_type);
      authority(*entry);
      return true;
    }
    if (is_filtered(record_type, data_.settings.filter_rrs)) {
      for (const auto& record : entry->records)
        if (record.expires > now_) log_.no_data(asked_.origin, from_config, name_.wire(), record_type);
      filtered_ = true;
      return true;
    }
    // Every lookup but the first moves the last record to the front. Names of an address keep their order.
    const auto count = entry->records.size();
    const auto turns = record_type == type::ptr || data_.settings.no_round_robin ? 0 : entry->lookups++ % count;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& record = entry->records[(i + count - turns) % count];
      if (record.expires <= now_) continue;
      log_cached(record_type, record.rdata);
      add(record_type, remaining_ttl(record), record.rdata);
    }
    return true;
  }

  void add_cached_addresses(const Target& host, std::uint16_t record_type) {
    const auto* entry = data_.cache.find(host.name.wire(), record_type, now_);
    if (entry == nullptr) return;
    for (const auto& record : entry->records)
      if (record.expires > now_)
        out_.add(DnsSection::additional, host.owner,
                 {record_type, wire::dns_class::in, remaining_ttl(record), record.rdata});
  }

  void log_cached(std::uint16_t record_type, ByteView rdata) const {
    if (!log_.enabled()) return;
    if (record_type == type::txt) return log_.texts(asked_.origin, from_cache, name_.wire(), rdata);
    const auto address = record_type == type::ptr ? address_of_reverse_name(name_.wire()) : std::nullopt;
    if (!address) return log_.answer(asked_.origin, from_cache, name_.wire(), shown_data(record_type, rdata));
    wire::Reader in{rdata};
    log_.address_answer(asked_.origin, from_cache, *address, wire::DnsName::read(in).value_or(wire::DnsName{}).wire());
  }

  void authority(const CacheEntry& negative) {
    if (negative.soa_size == 0) return;
    const auto owner =
        name_.wire().substr(name_.wire().size() - std::min<std::size_t>(negative.soa_size, name_.wire().size()));
    const auto* soa = data_.cache.find(owner, type::soa, now_);
    if (soa == nullptr || soa->records.empty()) return;
    const auto& record = soa->records.front();
    out_.add(DnsSection::authority, owner, {type::soa, wire::dns_class::in, remaining_ttl(record), record.rdata});
  }

  void remaining() {
    if (type_ == type::mailb) {
      rcode_ = rcode::name_error;
      answered_ = true;
      return;
    }
    if (type_ == type::soa && data_.settings.filterwin2k) {
      log_.no_data(asked_.origin, from_config, name_.wire(), type_);
      answered_ = true;
      return;
    }
    if (asked_.query.cache_usable()) {
      if (type_ != type::any && type_ != type::a && type_ != type::aaaa && cached(type_)) return;
      if (const auto* entry = data_.cache.find(name_.wire(), CacheEntry::all_types, now_)) {
        log_.nx_domain(asked_.origin, from_cache, name_.wire());
        aa_ = false;
        rcode_ = rcode::name_error;
        answered_ = true;
        authority(*entry);
        return;
      }
    }
    const bool service =
        type_ == type::srv || (type_ == type::any && wire::to_text(name_.wire()).find('_') != std::string::npos);
    if (data_.settings.filterwin2k && service) {
      log_.no_data(asked_.origin, from_config, name_.wire(), type_);
      answered_ = true;
      return;
    }
    if (is_filtered(type_, data_.settings.filter_rrs)) nothing_to_ask();
  }

  // What upstream had to say would be filtered anyway, and the name exists.
  void nothing_to_ask() {
    if (type_ == type::any || asked_.query.dnssec_ok()) return;
    if (!data_.knows_host(name_.wire()) && !data_.cache.knows(name_.wire(), now_)) return;
    log_.no_data(asked_.origin, from_config, name_.wire(), type::any);
    aa_ = false;
    answered_ = true;
    filtered_ = true;
  }

  LocalAnswers& answers_;
  LocalData& data_;
  const QueryLog& log_;
  const Asked& asked_;
  const DomainTable& domains_;
  std::int64_t now_;
  std::uint16_t type_;
  wire::DnsName name_;
  ReplyWriter::Owner owner_ = ReplyWriter::question_name;
  ReplyWriter out_;
  std::vector<Target> targets_;
  bool answered_ = false;
  bool filtered_ = false;
  bool aa_ = true;
  std::uint8_t rcode_ = rcode::no_error;
};

std::optional<Bytes> LocalAnswers::answer(const Asked& asked, const DomainTable& domains) {
  return Answering{*this, asked, domains}.run();
}

std::vector<std::size_t>& LocalAnswers::order_of(wire::WireName name, std::size_t count) {
  auto& order = orders_[std::string{name}];
  if (order.size() != count) {
    order.resize(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
  }
  return order;
}

// Every lookup moves the first record to the end.
std::uint32_t LocalAnswers::rotate(wire::WireName name, std::uint16_t record_type) {
  if (data_.settings.no_round_robin) return 0;
  std::string key{name};
  key += static_cast<char>(record_type);
  return rotations_[std::move(key)]++;
}

Bytes LocalAnswers::literal(const Asked& asked, const std::vector<IpAddress>& addresses) {
  ReplyWriter out{asked.query, asked.limit};
  for (const auto& address : addresses) {
    std::array<std::uint8_t, 4> octets{};
    log_.answer(asked.origin, from_config, asked.query.name.wire(), address.to_string());
    out.add(DnsSection::answer, ReplyWriter::question_name,
            {address.is_v4() ? type::a : type::aaaa, wire::dns_class::in, data_.settings.local_ttl,
             octets_of(address, octets)});
  }
  if (out.truncated()) log_.truncated(asked.origin, "cached reply");
  return out.finish(
      true, rcode::no_error,
      reply_edns(asked.query, data_.settings.edns_packet_max, asked.client.tcp && asked.query.dnssec_ok()));
}

Bytes LocalAnswers::nothing_there(const Asked& asked, bool other_types_exist) {
  const auto& query = asked.query;
  const bool known = other_types_exist || data_.knows(query.name.wire(), asked.now);
  // ANY counts as an IPv4 question here.
  const auto shown_type = query.question.type == type::any ? type::a : query.question.type;
  if (known)
    log_.no_data(asked.origin, from_config, query.name.wire(), shown_type);
  else
    log_.nx_domain(asked.origin, from_config, query.name.wire());
  ReplyWriter out{query, asked.limit};
  return out.finish(false, known ? rcode::no_error : rcode::name_error,
                    reply_edns(query, data_.settings.edns_packet_max, asked.client.tcp && query.dnssec_ok()));
}

}  // namespace swapmasq::dns
