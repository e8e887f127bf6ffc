#include "dns/local_answers.hpp"

#include <string>

#include "base/private_ranges.hpp"
#include "dns/record_filter.hpp"
#include "dns/reverse_name.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;
namespace rcode = wire::dns_rcode;

constexpr unsigned max_chain = 254;

}  // namespace

std::optional<LocalAnswer> LocalAnswers::answer(const Asked& asked, const DomainTable& domains) {
  AnswerDraft draft{asked, data_.settings.edns_packet_max};
  if (!asked.query.is_in()) {
    if (config_.chaos(draft)) return LocalAnswer{draft.finish()};
    return std::nullopt;
  }
  if (!follow_cnames(draft)) return std::nullopt;

  ConfigAnswers::Targets targets;
  config_.records(draft, type::txt, targets);
  config_.verbatim(draft);
  if (draft.wants(type::ptr)) reverse(draft, domains);
  if (draft.wants(type::a)) addresses(draft, true);
  if (draft.wants(type::aaaa)) addresses(draft, false);
  if (!config_.records(draft, type::mx, targets)) config_.mail_host(draft);
  for (const auto one : {type::srv, type::naptr}) config_.records(draft, one, targets);
  additional(draft, targets);
  rules_of_types(draft);
  if (!draft.answered()) remaining(draft);
  if (!draft.answered()) return std::nullopt;
  if (draft.truncated()) log_.truncated(asked.origin, "cached reply");
  return LocalAnswer{draft.finish(), draft.is_stale()};
}

bool LocalAnswers::follow_cnames(AnswerDraft& draft) {
  for (unsigned links = 0; links < max_chain; ++links) {
    if (cache_.says_no_such_name(draft)) return true;
    if (!config_.follow_alias(draft)) {
      const auto link = cache_.follow(draft);
      if (link != CacheAnswers::Link::followed) return link == CacheAnswers::Link::none;
    }
    if (draft.type() == type::cname) return true;
  }
  return true;
}

void LocalAnswers::reverse(AnswerDraft& draft, const DomainTable& domains) {
  const auto address = address_of_reverse_name(draft.name().wire());
  if (address && hosts_.interface_of(draft, *address)) return;
  ConfigAnswers::Targets no_targets;
  if (config_.records(draft, type::ptr, no_targets)) return;
  if (!address || hosts_.name_of(draft, *address)) return;
  if (draft.type() == type::ptr && cache_.records(draft, type::ptr)) return;
  if (config_.synthetic_name(draft, *address)) return;
  if (data_.settings.bogus_priv && is_private(*address) && !domains.has_domain_server(draft.name().wire())) {
    log_.nx_domain(draft.origin(), from_config, *address);
    draft.settle(rcode::name_error);
  }
}

void LocalAnswers::addresses(AnswerDraft& draft, bool v4) {
  if (hosts_.addresses(draft, v4)) return;
  const auto record_type = v4 ? type::a : type::aaaa;
  if (draft.type() == record_type && cache_.records(draft, record_type)) return;
  config_.synthetic_address(draft, v4);
}

void LocalAnswers::additional(AnswerDraft& draft, const ConfigAnswers::Targets& targets) {
  for (const auto& target : targets) {
    const auto found = hosts_.additional(draft, target);
    if (!found.v4) cache_.additional(draft, target, type::a);
    if (!found.v6) cache_.additional(draft, target, type::aaaa);
  }
}

// Said even of a name that has other data, a CNAME for example.
void LocalAnswers::rules_of_types(AnswerDraft& draft) {
  if (draft.type() == type::mailb) draft.settle(rcode::name_error);
  if (draft.type() == type::soa && data_.settings.filterwin2k) no_data(draft);
}

void LocalAnswers::no_data(AnswerDraft& draft) {
  log_.no_data(draft.origin(), from_config, draft.name().wire(), draft.type());
  draft.settle();
}

void LocalAnswers::remaining(AnswerDraft& draft) {
  const auto& settings = data_.settings;
  const auto& query = draft.asked().query;
  const auto name = draft.name().wire();
  const auto asked_type = draft.type();
  if (query.cache_usable()) {
    const bool looked_up = asked_type == type::any || asked_type == type::a || asked_type == type::aaaa;
    if (!looked_up && cache_.records(draft, asked_type)) return;
    if (cache_.name_error(draft)) return;
  }
  const bool service =
      asked_type == type::srv || (asked_type == type::any && wire::to_text(name).find('_') != std::string::npos);
  if (settings.filterwin2k && service) return no_data(draft);

  // What upstream had to say would be filtered anyway, and the name exists.
  if (asked_type == type::any || query.dnssec_ok() || !is_filtered(asked_type, settings.filter_rrs)) return;
  if (!data_.has_address(name, true, draft.asked().now) && !data_.has_address(name, false, draft.asked().now) &&
      !data_.cache.knows(name, draft.now()))
    return;
  log_.no_data(draft.origin(), from_config, name, type::any);
  draft.not_authoritative();
  draft.settle();
  draft.filtered();
}

Bytes LocalAnswers::literal(const Asked& asked, const std::vector<IpAddress>& addresses) {
  const auto& query = asked.query;
  ReplyWriter out{query, asked.limit};
  for (const auto& address : addresses) {
    log_.answer(asked.origin, from_config, query.name.wire(), address.to_string());
    out.add(wire::DnsSection::answer, ReplyWriter::question_name, *AddressRecord{address, data_.settings.local_ttl});
  }
  if (out.truncated()) log_.truncated(asked.origin, "cached reply");
  return out.finish(true, rcode::no_error,
                    reply_edns(query, data_.settings.edns_packet_max, asked.client.tcp && query.dnssec_ok()));
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
