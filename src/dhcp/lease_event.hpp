// What a lease-change script is told about a lease (spec leases-and-scripts.md section 5): a value, made when the event
// is taken out of the store, so that it carries the state of that moment.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.hpp"
#include "dhcp/lease.hpp"

namespace swapmasq::dhcp {

// What the client said in the message that gave it the lease. Foreign octets; empty: not said.
struct ClientData {
  Bytes vendor_class;       // option 60
  Bytes supplied_hostname;  // option 12
  Bytes cpewan_oui;         // option 125 of the Broadband Forum
  Bytes cpewan_serial;
  Bytes cpewan_class;
  Bytes circuit_id;  // option 82
  Bytes subscriber_id;
  Bytes remote_id;
  Bytes requested_options;  // option 55
  Bytes mud_url;            // option 161, RFC 8520
  std::vector<Bytes> user_classes;
  std::string tags;  // newest first
};

struct LeaseEvent {
  enum class Action { add, old, del };

  Action action = Action::old;
  std::variant<Lease, Lease6> lease;
  // The name that the lease has lost, with its domain; then this event is about nothing else. Empty: any other event.
  std::string lost_name;
  // Only with the event that follows the message.
  std::shared_ptr<const ClientData> data;
};

// Which changes of a lease are events, beyond those that every script hears of.
struct LeaseEventPolicy {
  bool enabled = false;
  bool renewals = false;    // script-on-renewal, leasefile-ro
  bool client_ids = false;  // leasefile-ro
};

}  // namespace swapmasq::dhcp
