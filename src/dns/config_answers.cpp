#include "dns/config_answers.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <utility>

#include "wire/writer.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;

// Where the host stands in the RDATA.
constexpr std::size_t mx_target_offset = sizeof(std::uint16_t);       // RFC 1035 section 3.3.9
constexpr std::size_t srv_target_offset = 3 * sizeof(std::uint16_t);  // RFC 2782

Bytes character_strings(const std::vector<std::string>& texts) {
  wire::Writer out;
  for (const auto& text : texts) {
    const auto kept = std::string_view{text}.substr(0, 255);
    out.u8(static_cast<std::uint8_t>(kept.size()));
    out.text(kept);
  }
  return out.take();
}

}  // namespace

bool ConfigAnswers::chaos(AnswerDraft& draft) {
  if (draft.asked().query.question.klass != wire::dns_class::chaos) return false;
  const auto name = draft.name().wire();
  const bool told = draft.wants(type::txt) && !data_.settings.no_ident;
  if (const auto text = told ? chaos_text(name, chaos_facts_()) : std::nullopt) {
    log_.answer(draft.origin(), from_config, name, type_tag(type::txt));
    const auto ttl = text->fixed ? data_.settings.local_ttl : 0;
    draft.add({type::txt, wire::dns_class::chaos, ttl, character_strings(text->strings)});
    return true;
  }
  if (!is_chaos_name(name)) return false;
  log_.chaos_not_implemented(draft.origin(), name);
  draft.not_authoritative();
  draft.settle(wire::dns_rcode::not_implemented);
  return true;
}

bool ConfigAnswers::follow_alias(AnswerDraft& draft) {
  const auto* alias = data_.records.alias(draft.name().wire());
  if (alias == nullptr) return false;
  log_.answer(draft.origin(), from_config, draft.name().wire(), type_tag(type::cname));
  draft.add(type::cname, alias->ttl.value_or(data_.settings.local_ttl), to_bytes(alias->target.wire()));
  if (draft.type() != type::cname) draft.follow(alias->target);
  return true;
}

bool ConfigAnswers::records(AnswerDraft& draft, std::uint16_t record_type, Targets& targets) {
  const auto name = draft.name().wire();
  const auto* records = draft.wants(record_type) ? data_.records.records(name) : nullptr;
  if (records == nullptr) return false;
  boost::container::small_vector<const ConfigRecords::Record*, 8> found;
  for (const auto& record : *records)
    if (record.type == record_type && !record.verbatim) found.push_back(&record);
  if (record_type == type::srv && found.size() > 1) {
    std::rotate(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(rotate(name) % found.size()), found.end());
  }
  bool logged = false;
  Targets hosts;
  for (const auto* record : found) {
    // A set of PTR records gets one line.
    if (record_type != type::ptr || !std::exchange(logged, true))
      log_.answer(draft.origin(), from_config, name, type_tag(record_type));
    draft.add(record_type, data_.settings.local_ttl, record->rdata);
    if (record_type != type::mx && record_type != type::srv) continue;
    if (auto host = draft.target_in(record->rdata, record_type == type::mx ? mx_target_offset : srv_target_offset))
      hosts.push_back(*host);
  }
  // The reference looks for the addresses after it has turned the services: the first one comes last.
  if (record_type == type::srv && hosts.size() > 1) std::rotate(hosts.begin(), hosts.begin() + 1, hosts.end());
  for (const auto& host : hosts)
    if (std::ranges::find(targets, host.name, &AnswerDraft::Target::name) == targets.end()) targets.push_back(host);
  return !found.empty();
}

void ConfigAnswers::verbatim(AnswerDraft& draft) {
  const auto* records = data_.records.records(draft.name().wire());
  if (records == nullptr) return;
  for (const auto& record : *records) {
    if (!record.verbatim || !draft.wants(record.type)) continue;
    log_.answer(draft.origin(), from_config, draft.name().wire(), type_tag(record.type));
    draft.add(record.type, data_.settings.local_ttl, record.rdata);
  }
}

void ConfigAnswers::mail_host(AnswerDraft& draft) {
  const auto& settings = data_.settings;
  const auto& name = draft.name();
  if (!draft.wants(type::mx) || !(settings.localmx || settings.selfmx) || !data_.knows_host(name.wire())) return;
  wire::Writer rdata;
  rdata.u16(1);  // preference
  (settings.selfmx ? name : wire::DnsName::from_text(settings.mx_target).value_or(wire::DnsName{})).write(rdata);
  log_.answer(draft.origin(), from_config, name.wire(), type_tag(type::mx));
  draft.add(type::mx, settings.local_ttl, rdata.view());
}

bool ConfigAnswers::synthetic_address(AnswerDraft& draft, bool v4) {
  const auto address = data_.synth_domains.address_of(draft.name().wire());
  if (!address || address->is_v4() != v4) return false;
  log_.answer(draft.origin(), from_config, draft.name().wire(), address->to_string());
  draft.add_address(*address, data_.settings.local_ttl);
  return true;
}

bool ConfigAnswers::synthetic_name(AnswerDraft& draft, const IpAddress& address) {
  const auto name = data_.synth_domains.name_of(address);
  if (!name) return false;
  log_.address_answer(draft.origin(), from_config, address, name->wire());
  draft.add(type::ptr, data_.settings.local_ttl, to_bytes(name->wire()));
  return true;
}

std::uint32_t ConfigAnswers::rotate(wire::WireName name) { return rotations_[std::string{name}]++; }

}  // namespace swapmasq::dns
