// Makes, addresses and sends replies (spec dhcpv4.md sections 10 and 16). A handler starts one, adds the options of the
// message type, then those of the client, and sends it.
//
// Everything is borrowed; `actions` gets what is to be sent.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dhcp/action.hpp"
#include "dhcp/naming.hpp"
#include "dhcp/random.hpp"
#include "dhcp/reply_options.hpp"
#include "dhcp/transaction.hpp"
#include "dhcp/transaction_log.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "wire/dhcp4_reply.hpp"

namespace swapmasq::dhcp {

// What a reply tells the client that it has.
struct Grant {
  const Range* range = nullptr;  // null: none fits
  std::string_view name;
  Ipv4 address;
  std::optional<settings::LeaseTime> lease;
  bool renewal = false;
};

class Replies {
 public:
  Replies(const settings::Settings& settings, const ReplyOptions& options, const Naming& naming,
          const TransactionLog& transactions, log::Log& log, Random random, std::vector<Action>& actions);

  // Overloads file and sname if the client lists what it wants, unless dhcp-no-override forbids it.
  wire::Dhcp4Reply start(const Transaction& t) const;
  static wire::Dhcp4Reply start(const Transaction& t, wire::Dhcp4Reply::Overload overload);
  static wire::Dhcp4Reply start_bootp(const Transaction& t);
  void add_message_options(wire::Dhcp4Reply& reply, wire::Dhcp4Type type, Ipv4 server_id,
                           std::optional<settings::LeaseTime> lease) const;
  void add_client_options(wire::Dhcp4Reply& reply, const Transaction& t, const Grant& grant) const;
  // Finishes, logs and addresses a reply.
  Send addressed(const Transaction& t, wire::Dhcp4Reply& reply) const;
  void send(const Transaction& t, wire::Dhcp4Reply& reply) const { actions_.emplace_back(addressed(t, reply)); }

 private:
  void direct(Send& action, const Transaction& t, const wire::Dhcp4Header& header) const;

  const settings::Dhcp& dhcp_;
  const std::vector<settings::TagIf>& tag_ifs_;
  const ReplyOptions& options_;
  const Naming& naming_;
  const TransactionLog& transactions_;
  log::Log& log_;
  Random random_;
  std::vector<Action>& actions_;
};

}  // namespace swapmasq::dhcp
