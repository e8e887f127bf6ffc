// Answers about hosts: the addresses and names of hosts files, host-record, interface-name and DHCP leases (spec
// dns-local-data.md).
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dns/answer_draft.hpp"
#include "dns/local_data.hpp"

namespace swapmasq::dns {

class HostAnswers {
 public:
  HostAnswers(const LocalData& data, const QueryLog& log) : data_(data), log_(log) {}

  // The A or AAAA records of a host; false when nothing here has one.
  bool addresses(AnswerDraft& draft, bool v4);
  // The name of one of this host's own addresses, from interface-name.
  bool interface_of(AnswerDraft& draft, const IpAddress& address);
  // The name of an address of hosts files and leases.
  bool name_of(AnswerDraft& draft, const IpAddress& address);
  // All addresses of a host that the answer names, as additional records; the families that were found. No lines.
  struct Families {
    bool v4 = false;
    bool v6 = false;
  };
  Families additional(AnswerDraft& draft, const AnswerDraft::Target& target);

  // Hosts files were read anew: rotations start again.
  void forget_rotations() { orders_.clear(); }

 private:
  struct Local {
    IpAddress address;
    std::uint32_t ttl;
    std::string_view source;
    bool hosts;
  };
  using Locals = boost::container::small_vector<Local, 8>;
  enum class Family { v4, v6, any };

  // What hosts files, host-record and leases have. Every lookup moves the first that it finds to the end of them all.
  Locals find(wire::WireName name, Family family, TimePoint now);
  void add(AnswerDraft& draft, const Locals& found) const;
  void add_name(AnswerDraft& draft, wire::WireName name, std::uint32_t ttl) const;
  // localise-queries: hosts addresses in the subnet that the query came in on drive out those that are not.
  void keep_local_subnet(const Client& client, Locals& found) const;
  std::uint32_t lease_ttl(std::optional<TimePoint> expires, TimePoint now) const;
  // In what order the `count` local addresses of a name stand by now: their places in the order of loading.
  std::vector<std::size_t>& order_of(wire::WireName name, std::size_t count);

  const LocalData& data_;
  const QueryLog& log_;
  std::unordered_map<std::string, std::vector<std::size_t>> orders_;
};

}  // namespace swapmasq::dns
