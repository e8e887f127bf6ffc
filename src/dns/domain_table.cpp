#include "dns/domain_table.hpp"

#include <fmt/format.h>
#include <unordered_map>
#include <utility>

#include "dns/upstream_source.hpp"
#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

using settings::DomainPattern;
using settings::DomainRule;
using Action = DomainRule::Action;

constexpr std::uint32_t any_name = 0;
constexpr std::uint32_t unqualified_names = 1;

bool asks_for(std::uint16_t asked, std::uint16_t type) { return asked == type || asked == wire::dns_type::any; }

std::string log_name(const DomainPattern& pattern) {
  return pattern.kind == DomainPattern::Kind::suffix ? '*' + pattern.name : pattern.name;
}

std::shared_ptr<Server> server_of(const DomainRule& rule, ServerOrigin origin) {
  auto server = std::make_shared<Server>();
  server->origin = origin;
  server->endpoint = rule.server;
  server->source = source_of(rule);
  server->pattern = rule.pattern;
  return server;
}

// Equal for servers of one configuration line that is read again.
std::string identity(const Server& server) {
  const auto& source = server.source;
  return fmt::format("{} {} {} {} {} {} {} {}", static_cast<int>(server.pattern.kind), server.pattern.name,
                     server.endpoint.address.to_string(), server.endpoint.port, server.endpoint.scope_id,
                     source.address ? source.address->to_string() : "", source.port.value_or(0), source.interface);
}

}  // namespace

DomainTable::DomainTable(const settings::DomainRules& rules) : entries_(2) {
  std::size_t names = 0;
  std::size_t octets = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].kind != DomainPattern::Kind::subdomains) continue;
    ++names;
    octets += rules[i].name.size();
  }
  domains_.reserve(names, octets);
  entries_.reserve(entries_.size() + names);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto rule = rules[i];
    if (rule.says.action == Action::forward) {
      add_server(server_of(rules.rule(i), ServerOrigin::configuration));
    } else {
      add(rule, ServerOrigin::configuration);
    }
  }
}

void DomainTable::add(const settings::DomainRules::Item& rule, ServerOrigin origin) {
  const auto& [kind, name, says] = rule;
  auto& entry = entry_for(kind, name);
  switch (says.action) {
    case Action::forward:
      break;
    case Action::standard_servers:
      entry.standard.add(origin);
      break;
    case Action::local_only:
      entry.local.add(origin);
      break;
    case Action::literal:
      prepend(says.address.is_v4() ? entry.v4 : entry.v6, says.address);
      break;
    case Action::zeros:
      entry.zeros = true;
      break;
  }
}

DomainTable::Entry& DomainTable::entry_for(DomainPattern::Kind kind, std::string_view name) {
  if (kind == DomainPattern::Kind::any) return entries_[any_name];
  if (kind == DomainPattern::Kind::unqualified) return entries_[unqualified_names];
  const auto place = free_entries_.empty() ? static_cast<std::uint32_t>(entries_.size()) : free_entries_.back();
  if (const auto present = index_for(kind).try_emplace(name, place); present != place) return entries_[present];
  if (kind == DomainPattern::Kind::suffix) ++suffix_lengths_[name.size()];
  if (free_entries_.empty())
    entries_.emplace_back();
  else
    free_entries_.pop_back();
  return entries_[place];
}

std::optional<std::uint32_t> DomainTable::place_of_entry(const DomainPattern& pattern) const {
  switch (pattern.kind) {
    case DomainPattern::Kind::any:
      return any_name;
    case DomainPattern::Kind::unqualified:
      return unqualified_names;
    case DomainPattern::Kind::subdomains:
      return domains_.find(pattern.name);
    case DomainPattern::Kind::suffix:
      return suffixes_.find(pattern.name);
  }
  return std::nullopt;
}

NameIndex& DomainTable::index_for(DomainPattern::Kind kind) {
  return kind == DomainPattern::Kind::suffix ? suffixes_ : domains_;
}

void DomainTable::add_server(std::shared_ptr<Server> server) {
  auto& entry = entry_for(server->pattern.kind, server->pattern.name);
  if (entry.set == none) {
    entry.set = static_cast<std::uint32_t>(sets_.size());
    sets_.emplace_back();
  }
  auto& set = sets_[entry.set];
  if (set.servers.empty()) set.domain = log_name(server->pattern);
  set.servers.push_back(server);
  servers_.push_back(std::move(server));
}

void DomainTable::withdraw(const DomainPattern& pattern, ServerOrigin origin) {
  const auto place = place_of_entry(pattern);
  if (!place) return;  // an equal pattern was withdrawn before
  auto& entry = entries_[*place];
  entry.local.remove(origin);
  entry.standard.remove(origin);
  if (entry.set != none)
    std::erase_if(sets_[entry.set].servers, [origin](const auto& server) { return server->origin == origin; });
  const bool named = *place != any_name && *place != unqualified_names;
  if (!named || entry.has_addresses() || entry.local.any() || entry.standard.any() || has_servers(entry)) return;
  if (pattern.kind == DomainPattern::Kind::suffix) {
    const auto length = suffix_lengths_.find(pattern.name.size());
    if (--length->second == 0) suffix_lengths_.erase(length);
  }
  free_entries_.push_back(*place);
  index_for(pattern.kind).erase(pattern.name);
}

// Later lines come first in the answer. Block lists give many names one address: one list serves them all.
void DomainTable::prepend(std::uint32_t& list, const IpAddress& address) {
  if (literals_.empty() || literals_.back().address != address || literals_.back().next != list)
    literals_.push_back({address, list});
  list = static_cast<std::uint32_t>(literals_.size() - 1);
}

std::vector<IpAddress> DomainTable::list(std::uint32_t first) const {
  std::vector<IpAddress> addresses;
  for (; first != none; first = literals_[first].next) addresses.push_back(literals_[first].address);
  return addresses;
}

void DomainTable::replace(ServerOrigin origin, std::vector<DomainRule> rules) {
  std::unordered_multimap<std::string, std::shared_ptr<Server>> before;
  for (const auto& server : servers_) {
    if (server->origin == origin) before.emplace(identity(*server), server);
  }
  std::erase_if(servers_, [origin](const auto& server) { return server->origin == origin; });
  for (const auto& rule : rules_.at(place_of(origin))) withdraw(rule.pattern, origin);
  for (const auto& rule : rules) {
    if (rule.action != Action::forward) {
      add({rule.pattern.kind, rule.pattern.name, rule}, origin);
      continue;
    }
    auto server = server_of(rule, origin);
    const auto same = before.extract(identity(*server));
    add_server(same.empty() ? std::move(server) : std::move(same.mapped()));
  }
  rules_.at(place_of(origin)) = std::move(rules);
  for (auto& set : sets_) set.last_good.reset();
}

void DomainTable::mark_looping(const std::shared_ptr<Server>& server) {
  server->looping = true;
  for (auto& set : sets_) {
    std::erase(set.servers, server);
    if (set.last_good == server) set.last_good.reset();
  }
}

// Only servers for every name are ever found looping: the set of those is made anew, in order.
void DomainTable::start_over() {
  for (auto& set : sets_) set.last_good.reset();
  if (std::ranges::none_of(servers_, [](const auto& server) { return server->looping; })) return;
  auto& set = sets_[entries_[any_name].set].servers;
  set.clear();
  for (const auto& server : servers_) {
    if (server->pattern.kind != DomainPattern::Kind::any) continue;
    server->looping = false;
    set.push_back(server);
  }
}

template <typename Visit>
bool DomainTable::visit_domains(std::string_view name, Visit visit) const {
  auto suffix_length = suffix_lengths_.begin();
  // Suffix patterns need no label boundary; of two matches of one length the plain domain comes first.
  const auto visit_suffixes_down_to = [&](std::size_t shortest) {
    for (; suffix_length != suffix_lengths_.end() && suffix_length->first >= shortest; ++suffix_length) {
      if (suffix_length->first > name.size()) continue;
      const auto found = suffixes_.find(name.substr(name.size() - suffix_length->first));
      if (found && visit(entries_[*found])) return true;
    }
    return false;
  };
  for (auto rest = name; !rest.empty();) {
    if (visit_suffixes_down_to(rest.size() + 1)) return true;
    const auto found = domains_.find(rest);
    if (found && visit(entries_[*found])) return true;
    const auto dot = rest.find('.');
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  }
  return visit_suffixes_down_to(1);
}

DomainTable::Choice DomainTable::forward_to_default() {
  const auto& entry = entries_[any_name];
  if (!has_servers(entry)) return {};
  return {Choice::Kind::forward, {}, false, &sets_[entry.set]};
}

std::optional<DomainTable::Choice> DomainTable::fitting(const Entry& entry, std::uint16_t type, std::uint16_t klass) {
  using wire::dns_type::a;
  using wire::dns_type::aaaa;
  if (klass == wire::dns_class::in) {
    if (entry.v6 != none && asks_for(type, aaaa))
      return Choice{Choice::Kind::addresses, list(entry.v6), false, nullptr};
    if (entry.v4 != none && asks_for(type, a)) return Choice{Choice::Kind::addresses, list(entry.v4), false, nullptr};
    if (entry.zeros && (asks_for(type, a) || asks_for(type, aaaa))) {
      Choice choice{Choice::Kind::addresses, {}, false, nullptr};
      if (asks_for(type, a)) choice.addresses.emplace_back(Ipv4{});
      if (asks_for(type, aaaa)) choice.addresses.emplace_back(Ipv6{});
      return choice;
    }
  }
  if (entry.local.any()) return Choice{Choice::Kind::local_only, {}, entry.has_addresses(), nullptr};
  if (entry.standard.any()) return forward_to_default();
  if (has_servers(entry)) return Choice{Choice::Kind::forward, {}, false, &sets_[entry.set]};
  return std::nullopt;
}

DomainTable::Choice DomainTable::choose(wire::WireName name, std::uint16_t type, std::uint16_t klass) {
  // A DS record belongs to the parent's side of the cut.
  const auto text = wire::to_text(type == wire::dns_type::ds ? wire::parent(name) : name);
  std::optional<Choice> choice;
  if (visit_domains(text, [&](const Entry& entry) {
        choice = fitting(entry, type, klass);
        return choice.has_value();
      }))
    return *choice;
  const auto& unqualified = entries_[unqualified_names];
  const bool exists =
      unqualified.has_addresses() || unqualified.local.any() || unqualified.standard.any() || has_servers(unqualified);
  if (exists && !text.empty() && text.find('.') == std::string::npos && type != wire::dns_type::ds &&
      type != wire::dns_type::dnskey)
    return fitting(unqualified, type, klass).value_or(Choice{});
  return fitting(entries_[any_name], type, klass).value_or(Choice{});
}

bool DomainTable::covered_by_address(wire::WireName name) const {
  const auto text = wire::to_text(name);
  if (entries_[any_name].has_addresses()) return true;
  if (!text.empty() && text.find('.') == std::string::npos && entries_[unqualified_names].has_addresses()) return true;
  return visit_domains(text, [](const Entry& entry) { return entry.has_addresses(); });
}

bool DomainTable::has_domain_server(wire::WireName name) const {
  bool server = false;
  visit_domains(wire::to_text(name), [&](const Entry& entry) {
    server = has_servers(entry);
    return server || entry.local.any() || entry.standard.any();
  });
  return server;
}

}  // namespace swapmasq::dns
