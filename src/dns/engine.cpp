#include "dns/engine.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "dns/cache_dump.hpp"
#include "dns/domain_table.hpp"
#include "dns/forwarder.hpp"
#include "dns/local_answers.hpp"
#include "dns/local_data.hpp"
#include "dns/loop_detector.hpp"
#include "dns/parsed_query.hpp"
#include "dns/query_log.hpp"
#include "dns/reply_writer.hpp"
#include "dns/resolv_conf.hpp"
#include "dns/server_lines.hpp"
#include "dns/statistics.hpp"
#include "log/dns_lines.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

namespace type = wire::dns_type;
namespace rcode = wire::dns_rcode;

constexpr int no_extended_error = -1;
constexpr int ede_not_ready = 14;
constexpr int ede_invalid_data = 24;
constexpr std::uint32_t serials_of_connection = 100;  // as many as it may ask
constexpr std::size_t max_tcp_answer = 65000;         // leaves room for the OPT

}  // namespace

class Engine::State {
 public:
  State(const settings::Dns& dns, Surroundings surroundings)
      : settings(dns),
        log(surroundings.log),
        canonicalise(std::move(surroundings.canonicalise)),
        version(std::move(surroundings.version)),
        query_log(log, dns.log_queries),
        domains(dns.rules),
        local(dns),
        answers(local, query_log, [this] { return chaos_facts(); }),
        forwarder(local, domains, query_log, log, surroundings.random),
        loops(std::move(surroundings.random)),
        others_(std::move(surroundings.others)),
        heard_(std::move(surroundings.heard)),
        serial_(surroundings.first_serial - surroundings.serial_step),
        serial_step_(surroundings.serial_step) {}

  void receive(const Query& query, TimePoint now, Actions& out);
  std::uint32_t reserve_serials();
  void log_servers();
  ServerFate fate_of(const Server& server) const;
  void set_lease_names(const std::vector<LeaseName>& names);
  void update_lease_names(std::span<const LeaseUpdate> updates);
  Figures figures() const;
  // With those of the engines beside this one.
  Figures all_figures() const;

  const settings::Dns& settings;
  log::Log& log;
  CanonicaliseName canonicalise;
  std::string version;
  QueryLog query_log;
  DomainTable domains;
  LocalData local;
  LocalAnswers answers;
  Forwarder forwarder;
  LoopDetector loops;
  std::vector<IpAddress> own_addresses;
  bool complained_about_resolv = false;  // until the next success

 private:
  std::optional<Bytes> answer(const Asked& asked, Actions& out);
  void refresh(const Asked& asked, Actions& out);
  void refuse(const Asked& asked, int extended_error, Actions& out);
  static void no_answer(const Client& client, Actions& out);
  static void drop(const Client& client, Actions& out);
  bool needs_domain(const ParsedQuery& query) const;
  void reply(const Asked& asked, Bytes message, Actions& out);
  struct Claim {
    bool taken = false;
    std::optional<log::Line> objection;
  };
  Claim claim(std::string_view name, const LeaseName& lease) const;
  bool publish(const LeaseName& lease);
  void log_contested() const;
  ChaosFacts chaos_facts() const;

  std::vector<LeaseName> contested_;  // leases that may not have one of their names, the newest first
  std::function<Figures()> others_;
  std::function<void(const Query&, std::uint32_t)> heard_;
  std::uint32_t serial_;
  std::uint32_t serial_step_;
  std::uint64_t answered_locally_ = 0;
  std::uint64_t answered_stale_ = 0;
};

void Engine::State::reply(const Asked& asked, Bytes message, Actions& out) {
  ++answered_locally_;
  out.replies.push_back({asked.client, std::move(message), asked.origin.serial});
}

// The next query of a TCP connection is waiting.
void Engine::State::no_answer(const Client& client, Actions& out) {
  if (client.tcp) out.unanswered.push_back(client);
}

void Engine::State::drop(const Client& client, Actions& out) {
  if (client.tcp) out.dropped.push_back(client);
}

void Engine::State::refuse(const Asked& asked, int extended_error, Actions& out) {
  query_log.refused(asked.origin, extended_error);
  if (asked.query.verdict == ParsedQuery::Verdict::unanswerable) return drop(asked.client, out);
  ReplyWriter writer{asked.query, asked.limit};
  auto edns = reply_edns(asked.query, settings.edns_packet_max, asked.client.tcp && asked.query.dnssec_ok());
  if (edns && extended_error >= 0) edns->set_extended_error(static_cast<std::uint16_t>(extended_error));
  reply(asked, writer.finish(false, rcode::refused, edns), out);
}

// domain-needed: plain names are for us to know.
bool Engine::State::needs_domain(const ParsedQuery& query) const {
  const auto asked = query.question.type;
  return settings.domain_needed && query.is_in() && query.name.single_label() &&
         (asked == type::a || asked == type::aaaa || asked == type::any);
}

void Engine::State::receive(const Query& query, TimePoint now, Actions& out) {
  if (!query.client.tcp && (query.message.size() > settings.edns_packet_max || query.client.endpoint.port == 0)) return;
  const auto parsed = parse_query(query.message);
  if (parsed.verdict == ParsedQuery::Verdict::ignore) return no_answer(query.client, out);
  auto& serial = query.last_serial != nullptr ? *query.last_serial : serial_;
  const Asked asked{parsed,
                    query.client,
                    {serial += serial_step_, query.client.endpoint, query.client.tcp},
                    query.client.tcp ? max_tcp_answer : udp_limit(parsed, settings.edns_packet_max),
                    now};
  if (heard_) heard_(query, asked.origin.serial);
  switch (parsed.verdict) {
    case ParsedQuery::Verdict::other_opcode_unanswerable:
      query_log.non_query(asked.origin, parsed.header.opcode);
      return drop(asked.client, out);
    case ParsedQuery::Verdict::other_opcode: {
      query_log.non_query(asked.origin, parsed.header.opcode);
      ReplyWriter writer{parsed, asked.limit};
      return reply(asked,
                   writer.finish(false, rcode::not_implemented, reply_edns(parsed, settings.edns_packet_max, false)),
                   out);
    }
    case ParsedQuery::Verdict::invalid:
    case ParsedQuery::Verdict::unanswerable:
      return refuse(asked, ede_invalid_data, out);
    default:
      break;
  }
  query_log.query(asked.origin, parsed.question.type, parsed.name.wire());
  if (const auto looping = loops.culprit(parsed)) {
    domains.mark_looping(looping);
    no_answer(query.client, out);
    return log_servers();
  }
  if (auto message = answer(asked, out)) reply(asked, std::move(*message), out);
}

// The steps of section 3; nothing when the query was forwarded or refused.
std::optional<Bytes> Engine::State::answer(const Asked& asked, Actions& out) {
  const auto& query = asked.query;
  if (auto local_answer = answers.answer(asked, domains)) {
    if (!local_answer->stale) return std::move(local_answer->message);
    ++answered_stale_;
    out.replies.push_back({asked.client, std::move(local_answer->message), asked.origin.serial});
    refresh(asked, out);
    return std::nullopt;
  }
  const auto choice = domains.choose(query.name.wire(), query.question.type, query.question.klass);
  switch (choice.kind) {
    case DomainTable::Choice::Kind::nothing:
      refuse(asked, ede_not_ready, out);
      return std::nullopt;
    case DomainTable::Choice::Kind::addresses:
      return answers.literal(asked, choice.addresses);
    case DomainTable::Choice::Kind::local_only:
      return answers.nothing_there(asked, choice.other_types_exist);
    case DomainTable::Choice::Kind::forward:
      break;
  }
  if (needs_domain(query)) return answers.nothing_there(asked, false);
  if (forwarder.forward(asked, *choice.servers, out)) refuse(asked, no_extended_error, out);
  return std::nullopt;
}

void Engine::State::refresh(const Asked& asked, Actions& out) {
  const auto& query = asked.query;
  const auto choice = domains.choose(query.name.wire(), query.question.type, query.question.klass);
  if (choice.kind == DomainTable::Choice::Kind::forward && !needs_domain(query))
    forwarder.refresh(asked, *choice.servers, out);
}

std::uint32_t Engine::State::reserve_serials() {
  return std::exchange(serial_, serial_ + serials_of_connection * serial_step_);
}

void Engine::State::log_servers() {
  log_server_list(log, domains, settings.rules, *local.interfaces,
                  [this](const Server& server) { return fate_of(server); });
  domains.drop_servers([this](const Server& server) {
    const auto fate = fate_of(server);
    return fate == ServerFate::own || fate == ServerFate::nowhere;
  });
}

ServerFate Engine::State::fate_of(const Server& server) const {
  const auto& address = server.endpoint.address;
  if (address == IpAddress{Ipv4{}}) return ServerFate::nowhere;
  if (server.looping) return ServerFate::looping;
  const bool own =
      server.endpoint.port == settings.port && std::ranges::find(own_addresses, address) != own_addresses.end();
  return own ? ServerFate::own : ServerFate::used;
}

// Aliases, hosts files and host-record come before leases.
Engine::State::Claim Engine::State::claim(std::string_view name, const LeaseName& lease) const {
  const auto parsed = wire::DnsName::from_text(name);
  if (!parsed) return {};
  const auto address = lease.address.to_string();
  if (local.records.alias(parsed->lower().wire()) != nullptr) return {true, log::name_is_alias(name, address)};
  const auto* first = local.hosts->first(parsed->lower().wire());
  const HostsStore::Record* other = nullptr;
  for (const auto* record = first; record != nullptr; record = local.hosts->next(*record)) {
    if (record->address == lease.address) return {true, std::nullopt};
    if (record->address.is_v4() == lease.address.is_v4()) other = record;  // the last one is named
  }
  if (other == nullptr) return {};
  return {true, log::name_not_given(name, address, local.hosts->source(*other), other->address.to_string())};
}

// True: somebody objects.
bool Engine::State::publish(const LeaseName& lease) {
  bool contested = false;
  for (const auto& name : {lease.qualified, lease.name}) {
    if (name.empty()) continue;
    const auto found = claim(name, lease);
    contested |= found.objection.has_value();
    if (found.taken) continue;
    local.leases.add(name, lease.address, lease.expires);
    if (const auto parsed = wire::DnsName::from_text(name)) local.cache.forget(parsed->lower().wire());
  }
  return contested;
}

void Engine::State::log_contested() const {
  for (const auto& lease : contested_) {
    for (const auto& name : {lease.qualified, lease.name}) {
      if (const auto found = claim(name, lease); !name.empty() && found.objection) log.write(*found.objection);
    }
  }
}

void Engine::State::set_lease_names(const std::vector<LeaseName>& names) {
  local.leases.clear();
  contested_.clear();
  for (const auto& lease : names) {
    if (publish(lease)) contested_.push_back(lease);
  }
  log_contested();
}

void Engine::State::update_lease_names(std::span<const LeaseUpdate> updates) {
  for (const auto& update : updates) {
    local.leases.remove(update.address);
    const auto place = std::ranges::find(contested_, update.address, &LeaseName::address);
    const bool contested = update.lease && publish(*update.lease);
    if (place == contested_.end()) {
      if (contested) contested_.insert(contested_.begin(), *update.lease);
    } else if (contested) {
      *place = *update.lease;
    } else {
      contested_.erase(place);
    }
  }
  log_contested();
}

Figures Engine::State::figures() const {
  Figures own;
  own.forwarded = forwarder.forwarded();
  own.answered_locally = answered_locally_ + forwarder.failures_answered();
  own.answered_stale = answered_stale_;
  own.insertions = local.cache.insertions();
  own.evictions = local.cache.evictions();
  for (const auto& server : domains.servers()) own.add(server->endpoint, server->counted);
  return own;
}

Figures Engine::State::all_figures() const {
  auto all = figures();
  if (others_) all.add(others_());
  return all;
}

ChaosFacts Engine::State::chaos_facts() const {
  const auto all = all_figures();
  ChaosFacts facts{version,       settings.cache_size,  all.insertions,    all.evictions,
                   all.forwarded, all.answered_locally, all.authoritative, {}};
  for (const auto& [server, counted] : all.servers)
    facts.servers.push_back(
        fmt::format("{}#{} {} {}", server.address.to_string(), server.port, counted.sent, counted.failed));
  return facts;
}

Engine::Engine(const settings::Dns& dns, Surroundings surroundings)
    : state_(std::make_unique<State>(dns, std::move(surroundings))) {}

Engine::~Engine() = default;

void Engine::set_listen_addresses(std::vector<IpAddress> addresses) { state_->own_addresses = std::move(addresses); }

void Engine::log_servers() {
  auto& state = *state_;
  state.domains.start_over();
  state.log_servers();
  if (state.settings.loop_detect) state.loops.probe(state.domains.servers(), state.settings);
}

bool Engine::has_configured_servers() const { return !state_->settings.rules.empty(); }

bool Engine::read_resolv(const std::string& path, const Result<std::string>& text, bool quiet) {
  auto& state = *state_;
  if (!text) {
    state.log.write(log::failed_to_read(path, text.error()));
    if (quiet) return false;  // without polling the old servers stay
  }
  const auto servers = text ? parse_resolv_conf(*text, *state.local.interfaces) : std::vector<Endpoint>{};
  std::vector<settings::DomainRule> rules(servers.size());
  std::ranges::transform(servers, rules.begin(), [](const Endpoint& server) {
    settings::DomainRule rule;
    rule.server = server;
    return rule;
  });
  state.domains.replace(ServerOrigin::resolv_conf, std::move(rules));
  if (servers.empty() && !quiet) {
    if (!std::exchange(state.complained_about_resolv, true)) state.log.write(log::no_servers_in(path));
    return false;
  }
  state.complained_about_resolv = false;
  if (!quiet) {
    state.log.write(log::reading_resolv(path));
    log_servers();
  }
  return !servers.empty();
}

void Engine::load_hosts(std::span<const HostsText> files, TimePoint /*now*/) {
  auto& state = *state_;
  state.local.cache.clear();
  state.answers.forget_rotations();
  if (state.settings.no_hosts && state.settings.hosts_files.empty() && state.settings.cache_size > 0)
    state.log.write(log::cleared_cache());
  state.local.hosts = dns::load_hosts(state.settings, *state.local.interfaces, files, state.canonicalise, state.log);
}

void Engine::load_dynamic_hosts(const HostsText& file) {
  auto& state = *state_;
  dns::load_dynamic_hosts(state.settings, *state.local.interfaces, file, state.canonicalise, *state.local.hosts,
                          state.log);
}

void Engine::remove_dynamic_hosts(const std::string& path) {
  dns::remove_dynamic_hosts(path, *state_->local.hosts, state_->log);
}

void Engine::set_servers_file(std::vector<settings::DomainRule> rules) {
  state_->domains.replace(ServerOrigin::servers_file, std::move(rules));
}

void Engine::set_lease_names(const std::vector<LeaseName>& names) { state_->set_lease_names(names); }

void Engine::update_lease_names(std::span<const LeaseUpdate> updates) { state_->update_lease_names(updates); }

void Engine::set_interfaces(std::shared_ptr<const net::Interfaces> interfaces) {
  state_->local.interfaces = std::move(interfaces);
}

void Engine::receive(const Query& query, TimePoint now, Actions& out) { state_->receive(query, now, out); }

std::uint32_t Engine::reserve_serials() { return state_->reserve_serials(); }

void Engine::upstream_reply(SendId id, ByteView message, TimePoint now, Actions& out) {
  state_->forwarder.reply(id, message, now, out);
}

std::optional<std::uint32_t> Engine::serial_of(SendId id) const { return state_->forwarder.serial_of(id); }

void Engine::upstream_failed(SendId id, SendFailure failure, TimePoint now, Actions& out) {
  state_->forwarder.failed(id, failure, now, out);
}

void Engine::tick(TimePoint now, Actions& out) {
  state_->loops.tick(now, out);
  state_->forwarder.tick(now, out);
}

std::optional<TimePoint> Engine::next_event() const {
  const auto query = state_->forwarder.next_event();
  const auto probe = state_->loops.next_event();
  return query && probe ? std::min(query, probe) : query ? query : probe;
}

std::vector<std::string> Engine::names_of(const IpAddress& address) const {
  const auto& hosts = *state_->local.hosts;
  const auto* record = hosts.by_address(address);
  if (record == nullptr) return {};
  return {wire::to_text(hosts.name(*record))};
}

std::vector<IpAddress> Engine::addresses_of(std::string_view name) const {
  std::vector<IpAddress> addresses;
  const auto& hosts = *state_->local.hosts;
  const auto parsed = wire::DnsName::from_text(name);
  if (!parsed) return addresses;
  for (const auto* record = hosts.first(parsed->lower().wire()); record != nullptr; record = hosts.next(*record))
    addresses.push_back(record->address);
  return addresses;
}

Figures Engine::figures() const { return state_->figures(); }

void Engine::log_statistics(TimePoint now, bool with_cache) {
  auto& state = *state_;
  dns::log_statistics(state.log, state.settings, state.all_figures(), now);
  if (with_cache) dump_cache(state.log, state.local);
}

void Engine::log_cached() { dump_cached(state_->log, state_->local.cache); }

}  // namespace swapmasq::dns
