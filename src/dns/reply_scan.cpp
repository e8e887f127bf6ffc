#include "dns/reply_scan.hpp"

#include <algorithm>
#include <array>

#include "dns/rdata.hpp"
#include "dns/record_filter.hpp"
#include "dns/reverse_name.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;
constexpr unsigned max_chain = 10;
constexpr std::string_view from_upstream = "reply";
constexpr std::string_view from_config = "config";

std::optional<std::uint32_t> minimum_of_soa(ByteView rdata) {
  wire::Reader in{rdata};
  if (!wire::skip_name(in)) return std::nullopt;                                         // MNAME
  if (!wire::skip_name(in) || !in.skip(4 * sizeof(std::uint32_t))) return std::nullopt;  // RNAME, SERIAL to EXPIRE
  return in.u32();
}

class Scan {
 public:
  Scan(const ScannedReply& reply, const LocalData& local, const QueryLog& log)
      : reply_(reply),
        local_(local),
        log_(log),
        now_(seconds_of(reply.now)),
        name_(reply.question.name),
        type_(reply.question.type) {}

  ReplyFindings run() {
    if (!collect()) {
      findings_.malformed = true;
      return std::move(findings_);
    }
    while (step()) {
    }
    if (findings_.rebind_owner) return std::move(findings_);
    const bool whole = !findings_.malformed && !too_long_;
    if (whole && !found_) finish_negative();
    if (!whole || (found_ && !cacheable(type_))) keep_ = false;
    if (!keep_) findings_.entries.clear();
    return std::move(findings_);
  }

 private:
  bool collect() {
    wire::DnsRecords records{reply_.message, reply_.header, reply_.question.end};
    while (const auto record = records.next()) {
      if (record->klass != wire::dns_class::in) continue;
      const auto owner = wire::name_at(reply_.message, record->start);
      if (!owner) return false;
      if (record->section == wire::DnsSection::answer) answers_.push_back({*record, *owner});
      if (record->section == wire::DnsSection::authority && record->type == type::soa)
        soas_.push_back({*record, *owner});
    }
    return !records.broken();
  }

  bool nx_domain() const { return reply_.header.rcode == wire::dns_rcode::name_error; }

  // Everything about the current name; true when a CNAME led on to another one.
  bool step() {
    for (const auto& [record, owner] : answers_) {
      if (!wire::equal_names(owner.wire(), name_.wire())) continue;
      const auto ttl = limited_ttl(record);
      if (record.type == type::cname && type_ != type::cname) return follow(record, ttl);
      if (type_ == type::any || record.type != type_) {
        log_.answer(reply_.origin, from_upstream, name_.wire(), type_tag(record.type));
        found_ = found_ || (type_ == type::any && !nx_domain());
        continue;
      }
      if (nx_domain()) continue;
      const auto rdata = standalone_rdata(reply_.message, record, stored_case(record.type));
      if (!rdata) {
        findings_.malformed = true;
        return false;
      }
      if (forbidden(record.type, *rdata)) {
        findings_.entries.clear();
        findings_.rebind_owner = name_;
        return false;
      }
      if (is_filtered(type_, local_.settings.filter_rrs)) {
        log_.no_data(reply_.origin, from_config, name_.wire(), type_);
      } else {
        log_data(record.type, *rdata);
      }
      found_ = true;
      remember(record.type, *rdata, ttl);
    }
    return false;
  }

  bool follow(const wire::DnsRecord& record, std::uint32_t ttl) {
    const auto rdata = standalone_rdata(reply_.message, record, NameCase::as_sent);
    const auto target = wire::name_at(reply_.message, record.rdata_at);
    if (!rdata || !target) {
      findings_.malformed = true;
      return false;
    }
    if (++links_ > max_chain) {
      too_long_ = true;
      return false;
    }
    log_.answer(reply_.origin, from_upstream, name_.wire(), type_tag(type::cname));
    remember(type::cname, *rdata, ttl);
    name_ = *target;
    return true;
  }

  bool forbidden(std::uint16_t record_type, ByteView rdata) const {
    wire::Reader in{rdata};
    std::optional<IpAddress> address;
    if (record_type == type::a) address = in.ipv4();
    if (record_type == type::aaaa) address = in.ipv6();
    return address && local_.rebind.forbids(reply_.question.name.lower().wire(), *address);
  }

  NameCase stored_case(std::uint16_t record_type) const {
    const bool of_address = record_type == type::ptr && address_of_reverse_name(name_.lower().wire());
    return of_address || record_type == type::cname ? NameCase::as_sent : NameCase::lower;
  }

  // max-ttl holds for the client too
  std::uint32_t limited_ttl(const wire::DnsRecord& record) {
    const auto limit = local_.settings.max_ttl;
    if (limit == 0 || record.ttl <= limit) return record.ttl;
    findings_.long_ttls_at.push_back(record.ttl_at);
    return limit;
  }

  CacheEntry& entry_for(wire::WireName name, std::uint16_t record_type) {
    for (auto& entry : findings_.entries)
      if (entry.type == record_type && entry.name == name) return entry;
    auto& entry = findings_.entries.emplace_back();
    entry.name = name;
    entry.type = record_type;
    return entry;
  }

  void remember(std::uint16_t record_type, Bytes rdata, std::uint32_t ttl) {
    const auto lower = name_.lower();
    keep(ttl);
    if (overrides_local(lower.wire(), record_type)) keep_ = false;
    auto& entry = entry_for(lower.wire(), record_type);
    CachedRecord record;
    record.expires = now_ + local_.cached_ttl(ttl);
    record.rdata = std::move(rdata);
    entry.expires = std::max(entry.expires, record.expires);
    entry.records.push_back(std::move(record));
  }

  // A reply is kept as a whole or not at all.
  void keep(std::uint32_t ttl) {
    if (local_.cached_ttl(ttl) == 0 && !local_.cache.keeps_stale()) keep_ = false;
  }

  bool overrides_local(wire::WireName name, std::uint16_t record_type) const {
    const bool cname = record_type == type::cname;
    return ((cname || record_type == type::a) && local_.has_address(name, true, reply_.now)) ||
           ((cname || record_type == type::aaaa) && local_.has_address(name, false, reply_.now));
  }

  bool cacheable(std::uint16_t record_type) const {
    if (record_type == type::a || record_type == type::aaaa || record_type == type::ptr || record_type == type::srv)
      return true;
    const auto listed = [this](std::uint16_t one) {
      return std::ranges::find(local_.settings.cache_rrs, one) != local_.settings.cache_rrs.end();
    };
    const bool never = record_type == type::any || record_type == type::cname;
    return !never && (listed(record_type) || listed(type::any));
  }

  void log_nothing() const {
    if (nx_domain())
      log_.nx_domain(reply_.origin, from_upstream, name_.wire());
    else if (type_ != type::any)
      log_.no_data(reply_.origin, from_upstream, name_.wire(), type_);
  }

  void finish_negative() {
    log_nothing();
    if (local_.settings.no_negcache || (!nx_domain() && !cacheable(type_))) {
      keep_ = false;
      return;
    }
    CacheEntry negative;
    negative.name = name_.lower().wire();
    negative.type = nx_domain() ? CacheEntry::all_types : type_;
    negative.kind = nx_domain() ? CacheEntry::Kind::nx_domain : CacheEntry::Kind::no_data;
    const auto ttl = negative_ttl(negative);
    if (!ttl) {
      keep_ = false;
      return;
    }
    keep(*ttl);
    negative.expires = now_ + local_.cached_ttl(*ttl);
    findings_.entries.push_back(std::move(negative));
  }

  // RFC 2308 section 5. The SOA becomes an entry of its own.
  std::optional<std::uint32_t> negative_ttl(CacheEntry& negative) {
    for (const auto& [record, owner] : soas_) {
      // Compared as spelled: what the reference does.
      if (!wire::is_within(name_.wire(), owner.wire())) continue;
      const auto rdata = standalone_rdata(reply_.message, record, NameCase::lower);
      if (!rdata) continue;
      const auto minimum = minimum_of_soa(*rdata);
      if (!minimum) continue;
      CacheEntry soa;
      soa.name = owner.lower().wire();
      soa.type = type::soa;
      CachedRecord kept;
      kept.expires = now_ + local_.cached_ttl(record.ttl);
      kept.rdata = *rdata;
      soa.expires = kept.expires;
      soa.records.push_back(std::move(kept));
      findings_.entries.push_back(std::move(soa));
      negative.soa_size = static_cast<std::uint8_t>(owner.wire().size());
      return std::min(record.ttl, *minimum);
    }
    // neg-ttl never stands in for the SOA of other types.
    const bool of_addresses = type_ == type::a || type_ == type::aaaa;
    if (local_.settings.neg_ttl != 0 && (nx_domain() || of_addresses)) return local_.settings.neg_ttl;
    return std::nullopt;
  }

  void log_data(std::uint16_t record_type, ByteView rdata) const {
    if (!log_.enabled()) return;
    wire::Reader in{rdata};
    if (record_type == type::txt) return log_.texts(reply_.origin, from_upstream, name_.wire(), rdata);
    if (record_type == type::a) return log_.answer(reply_.origin, from_upstream, name_.wire(), in.ipv4()->to_string());
    if (record_type == type::aaaa)
      return log_.answer(reply_.origin, from_upstream, name_.wire(), in.ipv6()->to_string());
    const auto address = record_type == type::ptr ? address_of_reverse_name(name_.lower().wire()) : std::nullopt;
    if (!address) return log_.answer(reply_.origin, from_upstream, name_.wire(), type_tag(record_type));
    log_.address_answer(reply_.origin, from_upstream, *address,
                        wire::DnsName::read(in).value_or(wire::DnsName{}).wire());
  }

  struct Owned {
    wire::DnsRecord record;
    wire::DnsName owner;
  };

  const ScannedReply& reply_;
  const LocalData& local_;
  const QueryLog& log_;
  std::int64_t now_;
  wire::DnsName name_;  // the end of the chain so far, as spelled
  std::uint16_t type_;
  std::vector<Owned> answers_;
  std::vector<Owned> soas_;
  unsigned links_ = 0;
  bool too_long_ = false;
  bool found_ = false;
  bool keep_ = true;
  ReplyFindings findings_;
};

}  // namespace

ReplyFindings scan_reply(const ScannedReply& reply, const LocalData& local, const QueryLog& log) {
  return Scan{reply, local, log}.run();
}

}  // namespace swapmasq::dns
