#include "dns/upstream_answer.hpp"

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <limits>

#include "dns/address_aliases.hpp"
#include "dns/listed_addresses.hpp"
#include "dns/record_filter.hpp"
#include "dns/reply_scan.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

namespace rcode = wire::dns_rcode;
constexpr std::uint16_t ede_other = 0;
constexpr std::uint16_t ede_blocked = 15;
constexpr std::uint16_t ede_filtered = 17;
constexpr std::string_view from_config = "config";

}  // namespace

UpstreamAnswer::UpstreamAnswer(ByteView reply, const wire::DnsHeader& header, const wire::DnsQuestion& question,
                               const PendingQuery& pending, LocalData& local, const DomainTable& domains,
                               const QueryLog& log, TimePoint now)
    : pending_(pending),
      local_(local),
      domains_(domains),
      log_(log),
      now_(now),
      header_(header),
      question_(question),
      full_rcode_(header.rcode),
      unchecked_(header.cd || pending.header.cd) {
  split(reply, question.end);
  refused_recursion_ = !header_.ra && full_rcode_ == rcode::no_error;
  header_.qr = true;
  header_.ra = true;
  header_.ad = false;
  header_.cd = pending.header.cd;
}

void UpstreamAnswer::split(ByteView reply, std::size_t question_end) {
  wire::DnsRecords records{reply, header_, question_end};
  boost::container::small_vector<wire::DnsRecord, 1> opts;
  while (const auto record = records.next())
    if (record->section == wire::DnsSection::additional && record->type == wire::dns_type::opt) opts.push_back(*record);
  broken_ = records.broken();
  const auto end = records.position();
  if (opts.empty() || header_.opcode != 0) {
    sections_.bytes(reply.first(end));
    return;
  }
  // The last one counts; of a client that sent none, all are kept away.
  edns_ = wire::Edns::from(reply, opts.back());
  full_rcode_ |= static_cast<unsigned>(edns_->extended_rcode) << 4;
  edns_->udp_size = local_.settings.edns_packet_max;
  if (!pending_.has_edns)
    edns_.reset();
  else
    opts.erase(opts.begin(), opts.end() - 1);
  std::size_t copied = 0;
  for (const auto& opt : opts) {
    sections_.bytes(reply.subspan(copied, opt.start - copied));
    copied = opt.end();
    --header_.additionals;
  }
  sections_.bytes(reply.subspan(copied, end - copied));
}

void UpstreamAnswer::drop_records() {
  sections_.roll_back(question_.end);
  header_.answers = 0;
  header_.authorities = 0;
  header_.additionals = 0;
}

// NXDOMAIN about a name that exists here is only true for what upstream knows.
void UpstreamAnswer::repair_name_error() {
  if (header_.rcode != rcode::name_error) return;
  const auto name = question_.name.lower();
  if (!local_.knows(name.wire(), now_) && !domains_.covered_by_address(name.wire())) return;
  header_.rcode = rcode::no_error;
  header_.aa = true;
}

void UpstreamAnswer::put_aliases() {
  for (const auto& [owner, address] : rewrite_addresses(sections_, header_, question_.end, local_.settings.aliases)) {
    log_.answer(pending_.origin, from_config, owner.wire(), address.to_string());
    header_.aa = false;
  }
}

bool UpstreamAnswer::made_name_error() {
  if (header_.rcode == rcode::name_error) return false;
  const auto bogus = find_listed_address(sections_.view(), header_, question_.end, local_.settings.bogus_nxdomain);
  if (!bogus) return false;
  log_.nx_domain(pending_.origin, from_config, bogus->owner.wire());
  drop_records();
  header_.rcode = rcode::name_error;
  header_.aa = false;
  extended_error_ = ede_blocked;
  if (unchecked_) return true;
  CacheEntry negative;
  negative.name = bogus->owner.lower().wire();
  negative.kind = CacheEntry::Kind::nx_domain;
  negative.expires = seconds_of(now_) + local_.cached_ttl(bogus->ttl);
  local_.cache.insert({std::move(negative)}, seconds_of(now_));
  return true;
}

void UpstreamAnswer::scan() {
  if (question_.klass != wire::dns_class::in) return;
  auto findings = scan_reply({sections_.view(), header_, question_, pending_.origin, now_}, local_, log_);
  broken_ = findings.malformed;
  if (broken_) return;
  if (findings.rebind_owner) {
    log_.rebind_attack(findings.rebind_owner->wire());
    drop_records();
    extended_error_ = ede_blocked;
    return;
  }
  for (const auto position : findings.long_ttls_at) {
    sections_.put_u16_at(position, static_cast<std::uint16_t>(local_.settings.max_ttl >> 16));
    sections_.put_u16_at(position + 2, static_cast<std::uint16_t>(local_.settings.max_ttl));
  }
  if (!unchecked_) local_.cache.insert(std::move(findings.entries), seconds_of(now_));
}

void UpstreamAnswer::finish() {
  const auto& origin = pending_.origin;
  if (!broken_ && header_.opcode == 0) {
    if (full_rcode_ != rcode::no_error && full_rcode_ != rcode::name_error) {
      log_.reply_error(origin, full_rcode_);
    } else if (header_.tc) {
      log_.truncated(origin, "reply");
    } else {
      repair_name_error();
      put_aliases();
      if (!made_name_error()) scan();
      if (!broken_ && header_.rcode == rcode::no_error &&
          filter_records(sections_, header_, question_, local_.settings.filter_rrs))
        extended_error_ = ede_filtered;
    }
  }
  if (broken_) {
    drop_records();
    header_.rcode = rcode::server_failure;
    header_.tc = false;
    extended_error_ = ede_other;
  }
  if (edns_ && extended_error_) {
    edns_->set_extended_error(*extended_error_);
    if (pending_.dnssec_ok) edns_->flags |= wire::Edns::do_flag;  // back in an OPT that upstream sent without it
  }
}

Bytes UpstreamAnswer::message_for(const Waiter& waiter, bool first) const {
  wire::Writer out{std::numeric_limits<std::uint16_t>::max()};
  out.bytes(sections_.view());
  if ((!first || pending_.scrambled) && waiter.spelled_name.size() == question_.name.wire().size()) {
    std::size_t at = wire::dns_header_size;
    for (const char c : waiter.spelled_name) out.put_u8_at(at++, static_cast<std::uint8_t>(c));
  }
  auto header = header_;
  header.id = waiter.id;
  if (edns_ && edns_->write(out)) ++header.additionals;
  if (out.size() > waiter.limit) {
    log_.truncated(waiter.origin, "reply");
    out.roll_back(question_.end);
    header.tc = true;
    header.answers = 0;
    header.authorities = 0;
    header.additionals = edns_ && edns_->write(out) ? 1 : 0;
  }
  header.overwrite(out);
  return out.take();
}

}  // namespace swapmasq::dns
