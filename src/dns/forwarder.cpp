#include "dns/forwarder.hpp"

#include <algorithm>
#include <utility>

#include "dns/listed_addresses.hpp"
#include "dns/reply_writer.hpp"
#include "dns/upstream_answer.hpp"
#include "dns/upstream_message.hpp"
#include "dns/upstream_source.hpp"
#include "log/dns_lines.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

namespace rcode = wire::dns_rcode;

constexpr std::chrono::seconds merge_window{2};
constexpr std::chrono::seconds tcp_timeout{10};
constexpr std::chrono::seconds between_warnings{6};
constexpr std::size_t max_sends = 0xffff;  // that a send's id can tell apart
constexpr std::uint16_t ede_network_error = 23;

Waiter waiter_of(const Asked& asked) {
  return {asked.client, asked.origin, asked.query.header.id, std::string{asked.query.question.name.wire()},
          asked.limit};
}

// The extended rcode, when there is an OPT (RFC 6891 section 6.1.3).
unsigned full_rcode(ByteView message, const wire::DnsHeader& header, const wire::DnsQuestion& question) {
  wire::DnsRecords records{message, header, question.end};
  while (const auto record = records.next())
    if (record->section == wire::DnsSection::additional && record->type == wire::dns_type::opt)
      return header.rcode | ((record->ttl >> 24) << 4);
  return header.rcode;
}

}  // namespace

std::optional<Forwarder::Refusal> Forwarder::forward(const Asked& asked, ServerSet& set, Actions& out) {
  const auto& query = asked.query;
  auto key = asked.client.tcp ? std::string{} : question_key(query);
  if (auto* same = key.empty() ? nullptr : pending_.find_question(key)) {
    const bool known = std::ranges::any_of(same->waiters, [&](const Waiter& waiter) {
      return waiter.client.endpoint == asked.client.endpoint && waiter.id == query.header.id;
    });
    if (!known && pending_.additional_waiters >= local_.settings.forward_max) {
      warn_too_many(*same->set, asked.now);
      return Refusal::too_many;
    }
    join(*same, asked, out);
    return std::nullopt;
  }
  for (const auto number : pending_.age(asked.now))
    if (auto* old = pending_.find(number)) close(*old, out);
  if (set.young_queries >= local_.settings.forward_max) {
    warn_too_many(set, asked.now);
    return Refusal::too_many;
  }

  start(pending_.add(pending_for(asked, set, std::move(key)), asked.now), asked.now, out);
  return std::nullopt;
}

void Forwarder::refresh(const Asked& asked, ServerSet& set, Actions& out) {
  auto key = question_key(asked.query);
  const auto* same = pending_.find_question(key);
  if (same != nullptr && asked.now - same->created < merge_window) return;
  if (set.young_queries >= local_.settings.forward_max) return;
  auto pending = pending_for(asked, set, std::move(key));
  pending.waiters.clear();
  pending.origin.refresh = true;
  start(pending_.add(std::move(pending), asked.now), asked.now, out);
}

PendingQuery Forwarder::pending_for(const Asked& asked, ServerSet& set, std::string key) {
  const auto& query = asked.query;
  const auto& settings = local_.settings;
  PendingQuery pending;
  pending.key = std::move(key);
  pending.question = query.question;
  pending.header = query.header;
  pending.has_edns = query.edns.has_value();
  pending.dnssec_ok = query.dnssec_ok();
  pending.tcp = asked.client.tcp;
  pending.upstream_id = static_cast<std::uint16_t>(random_());
  pending.message = upstream_message(query, pending.upstream_id, settings.edns_packet_max, pending.tcp);
  pending.scrambled = settings.do_0x20_encode && !settings.no_0x20_encode && !pending.tcp;
  if (pending.scrambled) scramble_case(pending.message, random_());
  pending.waiters.push_back(waiter_of(asked));
  pending.origin = asked.origin;
  pending.set = &set;
  return pending;
}

void Forwarder::join(PendingQuery& pending, const Asked& asked, Actions& out) {
  const auto retry = std::ranges::find_if(pending.waiters, [&](const Waiter& waiter) {
    return waiter.client.endpoint == asked.client.endpoint && waiter.id == asked.query.header.id;
  });
  if (retry != pending.waiters.end()) {
    retry->origin = asked.origin;
    pending.origin = asked.origin;
    if (pending.current) ++pending.current->counted.retried;
    ++forwarded_;
    if (strict())
      send_on(pending, asked.now, out);
    else
      send_to_all(pending, asked.now, out);
    return;
  }
  if (!pending.waiters.empty()) ++pending_.additional_waiters;
  pending.waiters.push_back(waiter_of(asked));
  if (asked.now - pending.created < merge_window) return;
  pending.origin = asked.origin;
  if (pending.current) ++pending.current->counted.retried;
  ++forwarded_;
  if (pending.asked_all)
    send_to_all(pending, asked.now, out);
  else
    send_on(pending, asked.now, out);
}

void Forwarder::start(PendingQuery& pending, TimePoint now, Actions& out) {
  if (pending.tcp) {
    send_tcp_to_next(pending, now, out);
    return;
  }
  auto& set = *pending.set;
  ++forwarded_;
  const bool ask_all = local_.settings.all_servers || (!local_.settings.strict_order && set.full_trial_due(now));
  if (ask_all)
    send_to_all(pending, now, out);
  else
    send(pending, strict() ? set.servers.front() : set.preferred(), now, out);
  if (local_.settings.fast_retry) {
    pending.retry_delay = std::chrono::milliseconds{local_.settings.fast_retry->first};
    plan_retry(pending, now);
  }
}

void Forwarder::plan_retry(PendingQuery& pending, TimePoint now) {
  retries_.push({now + pending.retry_delay, pending.number});
  pending.retry_delay *= 2;
}

void Forwarder::retry(TimePoint now, Actions& out) {
  for (; !retries_.empty() && retries_.top().when <= now; retries_.pop()) {
    auto* pending = pending_.find(retries_.top().number);
    // The whole time is kept in seconds, and the age in those of the clock.
    const auto life = local_.settings.fast_retry->total / 1000;
    if (pending == nullptr || !pending->current || seconds_of(now) - seconds_of(pending->created) >= life) continue;
    ++pending->current->counted.retried;
    ++forwarded_;
    if (pending->asked_all)
      send_to_all(*pending, now, out);
    else
      send(*pending, pending->current, now, out);
    plan_retry(*pending, now);
  }
}

void Forwarder::send(PendingQuery& pending, const std::shared_ptr<Server>& server, TimePoint now, Actions& out) {
  if (pending.sends.size() >= max_sends) return;
  const auto id = send_id(pending.number, pending.sends.size());
  pending.sends.push_back({server, now});
  pending.current = server;
  pending.last_sent = now;
  ++pending.outstanding;
  ++server->counted.sent;
  out.sends.push_back({id, pending.message, server->endpoint, source_for(*server, local_.settings), pending.tcp});
  if (pending.tcp)
    tcp_deadlines_.push_back({now + tcp_timeout, id});
  else
    query_log_.forwarded(pending.origin, pending.question.name.wire(), server->endpoint);
}

void Forwarder::send_to_all(PendingQuery& pending, TimePoint now, Actions& out) {
  pending.asked_all = true;
  for (const auto& server : pending.set->servers) send(pending, server, now, out);
}

bool Forwarder::send_to_next(PendingQuery& pending, TimePoint now, Actions& out) {
  const auto& servers = pending.set->servers;
  const auto current = std::ranges::find(servers, pending.current);
  if (current == servers.end() || std::next(current) == servers.end()) return false;
  send(pending, *std::next(current), now, out);
  return true;
}

void Forwarder::send_on(PendingQuery& pending, TimePoint now, Actions& out) {
  if (!strict() || !send_to_next(pending, now, out)) send(pending, pending.current, now, out);
}

// Round the set once, from the server that a UDP query would ask.
bool Forwarder::send_tcp_to_next(PendingQuery& pending, TimePoint now, Actions& out) {
  const auto& set = *pending.set;
  if (pending.sends.size() >= set.servers.size()) return false;
  const auto first =
      local_.settings.strict_order ? set.servers.begin() : std::ranges::find(set.servers, set.preferred());
  const auto start = first == set.servers.end() ? 0 : static_cast<std::size_t>(first - set.servers.begin());
  const auto tried = pending.sends.empty() ? start : [&] {
    const auto last = std::ranges::find(set.servers, pending.current);
    return last == set.servers.end() ? 0 : static_cast<std::size_t>(last - set.servers.begin()) + 1;
  }();
  send(pending, set.servers[tried % set.servers.size()], now, out);
  return true;
}

void Forwarder::reply(SendId id, ByteView message, TimePoint now, Actions& out) {
  auto* pending = pending_.find(number_of(id));
  if (pending == nullptr || place_of(id) >= pending->sends.size()) return;
  wire::Reader in{message};
  const auto header = wire::DnsHeader::read(in);
  const bool meant = header && header->qr && header->questions == 1 && header->id == pending->upstream_id;
  const auto question = wire::read_question(message);
  const auto match = meant && question ? match_question(*question, pending->message) : QuestionMatch::none;
  if (match == QuestionMatch::none) {
    if (!pending->tcp) return;
    // Nothing better will come over this connection.
    out.cancels.push_back(id);
    return failed(id, SendFailure::no_answer, now, out);
  }
  if (match == QuestionMatch::but_for_case && pending->scrambled) {
    if (!std::exchange(case_mismatch_told_, true)) log_.write(log::case_mismatch());
    return;
  }

  const auto sent = pending->sends[place_of(id)];
  const auto rcode = full_rcode(message, *header, *question);
  note_reply(*pending, sent, rcode, now);
  if (rcode == rcode::no_error &&
      find_listed_address(message, *header, question->end, local_.settings.ignore_addresses))
    return;
  if (!pending->tcp && try_others(*pending, *sent.server, rcode, now, out)) return;
  answer(*pending, *sent.server, message, *header, *question, now, out);
}

void Forwarder::note_reply(PendingQuery& pending, const PendingQuery::Sent& sent, unsigned rcode, TimePoint now) {
  if (pending.outstanding > 0) --pending.outstanding;
  sent.server->counted.note_latency(std::chrono::duration<double, std::milli>(now - sent.when).count());
  if (pending.tcp) return;
  auto& set = *pending.set;
  const bool current = std::ranges::find(set.servers, sent.server) != set.servers.end();
  if (rcode != rcode::refused && current) set.last_good = sent.server;
  if (rcode == rcode::refused && set.last_good == sent.server) set.last_good.reset();
}

bool Forwarder::try_others(PendingQuery& pending, Server& server, unsigned rcode, TimePoint now, Actions& out) {
  if (rcode != rcode::refused && rcode != rcode::server_failure) return false;
  if (strict()) {
    ++server.counted.failed;
    // After the last one the client hears nothing, and a repetition is for the last one alone.
    ++(send_to_next(pending, now, out) ? forwarded_ : failures_answered_);
    return true;
  }
  if (!pending.asked_all) {
    ++server.counted.failed;
    ++forwarded_;
    send_to_all(pending, now, out);
    return true;
  }
  return rcode == rcode::refused && pending.outstanding > 0;
}

void Forwarder::answer(PendingQuery& pending, Server& server, ByteView message, const wire::DnsHeader& header,
                       const wire::DnsQuestion& question, TimePoint now, Actions& out) {
  if (pending.tcp) query_log_.forwarded(pending.origin, pending.question.name.wire(), server.endpoint);
  UpstreamAnswer answer{message, header, question, pending, local_, domains_, query_log_, now};
  if (answer.refused_recursion() && (!server.refused_recursion || query_log_.enabled())) {
    server.refused_recursion = true;
    log_.write(log::refused_recursion(server.endpoint.address.to_string()));
  }
  answer.finish();
  if (answer.rcode() == rcode::name_error) ++server.counted.nx_domain;
  // The first one, then the others in reverse order.
  for (std::size_t i = 0; i < pending.waiters.size(); ++i) {
    const auto& waiter = pending.waiters[i == 0 ? 0 : pending.waiters.size() - i];
    if (i > 0) query_log_.duplicate(waiter.origin);
    out.replies.push_back({waiter.client, answer.message_for(waiter, i == 0), waiter.origin.serial});
  }
  close(pending, out);
}

void Forwarder::failed(SendId id, SendFailure failure, TimePoint now, Actions& out) {
  auto* pending = pending_.find(number_of(id));
  if (pending == nullptr || place_of(id) >= pending->sends.size()) return;
  auto& sent = pending->sends[place_of(id)];
  if (std::exchange(sent.over, true)) return;
  if (pending->tcp) {
    if (!send_tcp_to_next(*pending, now, out)) refuse_all(*pending, out);
    return;
  }
  if (failure != SendFailure::not_sent) return;
  sent.failed = true;
  if (pending->outstanding > 0) --pending->outstanding;
  if (!std::ranges::all_of(pending->sends, &PendingQuery::Sent::failed)) return;
  if (strict()) {
    if (send_to_next(*pending, now, out)) return;
  } else if (!pending->asked_all) {
    return send_to_all(*pending, now, out);
  }
  refuse_all(*pending, out);
}

// No server could be reached at all.
void Forwarder::refuse_all(PendingQuery& pending, Actions& out) {
  for (const auto& waiter : pending.waiters) {
    query_log_.refused(waiter.origin, ede_network_error);
    wire::Writer message;
    auto header = pending.header;
    header.id = waiter.id;
    header.qr = true;
    header.aa = header.tc = header.ad = false;
    header.ra = true;
    header.rcode = static_cast<std::uint8_t>(rcode::refused);
    header.answers = header.authorities = header.additionals = 0;
    header.write(message);
    message.text(waiter.spelled_name);
    message.u16(pending.question.type);
    message.u16(pending.question.klass);
    if (pending.has_edns) {
      wire::Edns edns;
      edns.udp_size = local_.settings.edns_packet_max;
      if (pending.tcp && pending.dnssec_ok) edns.flags = wire::Edns::do_flag;
      edns.set_extended_error(ede_network_error);
      if (edns.write(message)) ++header.additionals;
      header.overwrite(message);
    }
    out.replies.push_back({waiter.client, message.take(), waiter.origin.serial});
    ++failures_answered_;
  }
  close(pending, out);
}

void Forwarder::close(PendingQuery& pending, Actions& out) {
  for (std::size_t place = 0; place < pending.sends.size(); ++place)
    if (!pending.sends[place].over) out.cancels.push_back(send_id(pending.number, place));
  pending_.erase(pending.number);
}

void Forwarder::tick(TimePoint now, Actions& out) {
  for (; !tcp_deadlines_.empty() && tcp_deadlines_.front().when <= now;) {
    const auto id = tcp_deadlines_.front().id;
    tcp_deadlines_.pop_front();
    const auto* pending = pending_.find(number_of(id));
    if (pending == nullptr || pending->sends[place_of(id)].over) continue;
    out.cancels.push_back(id);
    failed(id, SendFailure::no_answer, now, out);
  }
  retry(now, out);
  for (const auto number : pending_.age(now))
    if (auto* old = pending_.find(number)) close(*old, out);
}

std::optional<TimePoint> Forwarder::next_event() const {
  auto next = pending_.next_age();
  if (!tcp_deadlines_.empty()) next = std::min(next.value_or(TimePoint::max()), tcp_deadlines_.front().when);
  if (!retries_.empty()) next = std::min(next.value_or(TimePoint::max()), retries_.top().when);
  return next;
}

std::optional<std::uint32_t> Forwarder::serial_of(SendId id) const {
  const auto* pending = pending_.find(number_of(id));
  return pending == nullptr ? std::nullopt : std::optional{pending->origin.serial};
}

void Forwarder::warn_too_many(const ServerSet& set, TimePoint now) {
  if (last_warning_ && now - *last_warning_ < between_warnings) return;
  last_warning_ = now;
  const auto limit = local_.settings.forward_max;
  log_.write(set.domain.empty() ? log::too_many_queries(limit) : log::too_many_queries_to(set.domain, limit));
}

}  // namespace swapmasq::dns
