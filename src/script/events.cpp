#include "script/events.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "dhcp/client_name.hpp"
#include "dhcp/lease_file_format.hpp"

namespace swapmasq::script {
namespace {

using Places = Value::Places;

constexpr std::size_t longest_id = 100;  // octets of a client id or DUID that are told
constexpr Places shown_as_argument{.argument = true, .field = true};
constexpr Places shown{.variable = true, .field = true};
constexpr Places shown_number{.variable = true, .field = true, .number = true};

std::string id_text(ByteView id) { return to_hex(id.first(std::min(id.size(), longest_id))); }

class Builder {
 public:
  explicit Builder(std::string_view action) { event_.action = action; }

  // What is not known is not told.
  void add(std::string_view name, std::string text, Places places = shown) {
    if (!text.empty()) event_.values.push_back({std::string{name}, std::move(text), places});
  }
  void add(std::string_view name, const Bytes& octets) { add(name, to_text(octets)); }
  void add_number(std::string_view name, std::int64_t number) { add(name, std::to_string(number), shown_number); }

  Event take() { return std::move(event_); }

 private:
  Event event_;
};

std::string_view word(dhcp::LeaseEvent::Action action) {
  switch (action) {
    case dhcp::LeaseEvent::Action::add:
      return "add";
    case dhcp::LeaseEvent::Action::del:
      return "del";
    case dhcp::LeaseEvent::Action::old:
      break;
  }
  return "old";
}

// `full_name`: with its domain. A name that was lost is told as such, beside the domain that it had.
void add_names(Builder& out, const std::string& full_name, const dhcp::LeaseEvent& event) {
  const bool lost = !event.lost_name.empty();
  const auto own = dhcp::acceptable_name(full_name);
  const auto names = dhcp::split_name(own ? std::string_view{*own} : std::string_view{});
  out.add("hostname", std::string{names.host}, lost ? Places{.field = true} : shown_as_argument);
  const auto old = dhcp::split_name(event.lost_name);
  out.add("domain", std::string{lost ? old.domain : names.domain});
  out.add("old_hostname", std::string{old.host});
}

void add_times(Builder& out, std::int64_t expires, const dhcp::LeaseEvent& event, TimePoint now) {
  out.add_number("lease_expires", expires);
  if (expires != 0 && event.action != dhcp::LeaseEvent::Action::del) {
    out.add_number("time_remaining", std::max<std::int64_t>(expires - seconds_of(now), 0));
  }
}

void add_client_data(Builder& out, const dhcp::ClientData& data) {
  out.add("vendor_class", data.vendor_class);
  out.add("supplied_hostname", data.supplied_hostname);
  out.add("cpewan_oui", data.cpewan_oui);
  out.add("cpewan_serial", data.cpewan_serial);
  out.add("cpewan_class", data.cpewan_class);
  out.add("circuit_id", data.circuit_id);
  out.add("subscriber_id", data.subscriber_id);
  out.add("remote_id", data.remote_id);
  out.add("requested_options", fmt::format("{}", fmt::join(data.requested_options, ",")));
  out.add("mud_url", data.mud_url);
  out.add("tags", data.tags);
  for (std::size_t i = 0; i < data.user_classes.size(); ++i) {
    out.add(fmt::format("user_class{}", i), data.user_classes[i]);
  }
}

void add_identity(Builder& out, const dhcp::Lease& lease, const dhcp::LeaseEvent& event, const LeaseSurroundings&) {
  out.add("mac_address", dhcp::hardware_text(lease.hardware), shown_as_argument);
  out.add("ip_address", lease.address.to_string(), shown_as_argument);
  add_names(out, lease.fqdn.empty() ? lease.name : lease.fqdn, event);
  out.add("client_id", id_text(lease.client_id));
  out.add("interface", lease.interface);
  if (lease.relay) out.add("relay_address", lease.relay->to_string());
}

void add_identity(Builder& out, const dhcp::Lease6& lease, const dhcp::LeaseEvent& event,
                  const LeaseSurroundings& surroundings) {
  out.add("client_duid", id_text(lease.client_duid), shown_as_argument);
  out.add("ip_address", lease.address.to_string(), shown_as_argument);
  const bool qualified = !lease.name.empty() && !surroundings.default_domain.empty();
  add_names(out, qualified ? fmt::format("{}.{}", lease.name, surroundings.default_domain) : lease.name, event);
  out.add("iaid", fmt::format("{}{}", lease.temporary ? "T" : "", lease.iaid));
  if (surroundings.server_duid) out.add("server_duid", id_text(*surroundings.server_duid));
}

Event neighbour(std::string_view action, const IpAddress& address, const HardwareAddress& hardware) {
  Builder out{action};
  out.add("mac_address", hardware.to_string(), shown_as_argument);
  out.add("client_address", address.to_string(), shown_as_argument);
  return out.take();
}

}  // namespace

Event lease_event(const dhcp::LeaseEvent& event, const LeaseSurroundings& surroundings, TimePoint now) {
  Builder out{word(event.action)};
  std::visit(
      [&](const auto& lease) {
        add_identity(out, lease, event, surroundings);
        add_times(out, lease.expires, event, now);
      },
      event.lease);
  if (event.data) {
    add_client_data(out, *event.data);
    out.add("data_missing", "0", {.field = true, .number = true});
  } else {
    out.add_number("data_missing", 1);
  }
  if (surroundings.log_dhcp) out.add("log_dhcp", "1", {.variable = true});
  return out.take();
}

Event file_sent(std::uint64_t size, const IpAddress& client, std::string_view path) {
  Builder out{"tftp"};
  out.add("file_size", std::to_string(size), shown_as_argument);
  out.add("destination_address", client.to_string(), shown_as_argument);
  out.add("file_name", std::string{path}, shown_as_argument);
  return out.take();
}

Event neighbour_came(const IpAddress& address, const HardwareAddress& hardware) {
  return neighbour("arp-add", address, hardware);
}

Event neighbour_went(const IpAddress& address, const HardwareAddress& hardware) {
  return neighbour("arp-del", address, hardware);
}

}  // namespace swapmasq::script
