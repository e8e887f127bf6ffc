// The engine's inside: takes a datagram through the steps of spec dhcpv4.md section 2, then through the rules of its
// message type. One file per group of messages: server.cpp (arrival), identify.cpp (who is it), discover.cpp,
// request.cpp, other_messages.cpp, bootp.cpp, pxe.cpp; reply.cpp sends what they decided.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dhcp/address_checks.hpp"
#include "dhcp/engine.hpp"
#include "dhcp/reply_options.hpp"
#include "dhcp/transaction.hpp"
#include "net/access.hpp"

namespace swapmasq::dhcp {

class Engine::Server {
 public:
  Server(const settings::Settings& settings, LeaseStore& leases, const HostNames& names, log::Log& log, Random random);

  void log_ranges() const;
  std::vector<Action> hosts_reloaded(const net::Interfaces& interfaces);
  std::vector<Action> receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now);
  std::vector<Action> ping_finished(PingId id, bool answered, TimePoint now);
  std::vector<Action> tick(TimePoint now);
  std::optional<TimePoint> next_event() const;

 private:
  using TransactionPtr = std::unique_ptr<Transaction>;

  // By dhcp-reply-delay: an offer that is still to be made, or a reply that is ready.
  struct DelayedReply {
    TimePoint due;
    TransactionPtr transaction;
    std::optional<Send> finished;
  };

  // Arrival.
  TransactionPtr arrive(const Packet& packet, const net::Interfaces& interfaces);
  const net::Interface* bridged(const net::Interfaces& interfaces, const net::Interface& arrival);
  bool readable(Transaction& t) const;
  std::vector<Action> finish();

  // Who is it.
  void read_fields(Transaction& t) const;
  void read_pxe_fields(Transaction& t) const;
  bool select_ranges(Transaction& t);
  void log_candidates(const Transaction& t) const;
  void set_tags(Transaction& t) const;
  void set_agent_tags(Transaction& t) const;
  void set_match_tags(Transaction& t) const;
  void log_classes(const Transaction& t) const;
  void find_host(Transaction& t);
  void find_host_by_name(Transaction& t);
  bool ignored(const Transaction& t) const;
  Ipv4 server_id(const Transaction& t, const Range* range) const;
  bool our_server_id(const Transaction& t) const;
  const Lease* lease_of(const Transaction& t) const;
  TagSet tags_with_range(const Transaction& t, const Range* range) const;

  // Messages.
  void dispatch(TransactionPtr t, TimePoint now);
  // True when the message is dealt with: it was one for the PXE side, or one that only a PXE client may send.
  bool handle_pxe(Transaction& t);
  void answer_boot_item(Transaction& t, std::uint16_t type, std::uint16_t layer);
  void answer_as_proxy(Transaction& t, const Range& range);
  void discover(TransactionPtr t, TimePoint now);
  void resume(TransactionPtr t, TimePoint now);
  std::optional<Ipv4> configured_address(const Transaction& t, TimePoint now);
  enum class Choice { found, none, waiting };
  Choice choose_address(TransactionPtr& t, TimePoint now);
  Choice requested_address(TransactionPtr& t, TimePoint now);
  Choice allocate(TransactionPtr& t, TimePoint now);
  Choice allocate_from(TransactionPtr& t, Range& range, TimePoint now);
  bool usable(const Transaction& t, Ipv4 address);
  AddressChecks::Verdict check_address(const Transaction& t, Ipv4 address, TimePoint now);
  void wait_for(TransactionPtr& t, const AddressChecks::Verdict& verdict, Ipv4 address);
  void offer(TransactionPtr t, TimePoint now);
  std::uint32_t reply_delay(const TagSet& tags) const;  // seconds
  void hold_back(DelayedReply reply, TimePoint received, std::uint32_t delay);
  void send_offer(Transaction& t, TimePoint now);
  void request(Transaction& t, TimePoint now);
  struct Demand {
    Ipv4 address;
    bool selecting = false;
    bool rapid_commit = false;
    std::string_view refusal;  // empty: none so far
    bool broadcast_refusal = false;
  };
  std::optional<Demand> demand_of_known(Transaction& t);
  std::optional<Demand> demand_of_renewing(const Transaction& t);
  void answer_request(Transaction& t, Demand demand, TimePoint now);
  std::string_view refusal(const Transaction& t, const Demand& demand, const Range* range, TimePoint now);
  void refuse(Transaction& t, const Demand& demand, const Range* range);
  void acknowledge(Transaction& t, const Demand& demand, const Range& range, TimePoint now);
  void decline(Transaction& t, TimePoint now);
  void release(Transaction& t);
  void inform(Transaction& t, TimePoint now);
  void bootp(TransactionPtr t, TimePoint now);
  void resume_bootp(TransactionPtr t, TimePoint now);
  Choice choose_bootp_address(TransactionPtr& t, TimePoint now);
  std::string_view bootp_refusal(const Transaction& t);
  void answer_bootp(const Transaction& t, const Range* range, TimePoint now);

  // Names and times.
  struct LeaseName {
    std::string name;  // empty: the lease keeps the one it has
    bool authoritative = false;
  };
  std::string domain_of(Ipv4 address) const { return std::string{domains_.of(address)}; }
  static std::string offered_name(const Transaction& t);
  LeaseName lease_name(const Transaction& t, Ipv4 address, const TagSet& tags) const;
  std::string informed_name(const Transaction& t, Ipv4 address, const Lease* own) const;
  std::string hosts_file_name(Ipv4 address) const;
  settings::LeaseTime lease_time(const Transaction& t, const Range& range) const;
  void store_lease(const Lease& lease, const Transaction& t, const LeaseName& name, settings::LeaseTime time,
                   TimePoint now);

  // Out.
  struct Grant {
    const Range* range = nullptr;  // null: none fits
    std::string_view name;
    Ipv4 address;
    std::optional<settings::LeaseTime> lease;
    bool renewal = false;
  };
  wire::Dhcp4Reply start_reply(const Transaction& t) const;
  void add_message_options(wire::Dhcp4Reply& reply, wire::Dhcp4Type type, Ipv4 id,
                           std::optional<settings::LeaseTime> lease) const;
  void add_reply_options(wire::Dhcp4Reply& reply, const Transaction& t, const Grant& grant) const;
  // Finishes, logs and addresses a reply.
  Send addressed(const Transaction& t, wire::Dhcp4Reply& reply) const;
  void send(const Transaction& t, wire::Dhcp4Reply& reply) { actions_.emplace_back(addressed(t, reply)); }
  void direct(Send& action, const Transaction& t, const wire::Dhcp4Header& header) const;
  enum class Weight { ordinary, problem };  // what quiet-dhcp leaves out, and what not
  void log_transaction(const Transaction& t, std::string_view type, std::optional<Ipv4> address, std::string_view text,
                       Weight weight) const;
  void log_tags(const Transaction& t, const TagSet& tags) const;

  const settings::Settings& settings_;
  const settings::Dhcp& dhcp_;
  LeaseStore& leases_;
  const HostNames& names_;
  log::Log& log_;
  Random random_;
  net::Access access_;
  Ranges ranges_;
  Hosts hosts_;
  Domains domains_;
  AddressChecks checks_;
  ReplyOptions reply_options_;

  struct Waiting {
    Range* range = nullptr;  // whose offset moves on when the address answers; null: none
    std::vector<TransactionPtr> transactions;
  };
  std::unordered_map<std::uint64_t, Waiting> waiting_;  // by PingId
  std::size_t waiting_transactions_ = 0;
  std::deque<DelayedReply> delayed_;  // by due time
  std::vector<Action> actions_;
};

}  // namespace swapmasq::dhcp
