// Which names go where: server=, local=, address= and rev-server= by the longest matching domain (spec
// dns-forwarding.md section 4). Lookups walk the labels of the name, never the configuration, so a hundred thousand
// address= lines cost nothing per query.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "dns/name_index.hpp"
#include "dns/server_set.hpp"
#include "settings/dns.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class DomainTable {
 public:
  // What the longest matching domain that fits the type says.
  struct Choice {
    enum class Kind { nothing, addresses, local_only, forward };

    Kind kind = Kind::nothing;
    std::vector<IpAddress> addresses;  // kind addresses, in the order of the answer
    bool other_types_exist = false;    // local_only: the same domain has addresses, so the answer is NODATA
    ServerSet* servers = nullptr;      // forward; never empty
  };

  explicit DomainTable(const settings::DomainRules& rules);

  Choice choose(wire::WireName name, std::uint16_t type, std::uint16_t klass);
  // Whether an address= entry with any address covers the name, whatever longer entries say (section 9.6).
  bool covered_by_address(wire::WireName name) const;
  // Whether the longest match is a server for a non-empty domain (bogus-priv).
  bool has_domain_server(wire::WireName name) const;

  // What an origin says from now on, instead of what it said before. Its servers go behind all others; one that was
  // there before keeps its statistics. Forgets which servers were good.
  void replace(ServerOrigin origin, std::vector<settings::DomainRule> rules);
  // What an origin other than the configuration has said.
  const std::vector<settings::DomainRule>& rules(ServerOrigin origin) const { return rules_.at(place_of(origin)); }
  // All servers in order: configured, then added.
  const std::vector<std::shared_ptr<Server>>& servers() const { return servers_; }
  // Takes a server for every name out of use, until start_over().
  void mark_looping(const std::shared_ptr<Server>& server);
  // The servers are about to be listed: those in a loop get another chance, and no server is known as good.
  void start_over();
  // Drops servers for which `unwanted` is true.
  template <typename Predicate>
  void drop_servers(Predicate unwanted);

 private:
  static constexpr std::uint32_t none = 0xffffffffU;

  static constexpr std::size_t place_of(ServerOrigin origin) { return static_cast<std::size_t>(origin); }

  // Who says something. One octet, because there are as many as there are patterns.
  class Origins {
   public:
    void add(ServerOrigin origin) { bits_ = static_cast<std::uint8_t>(bits_ | bit(origin)); }
    void remove(ServerOrigin origin) { bits_ = static_cast<std::uint8_t>(bits_ & ~bit(origin)); }
    bool any() const { return bits_ != 0; }

   private:
    static unsigned bit(ServerOrigin origin) { return 1U << place_of(origin); }

    std::uint8_t bits_ = 0;
  };

  // Everything said about one pattern.
  struct Entry {
    std::uint32_t v4 = none;  // list in literals_
    std::uint32_t v6 = none;
    std::uint32_t set = none;  // in sets_
    bool zeros = false;
    Origins local;
    Origins standard;

    bool has_addresses() const { return v4 != none || v6 != none || zeros; }
  };
  struct Literal {
    IpAddress address;
    std::uint32_t next = none;
  };

  NameIndex& index_for(settings::DomainPattern::Kind kind);
  // Where the pattern's entry is, if there is one.
  std::optional<std::uint32_t> place_of_entry(const settings::DomainPattern& pattern) const;
  Entry& entry_for(settings::DomainPattern::Kind kind, std::string_view name);
  void add(const settings::DomainRules::Item& rule, ServerOrigin origin);
  void add_server(std::shared_ptr<Server> server);
  // Takes back what an origin has said about a pattern.
  void withdraw(const settings::DomainPattern& pattern, ServerOrigin origin);
  bool has_servers(const Entry& entry) const { return entry.set != none && !sets_[entry.set].servers.empty(); }
  void prepend(std::uint32_t& list, const IpAddress& address);
  // Calls visit(entry) for every matching non-empty domain, longest first, until it says true.
  template <typename Visit>
  bool visit_domains(std::string_view name, Visit visit) const;
  std::optional<Choice> fitting(const Entry& entry, std::uint16_t type, std::uint16_t klass);
  Choice forward_to_default();
  std::vector<IpAddress> list(std::uint32_t first) const;

  std::vector<Entry> entries_;  // 0: every name; 1: names without a dot
  std::vector<Literal> literals_;
  std::deque<ServerSet> sets_;
  std::vector<std::shared_ptr<Server>> servers_;
  std::array<std::vector<settings::DomainRule>, server_origins> rules_;  // not those of the configuration
  std::vector<std::uint32_t> free_entries_;                              // their sets stay: queries may refer to them
  NameIndex domains_;
  NameIndex suffixes_;                                                 // "*dom"
  std::map<std::size_t, std::size_t, std::greater<>> suffix_lengths_;  // how many there are of each, longest first
};

template <typename Predicate>
void DomainTable::drop_servers(Predicate unwanted) {
  for (auto& set : sets_) std::erase_if(set.servers, [&](const auto& server) { return unwanted(*server); });
  std::erase_if(servers_, [&](const auto& server) { return unwanted(*server); });
}

}  // namespace swapmasq::dns
