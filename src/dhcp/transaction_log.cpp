#include "dhcp/transaction_log.hpp"

#include "log/dhcp_lines.hpp"

namespace swapmasq::dhcp {

void TransactionLog::message(const Transaction& t, std::string_view type, std::optional<Ipv4> address,
                             std::string_view text, Weight weight) const {
  if (dhcp_.quiet && !dhcp_.log_dhcp && weight == Weight::ordinary) return;
  log::DhcpTransaction line;
  if (dhcp_.log_dhcp) line.xid = t.message.header.xid;
  line.type = type;
  line.interface = t.interface;
  line.address = address;
  line.hardware = t.hardware_id;
  line.without_hardware = t.type == wire::Dhcp4Type::lease_query && t.hardware_id.empty();
  line.text = text;
  log_.write(log::dhcp_transaction(line));
}

void TransactionLog::tags(const Transaction& t, const TagSet& tags) const {
  audience_.tagged(t, tags);
  if (dhcp_.log_dhcp && !tags.empty()) log_.write(log::dhcp_tags(t.message.header.xid, tags.listed()));
}

}  // namespace swapmasq::dhcp
