#include "dhcp/client_data.hpp"

#include "dhcp/enterprise.hpp"
#include "dhcp/relay_agent.hpp"
#include "wire/reader.hpp"

namespace swapmasq::dhcp {
namespace {

namespace dhcp4 = wire::dhcp4;

Bytes owned(const std::optional<ByteView>& octets) { return octets ? Bytes{octets->begin(), octets->end()} : Bytes{}; }

// The items of RFC 3004; what is no such list is one item.
std::vector<Bytes> user_classes(ByteView option) {
  std::vector<Bytes> items;
  wire::Reader in{option};
  while (!in.at_end()) {
    const auto length = in.u8();
    const auto item = length ? in.bytes(*length) : std::nullopt;
    if (!item) return {owned(option)};
    items.push_back(owned(item));
  }
  return items;
}

}  // namespace

ClientData client_data(const Transaction& t, const TagSet& tags) {
  const auto& message = t.message;
  ClientData data;
  data.vendor_class = owned(message.option(dhcp4::vendor_class, 1));
  data.supplied_hostname = owned(message.option(dhcp4::host_name, 1));
  data.mud_url = owned(message.option(dhcp4::mud_url, 1));
  data.requested_options = owned(t.parameter_list);
  if (const auto cpe = cpe_wan_data(message)) {
    data.cpewan_oui = owned(wire::find_dhcp4_option(*cpe, cpe_wan::oui, 1));
    data.cpewan_serial = owned(wire::find_dhcp4_option(*cpe, cpe_wan::serial, 1));
    data.cpewan_class = owned(wire::find_dhcp4_option(*cpe, cpe_wan::product_class, 1));
  }
  const auto relay = t.agent_information;
  data.circuit_id = owned(wire::find_dhcp4_option(relay, agent::circuit_id, 1));
  data.subscriber_id = owned(wire::find_dhcp4_option(relay, agent::subscriber_id, 1));
  data.remote_id = owned(wire::find_dhcp4_option(relay, agent::remote_id, 1));
  if (const auto classes = message.option(dhcp4::user_class, 1)) data.user_classes = user_classes(*classes);
  data.tags = tags.listed(" ");
  return data;
}

}  // namespace swapmasq::dhcp
