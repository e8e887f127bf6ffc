// DHCPREQUEST: what is asked for, whether it can be granted, and the acknowledgement or the refusal (spec dhcpv4.md
// section 6.2).
#pragma once

#include <optional>
#include <string_view>

#include "base/address.hpp"
#include "base/time.hpp"
#include "dhcp/server.hpp"
#include "dhcp/transaction.hpp"

namespace swapmasq::dhcp {

class Request {
 public:
  explicit Request(Server& server) : server_(server) {}

  void handle(Transaction& t, TimePoint now);
  // A DISCOVER that asks for an address without further ado (RFC 4039).
  void commit_rapidly(Transaction& t, Ipv4 address, TimePoint now);

 private:
  struct Demand {
    Ipv4 address;
    const Lease* own = nullptr;  // the client's lease; null: none any more
    bool selecting = false;
    bool rapid_commit = false;
    std::string_view refusal;  // empty: none so far
    bool broadcast_refusal = false;
  };

  std::optional<Demand> demand_of_known(Transaction& t);
  std::optional<Demand> demand_of_renewing(const Transaction& t);
  static bool narrow_to_chosen_server(Transaction& t);
  void answer(Transaction& t, Demand demand, TimePoint now);
  std::string_view refusal(const Transaction& t, const Demand& demand, const Range* range, TimePoint now);
  bool configured_address_is_free(const Transaction& t, const Lease* own, TimePoint now);
  void refuse(Transaction& t, const Demand& demand, const Range* range);
  const Lease* lease_on(Ipv4 address, const Transaction& t);
  const Lease* take_lease(const Demand& demand);
  void keep_query_data(const Transaction& t, const Lease& lease);
  void acknowledge(Transaction& t, const Demand& demand, const Range& range, TimePoint now);

  Server& server_;
};

}  // namespace swapmasq::dhcp
