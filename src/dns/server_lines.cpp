#include "dns/server_lines.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "log/dns_lines.hpp"

namespace swapmasq::dns {

namespace {

using settings::DomainPattern;
using settings::DomainRule;
using settings::DomainRules;

constexpr std::size_t max_servers = 30;
constexpr std::size_t max_local_domains = 8;

std::string pattern_text(const DomainPattern& pattern) {
  return pattern.kind == DomainPattern::Kind::suffix ? '*' + pattern.name : pattern.name;
}

log::Line line_of(const Server& server, const net::Interfaces& interfaces) {
  const auto address = server_address(server.endpoint, interfaces);
  const auto port = server.endpoint.port;
  switch (server.pattern.kind) {
    case DomainPattern::Kind::unqualified:
      return log::using_nameserver_for_unqualified(address, port);
    case DomainPattern::Kind::subdomains:
    case DomainPattern::Kind::suffix:
      return log::using_nameserver_for_domain(address, port, pattern_text(server.pattern));
    case DomainPattern::Kind::any:
      break;
  }
  if (!server.source.interface.empty()) return log::using_nameserver_via(address, port, server.source.interface);
  return log::using_nameserver(address, port);
}

// What is to stay local, last first. Entries with an address print nothing, but take a place.
class LocalRules {
 public:
  explicit LocalRules(log::Log& log) : log_(log) {}

  void list(const std::vector<DomainRule>& rules) {
    std::for_each(rules.rbegin(), rules.rend(), [this](const DomainRule& rule) {
      list({rule.pattern.kind, rule.pattern.name, rule});
    });
  }
  void list(const DomainRules& rules) {
    for (auto i = rules.size(); i > 0; --i) list(rules[i - 1]);
  }

  void sum_up() {
    if (locals_ > max_local_domains) log_.write(log::more_local_addresses(locals_ - max_local_domains));
    if (places_ > max_servers + 1) log_.write(log::more_nameservers(places_ - max_servers - 1));
  }

 private:
  void list(const DomainRules::Item& rule) {
    using Action = DomainRule::Action;
    const auto& [kind, name, says] = rule;
    const bool of_domain = kind == DomainPattern::Kind::subdomains || kind == DomainPattern::Kind::suffix;
    if (says.action == Action::forward || !of_domain) return;
    if (says.action != Action::local_only) {
      if (++places_ > max_servers) return;
      if (says.action == Action::standard_servers) log_.write(log::standard_nameservers(name));
    } else if (places_ <= max_servers && ++locals_ <= max_local_domains) {
      log_.write(log::only_local_addresses(name));
    } else if (places_ > max_servers) {
      ++places_;
    }
  }

  log::Log& log_;
  std::size_t places_ = 0;
  std::size_t locals_ = 0;
};

}  // namespace

std::string server_address(const Endpoint& server, const net::Interfaces& interfaces) {
  auto text = server.address.to_string();
  if (server.scope_id == 0) return text;
  const auto found = std::ranges::find(interfaces, server.scope_id, &net::Interface::index);
  return found == interfaces.end() ? fmt::format("{}%{}", text, server.scope_id)
                                   : fmt::format("{}%{}", text, found->name);
}

void log_server_list(log::Log& log, const DomainTable& domains, const DomainRules& configured,
                     const net::Interfaces& interfaces, const std::function<ServerFate(const Server&)>& fate) {
  std::size_t used = 0;
  for (const auto& server : domains.servers()) {
    const auto found = fate(*server);
    switch (found.kind) {
      case ServerFate::Kind::used:
        if (++used <= max_servers)
          log.write(line_of(*server, interfaces));
        else if (used == max_servers + 1)
          log.write(log::more_servers());
        break;
      case ServerFate::Kind::own:
        log.write(log::ignoring_local_nameserver(server_address(server->endpoint, interfaces)));
        break;
      case ServerFate::Kind::without_socket:
        log.write(log::nameserver_without_socket(server_address(server->endpoint, interfaces), found.reason));
        break;
      case ServerFate::Kind::looping:
        log.write(log::looping_nameserver(server_address(server->endpoint, interfaces), server->endpoint.port));
        break;
      case ServerFate::Kind::nowhere:
        break;
    }
  }
  LocalRules locals{log};
  locals.list(domains.rules(ServerOrigin::servers_file));
  locals.list(configured);
  locals.sum_up();
}

}  // namespace swapmasq::dns
