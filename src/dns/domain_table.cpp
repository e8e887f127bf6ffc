#include "dns/domain_table.hpp"

#include <functional>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

using settings::DomainPattern;
using settings::DomainRule;
using Action = DomainRule::Action;

constexpr std::size_t any_name = 0;
constexpr std::size_t unqualified_names = 1;

bool asks_for(std::uint16_t asked, std::uint16_t type) { return asked == type || asked == wire::dns_type::any; }

std::string log_name(const DomainPattern& pattern) {
  return pattern.kind == DomainPattern::Kind::suffix ? '*' + pattern.name : pattern.name;
}

}  // namespace

DomainTable::DomainTable(const std::vector<DomainRule>& rules) : entries_(2) {
  for (const auto& rule : rules) {
    auto& entry = entry_for(rule.pattern);
    switch (rule.action) {
      case Action::forward:
        add_server(rule);
        break;
      case Action::standard_servers:
        entry.standard = true;
        break;
      case Action::local_only:
        entry.local = true;
        break;
      case Action::literal:
        prepend(rule.address.is_v4() ? entry.v4 : entry.v6, rule.address);
        break;
      case Action::zeros:
        entry.zeros = true;
        break;
    }
  }
  configured_ = servers_.size();
  for (const auto& [suffix, index] : suffixes_) suffix_lengths_.push_back(suffix.size());
  std::ranges::sort(suffix_lengths_, std::greater{});
  suffix_lengths_.erase(std::unique(suffix_lengths_.begin(), suffix_lengths_.end()), suffix_lengths_.end());
}

DomainTable::Entry& DomainTable::entry_for(const DomainPattern& pattern) {
  if (pattern.kind == DomainPattern::Kind::any) return entries_[any_name];
  if (pattern.kind == DomainPattern::Kind::unqualified) return entries_[unqualified_names];
  auto& index = pattern.kind == DomainPattern::Kind::suffix ? suffixes_ : domains_;
  const auto [at, added] = index.try_emplace(pattern.name, static_cast<std::uint32_t>(entries_.size()));
  if (added) entries_.emplace_back();
  return entries_[at->second];
}

void DomainTable::add_server(const DomainRule& rule) {
  auto& entry = entry_for(rule.pattern);
  if (entry.set == none) {
    entry.set = static_cast<std::uint32_t>(sets_.size());
    sets_.emplace_back().domain = log_name(rule.pattern);
  }
  auto server = std::make_shared<Server>();
  server->endpoint = rule.server;
  server->source = {rule.source_address, rule.source_port, 0, 0, rule.source_interface};
  server->pattern = rule.pattern;
  sets_[entry.set].servers.push_back(server);
  servers_.push_back(std::move(server));
}

// Later lines come first in the answer.
void DomainTable::prepend(std::uint32_t& list, const IpAddress& address) {
  literals_.push_back({address, list});
  list = static_cast<std::uint32_t>(literals_.size() - 1);
}

std::vector<IpAddress> DomainTable::list(std::uint32_t first) const {
  std::vector<IpAddress> addresses;
  for (; first != none; first = literals_[first].next) addresses.push_back(literals_[first].address);
  return addresses;
}

void DomainTable::replace_added(const std::vector<Endpoint>& added) {
  const auto is_added = [this](const std::shared_ptr<Server>& server) {
    return std::find(servers_.begin() + static_cast<std::ptrdiff_t>(configured_), servers_.end(), server) !=
           servers_.end();
  };
  if (entries_[any_name].set != none) std::erase_if(sets_[entries_[any_name].set].servers, is_added);
  servers_.resize(configured_);
  for (const auto& endpoint : added) {
    DomainRule rule;
    rule.server = endpoint;
    add_server(rule);
  }
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
void DomainTable::forgive_loops() {
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
    for (; suffix_length != suffix_lengths_.end() && *suffix_length >= shortest; ++suffix_length) {
      if (*suffix_length > name.size()) continue;
      const auto found = suffixes_.find(name.substr(name.size() - *suffix_length));
      if (found != suffixes_.end() && visit(entries_[found->second])) return true;
    }
    return false;
  };
  for (auto rest = name; !rest.empty();) {
    if (visit_suffixes_down_to(rest.size() + 1)) return true;
    const auto found = domains_.find(rest);
    if (found != domains_.end() && visit(entries_[found->second])) return true;
    const auto dot = rest.find('.');
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  }
  return visit_suffixes_down_to(1);
}

DomainTable::Choice DomainTable::forward_to_default() {
  const auto set = entries_[any_name].set;
  if (set == none || sets_[set].servers.empty()) return {};
  return {Choice::Kind::forward, {}, false, &sets_[set]};
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
  if (entry.local) return Choice{Choice::Kind::local_only, {}, entry.has_addresses(), nullptr};
  if (entry.standard) return forward_to_default();
  if (entry.set != none && !sets_[entry.set].servers.empty())
    return Choice{Choice::Kind::forward, {}, false, &sets_[entry.set]};
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
      unqualified.has_addresses() || unqualified.local || unqualified.standard || unqualified.set != none;
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
    server = entry.set != none && !sets_[entry.set].servers.empty();
    return server || entry.local || entry.standard;
  });
  return server;
}

}  // namespace swapmasq::dns
