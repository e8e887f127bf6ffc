#include "dns/cache_answers.hpp"

#include <algorithm>
#include <string>

#include "dns/record_filter.hpp"
#include "dns/reverse_name.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;

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

CacheAnswers::Link CacheAnswers::follow(AnswerDraft& draft) {
  const auto name = draft.name().wire();
  const auto* link = data_.cache.find(name, type::cname, draft.now());
  if (link == nullptr || link->records.empty()) return Link::none;
  if (!draft.asked().query.cache_usable()) return Link::unusable;
  const auto& record = link->records.front();
  wire::Reader rdata{record.rdata};
  const auto target = wire::DnsName::read(rdata);
  if (!target) return Link::none;
  log_.answer(draft.origin(), source_of(draft, record.expires), name, type_tag(type::cname));
  draft.add_link(remaining_ttl(record, draft.now()), record.rdata);
  if (draft.type() == type::cname) {
    draft.settle();
  } else {
    draft.follow(*target);
  }
  return Link::followed;
}

bool CacheAnswers::says_no_such_name(const AnswerDraft& draft) const {
  return data_.cache.find(draft.name().wire(), CacheEntry::all_types, draft.now()) != nullptr;
}

bool CacheAnswers::name_error(AnswerDraft& draft) {
  const auto* entry = data_.cache.find(draft.name().wire(), CacheEntry::all_types, draft.now());
  if (entry == nullptr) return false;
  log_.nx_domain(draft.origin(), source_of(draft, entry->expires), draft.name().wire());
  draft.not_authoritative();
  draft.settle(wire::dns_rcode::name_error);
  add_authority(draft, *entry);
  return true;
}

bool CacheAnswers::records(AnswerDraft& draft, std::uint16_t record_type) {
  if (!draft.asked().query.cache_usable()) return false;
  const auto name = draft.name().wire();
  const auto* entry = data_.cache.find(name, record_type, draft.now());
  if (entry == nullptr) return false;
  draft.not_authoritative();
  draft.settle();
  if (entry->kind == CacheEntry::Kind::no_data) {
    log_.no_data(draft.origin(), source_of(draft, entry->expires), name, record_type);
    add_authority(draft, *entry);
    return true;
  }
  if (is_filtered(record_type, data_.settings.filter_rrs)) {
    for (const auto& record : entry->records)
      if (data_.cache.usable(*entry, record.expires, draft.now()))
        log_.no_data(draft.origin(), from_config, name, record_type);
    draft.filtered();
    return true;
  }
  // Every lookup but the first moves the last record to the front. Names of an address keep their order.
  const auto count = entry->records.size();
  const auto turns = record_type == type::ptr || data_.settings.no_round_robin ? 0 : entry->lookups++ % count;
  for (std::size_t i = 0; i < count; ++i) {
    const auto& record = entry->records[(i + count - turns) % count];
    if (!data_.cache.usable(*entry, record.expires, draft.now())) continue;
    log_record(draft, source_of(draft, record.expires), record_type, record.rdata);
    draft.add(record_type, remaining_ttl(record, draft.now()), record.rdata);
  }
  return true;
}

void CacheAnswers::additional(AnswerDraft& draft, const AnswerDraft::Target& target, std::uint16_t record_type) {
  const auto* entry = data_.cache.find(target.name.wire(), record_type, draft.now());
  if (entry == nullptr) return;
  for (const auto& record : entry->records)
    if (data_.cache.usable(*entry, record.expires, draft.now()))
      draft.add_additional(target,
                           {.type = record_type, .ttl = remaining_ttl(record, draft.now()), .rdata = record.rdata});
}

std::uint32_t CacheAnswers::remaining_ttl(const CachedRecord& record, std::int64_t now) const {
  const auto left = static_cast<std::uint32_t>(std::max<std::int64_t>(record.expires - now, 0));
  const auto limit = data_.settings.max_ttl;  // also of what min-cache-ttl prolonged
  return limit == 0 ? left : std::min(left, limit);
}

std::string_view CacheAnswers::source_of(AnswerDraft& draft, std::int64_t expires) const {
  // In the second of its expiry a record still counts as fresh.
  if (draft.now() <= expires) return from_cache;
  draft.stale();
  return from_stale_cache;
}

void CacheAnswers::log_record(const AnswerDraft& draft, std::string_view source, std::uint16_t record_type,
                              ByteView rdata) const {
  if (!log_.enabled()) return;
  const auto name = draft.name().wire();
  if (record_type == type::txt) return log_.texts(draft.origin(), source, name, rdata);
  const auto address = record_type == type::ptr ? address_of_reverse_name(name) : std::nullopt;
  if (!address) return log_.answer(draft.origin(), source, name, shown_data(record_type, rdata));
  wire::Reader in{rdata};
  log_.address_answer(draft.origin(), source, *address, wire::DnsName::read(in).value_or(wire::DnsName{}).wire());
}

void CacheAnswers::add_authority(AnswerDraft& draft, const CacheEntry& negative) {
  if (negative.soa_size == 0) return;
  const auto name = draft.name().wire();
  const auto owner = name.substr(name.size() - std::min<std::size_t>(negative.soa_size, name.size()));
  const auto* soa = data_.cache.find(owner, type::soa, draft.now());
  if (soa == nullptr || soa->records.empty()) return;
  const auto& record = soa->records.front();
  draft.add_authority(owner, {.type = type::soa, .ttl = remaining_ttl(record, draft.now()), .rdata = record.rdata});
}

}  // namespace swapmasq::dns
