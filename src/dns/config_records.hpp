// Records that the configuration spells out: cname, mx-host, srv-host, txt-record, ptr-record, naptr-record, caa-record
// and dns-rr (spec dns-local-data.md sections 7 and 9 to 14), by name. Built once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/bytes.hpp"
#include "settings/dns.hpp"
#include "wire/dns_name.hpp"

namespace swapmasq::dns {

class ConfigRecords {
 public:
  struct Record {
    std::uint16_t type = 0;
    Bytes rdata;            // names in it uncompressed
    bool verbatim = false;  // dns-rr and caa-record: added to whatever else there is
  };
  struct Alias {
    wire::DnsName target;
    std::optional<std::uint32_t> ttl;
  };

  explicit ConfigRecords(const settings::Dns& dns);

  // All names are lower case.
  const Alias* alias(wire::WireName name) const;
  // In the order of the answer, which is the reverse of the configuration; null when there is none.
  const std::vector<Record>* records(wire::WireName name) const;
  // Whether the name or anything below it has records, or is an interface-name. Owners of dns-rr and caa-record do not
  // count.
  bool knows(wire::WireName name) const { return known_.contains(name); }

  // For the list of everything that is known: each alias, and the names above the others.
  template <typename Visit>
  void for_each_alias(Visit visit) const {
    for (const auto& [name, alias] : aliases_) visit(wire::WireName{name}, alias);
  }
  std::set<std::string, std::less<>> ancestors() const;

 private:
  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
  };

  void add_alias(std::string_view alias, const settings::Cname& cname);
  void add(std::string_view name, std::uint16_t type, Bytes rdata, bool verbatim = false);
  void make_known(wire::WireName name);

  std::unordered_map<std::string, Alias, NameHash, std::equal_to<>> aliases_;
  std::unordered_map<std::string, std::vector<Record>, NameHash, std::equal_to<>> records_;
  std::unordered_set<std::string, NameHash, std::equal_to<>> known_;
};

}  // namespace swapmasq::dns
