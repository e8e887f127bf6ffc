// One message of a client while it is being answered: how it came, what it says, and what has been found out about the
// client. It owns everything it refers to, so it can be kept aside while an address is checked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/time.hpp"
#include "dhcp/action.hpp"
#include "dhcp/client_name.hpp"
#include "dhcp/delivery.hpp"
#include "dhcp/hosts.hpp"
#include "dhcp/ranges.hpp"
#include "dhcp/tags.hpp"
#include "net/interfaces.hpp"
#include "wire/dhcp4_message.hpp"

namespace swapmasq::dhcp {

struct Transaction {
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // How it came.
  Bytes datagram;
  wire::Dhcp4Message message;  // a view of `datagram`, with the corrections of spec section 2.2 to its header
  Endpoint source;
  unsigned arrival_interface = 0;  // index
  std::string interface;           // name, after bridge-interface
  Ipv4 local;                      // the server's address on it
  bool unicast = false;            // the destination was not the limited broadcast
  bool loopback = false;
  bool pxe_port = false;
  bool reply_to_source = false;  // giaddr was 255.255.255.255
  TimePoint received;
  std::vector<Ipv4> tftp_addresses;  // of this host, where its TFTP server listens

  // What it says.
  wire::Dhcp4Type type = wire::Dhcp4Type::bootp;
  HardwareAddress hardware;
  Bytes hardware_id;  // tells clients apart in the log and in the hash
  Bytes client_id;    // empty: none
  ClientName name;
  std::optional<ByteView> parameter_list;  // option 55
  std::optional<Ipv4> requested_address;   // option 50
  std::optional<Ipv4> server_identifier;   // option 54
  std::optional<Ipv4> subnet_selection;    // to be echoed in option 118
  std::optional<Ipv4> server_id_override;
  ByteView vendor_class;       // option 60
  ByteView agent_information;  // option 82
  bool echo_agent_information = false;
  std::string_view pxe_vendor;                // the dhcp-pxe-vendor string that it matches; empty: no PXE client
  std::optional<std::uint16_t> architecture;  // RFC 4578
  ByteView machine_id;                        // option 97, to be echoed

  // One that can be given a boot menu.
  bool pxe_client() const { return !pxe_vendor.empty() && architecture; }

  // What it means.
  Candidates candidates;
  TagSet tags;      // without those of tag-if and of the range
  TagSet all_tags;  // with those of tag-if
  HostPtr host;
  bool host_found_by_name = false;  // by nothing but the name that the client sent

  // Where a DISCOVER goes on after an address check.
  enum class Step { configured_address, leased_address, requested_address, allocation };
  Step step = Step::configured_address;
  std::vector<Ipv4> passed_over;  // found in use, or left to others
  std::optional<Ipv4> offered;    // what the choice came to

  // The name that dhcp-host gives the client; a line that was found by the client's name adds nothing to that.
  std::string_view configured_name() const;
  // The address that dhcp-host gives the client.
  std::optional<Ipv4> configured_address() const { return host ? host->address : std::nullopt; }
  // Under which the server answers a client whose address is in this range; null: in none.
  Ipv4 server_id(const Range* range) const;
  // Option 54 names this server.
  bool names_this_server() const;
  // `tags` with that of the range, which may be null, and those of tag-if.
  TagSet tags_with_range(const Range* range, const std::vector<settings::TagIf>& tag_ifs) const;
  // Option 55 asks for it, or there is no such option.
  bool requests(std::uint32_t code) const;
  // The same for option 43, which asking for option 60 stands for, too.
  bool requests_vendor_options() const {
    return requests(wire::dhcp4::vendor_encapsulated) || requests(wire::dhcp4::vendor_class);
  }
  std::optional<Ipv4> address_option(std::uint8_t code) const;
};
using TransactionPtr = std::unique_ptr<Transaction>;

// The reference's hash of a client, which decides where its search for a free address begins; never 0.
std::uint32_t client_hash(ByteView hardware_id);

}  // namespace swapmasq::dhcp
