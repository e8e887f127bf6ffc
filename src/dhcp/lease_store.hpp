// The leases in memory, indexed by everything they are asked for: no packet walks through all of them. The visible
// order ("the list") is newest first, which decides ties, the order of the lease file and of events.
//
// References to leases stay valid until that lease is removed. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "dhcp/action.hpp"
#include "dhcp/lease.hpp"
#include "dhcp/lease_event.hpp"

namespace swapmasq::dhcp {

class LeaseStore {
 public:
  // limit: dhcp-lease-max; unique_fqdn: dhcp-fqdn, names need to be unique only together with their domain
  explicit LeaseStore(std::size_t limit, bool unique_fqdn = false, LeaseEventPolicy events = {});
  ~LeaseStore();
  LeaseStore(const LeaseStore&) = delete;
  LeaseStore& operator=(const LeaseStore&) = delete;

  std::size_t size() const;  // IPv4 and IPv6
  bool full() const { return size() >= limit_; }

  const Lease* find(Ipv4 address) const;
  const Lease* find_sequence(std::uint64_t sequence) const;
  // By client id, else by hardware address when the lease or the request has no client id.
  const Lease* find_client(const HardwareAddress& hardware, ByteView client_id) const;
  const Lease* find_name(std::string_view name) const;
  // The highest leased address within first..last.
  std::optional<Ipv4> highest_in(Ipv4 first, Ipv4 last) const;
  // The first address from `from` to `last` that is not leased.
  std::optional<Ipv4> first_free(Ipv4 from, Ipv4 last) const;
  // When the next lease ends, in seconds since 1970.
  std::optional<std::int64_t> next_expiry() const;
  void for_each(const std::function<void(const Lease&)>& visit) const;  // newest first

  // A lease without end at the front of the list; nothing when the store is full.
  const Lease* add(Ipv4 address);
  void remove(const Lease& lease);
  void remove_expired(std::int64_t now);

  // An empty client id leaves the stored one.
  void set_client(const Lease& lease, const HardwareAddress& hardware, ByteView client_id);
  void set_expiry(const Lease& lease, std::int64_t expires);
  // Takes the name from another lease that has it, unless that one's is authoritative and this is not. An empty name
  // is taken away. False: refused.
  bool set_name(const Lease& lease, std::string_view name, std::string_view domain, bool authoritative);
  // For the name that the lease has already.
  void set_domain(const Lease& lease, std::string_view domain);
  void set_interface(const Lease& lease, std::string_view interface);
  void set_server_id_override(const Lease& lease, std::optional<Ipv4> address);

  void set_relay(const Lease& lease, Ipv4 relay);
  // What leasequery tells about the client.
  void set_query_data(const Lease& lease, ByteView agent_info, ByteView vendor_class);

  // As read from a lease file, in the order of the file: the last one comes first in the list. False: full.
  bool restore(Lease lease);
  bool restore(Lease6 lease);
  void set_server_duid(Bytes duid);
  const std::optional<Bytes>& server_duid() const;
  std::vector<Lease6> leases6() const;  // newest first

  // What changed since the last call.
  LeasesChanged take_changes();

  // For lease-change scripts. What a client said when it got its lease goes with the next event of the lease, and is
  // an event itself.
  bool has_audience() const;
  void client_heard(const Lease& lease, ClientData data);
  // `old` for every lease.
  void announce_all();
  // The next event that nobody has taken yet (spec section 5.3).
  std::optional<LeaseEvent> take_event();

 private:
  struct State;
  std::size_t limit_;
  std::unique_ptr<State> state_;
};

}  // namespace swapmasq::dhcp
