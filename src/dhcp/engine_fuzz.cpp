// A whole server with leases, hosts and options; the input is a sequence of datagrams and answers to pings:
//   octet  what it is: bit 0 the PXE port, bit 1 unicast, bit 2 on the second interface, bit 3 pings are answered,
//          bit 4 an hour passes
//   16 bits, its length; its octets
// After each, the leases must be consistent.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "dhcp/engine.hpp"
#include "log/line.hpp"
#include "wire/reader.hpp"

namespace {

using namespace swapmasq;

constexpr std::size_t most_datagrams = 32;
constexpr std::size_t most_leases = 8;

class Silence : public log::Log {
 public:
  void write(const log::Line& /*line*/) override {}
};

class OneName : public dhcp::HostNames {
 public:
  std::string name_of(Ipv4 address) const override { return address == dhcp_server ? "server.lan.test" : ""; }
  std::vector<Ipv4> addresses_of(std::string_view name) const override {
    return name == "server" ? std::vector{dhcp_server} : std::vector<Ipv4>{};
  }

 private:
  static constexpr Ipv4 dhcp_server{0x0a4d0001};
};

net::Interfaces two_interfaces() {
  net::Interface first;
  first.index = 2;
  first.name = "eth0";
  first.addresses = {{Ipv4{0x0a4d0001}, 24, Ipv4{0x0a4d00ff}, "eth0", false}};
  net::Interface second;
  second.index = 3;
  second.name = "eth1";
  second.addresses = {{Ipv4{0x0a4e0001}, 24, Ipv4{0x0a4e00ff}, "eth1", false}};
  return {first, second};
}

settings::DhcpRange range(std::uint32_t start, std::uint32_t end, settings::DhcpRange::Kind kind) {
  settings::DhcpRange line;
  line.kind = kind;
  line.start = Ipv4{start};
  line.end = Ipv4{end};
  line.set_tag = "range";
  return line;
}

settings::Settings everything() {
  using Kind = settings::DhcpRange::Kind;
  using Scope = settings::DhcpOption::Scope;
  settings::Settings s;
  s.dns.domain = "lan.test";
  auto& d = s.dhcp;
  d.log_dhcp = true;
  d.rapid_commit = true;
  d.authoritative = true;
  d.bootp_dynamic = {{}};
  d.generate_names = {{}};
  d.ranges = {range(0x0a4d0064, 0x0a4d0068, Kind::dynamic), range(0x0a4e0000, 0x0a4e0000, Kind::proxy),
              range(0x0a500064, 0x0a5000c8, Kind::dynamic), range(0x0a4d0000, 0x0a4d0000, Kind::static_only)};
  settings::DhcpHost host;
  host.hardware = {{std::nullopt, {2, 0, 0, 0, 0, std::nullopt}}};
  host.address = Ipv4{0x0a4d0032};
  host.name = "fixed";
  d.hosts.push_back(host);
  for (std::uint32_t code = 1; code < 256; code += 3) {
    settings::DhcpOption option;
    option.code = code;
    option.data = Bytes(code % 61, static_cast<std::uint8_t>(code));
    option.scope = static_cast<Scope>(code % 4);
    option.encapsulating = code % 5 + 170;
    option.vendor_class = "PXE";
    option.encoding = static_cast<settings::DhcpOption::Encoding>(code % 3);
    d.options.push_back(option);
  }
  d.boots = {{{}, "pxelinux.0", "", {}, "server"}};
  d.pxe_services = {{{}, 0, "Install", 0x8000, "pxelinux", {}, ""},
                    {{}, 0, "Local", 0, "", {}, ""},
                    {{}, 7, "EFI", 0x8001, "ipxe.efi", {}, "server"}};
  d.pxe_prompts = {{{}, "Press F8", 10}};
  s.dhcp_matching.matches = {{"m", 93, Scope::plain, 0, settings::DhcpMatch::Comparison::elements, {0, 7}},
                             {"v", 0, Scope::vendor_identifying, 9, settings::DhcpMatch::Comparison::substring, {1}}};
  s.dhcp_matching.classes = {settings::DhcpUserClass{"u", "x"}};
  d.leasequery = true;
  d.relays = {{.local = Ipv4{0x0a4d0001}, .server = Ipv4{0x0a4e0002}},
              {.local = Ipv4{0x0a4d0001}, .server = Ipv4{}, .interface = "eth1"},
              {.local = Ipv4{0x0a4d0001}, .server = Ipv4{0x0a4e0002}, .interface = "eth1", .split = true}};
  s.dhcp_matching.reply_delays = {{{{"u", false}}, 2}};
  return s;
}

void require(bool holds) {
  if (!holds) std::abort();
}

// No address, client id or name is given to two clients, and every index knows every lease.
void check(const dhcp::LeaseStore& leases) {
  std::size_t count = 0;
  std::set<Ipv4> addresses;
  leases.for_each([&](const dhcp::Lease& lease) {
    ++count;
    require(addresses.insert(lease.address).second);
    require(leases.find(lease.address) == &lease);
    require(leases.first_free(lease.address, lease.address) == std::nullopt);
    require(lease.name.empty() || leases.find_name(lease.name) == &lease);
    require(lease.client_id.empty() || leases.find_client(lease.hardware, lease.client_id) == &lease);
    require(leases.find_client(lease.hardware, {}) != nullptr);
    require(lease.never_expires() || *leases.next_expiry() <= lease.expires);
  });
  require(count == leases.size() && count <= most_leases);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto configuration = everything();
  static const auto interfaces = two_interfaces();
  Silence log;
  const OneName names;
  dhcp::LeaseStore leases{most_leases, false, {.enabled = true, .renewals = true, .client_ids = true}};
  for (std::uint8_t i = 0; i < 3; ++i) {
    dhcp::Lease old;
    old.address = Ipv4{0x0a4d0064U + i};
    old.hardware = HardwareAddress::from(1, Bytes{2, 0, 0, 0, 1, i});
    if (i == 1) old.client_id = {1, 2, 3};
    if (i == 2) old.expires = 1003000;
    old.name = "old" + std::to_string(i);
    require(leases.restore(old));
  }
  dhcp::Engine engine{configuration, leases, names, log, [] { return 0x12345U; }};
  auto now = at_seconds(1000000);

  wire::Reader in{ByteView{data, size}};
  for (std::size_t i = 0; i < most_datagrams; ++i) {
    const auto what = in.u8();
    const auto length = in.u16();
    if (!what || !length) break;
    const auto datagram = in.bytes(*length).value_or(in.rest());
    const Ipv4 destination{(*what & 2U) != 0 ? 0x0a4d0001 : 0xffffffffU};
    const dhcp::Packet packet{
        datagram, {Ipv4{0x0a4d0003}, 68, 0}, destination, (*what & 4U) != 0 ? 3U : 2U, (*what & 1U) != 0};
    if ((*what & 16U) != 0) now += std::chrono::hours{1};
    auto actions = engine.receive(packet, interfaces, now);
    // A check may be followed by the next one, at most once per address of the range.
    for (int round = 0; round < 8; ++round) {
      std::vector<dhcp::Action> next;
      for (const auto& action : actions) {
        if (const auto* ping = std::get_if<dhcp::Ping>(&action)) {
          auto more = engine.ping_finished(ping->id, (*what & 8U) != 0, now);
          next.insert(next.end(), more.begin(), more.end());
        }
      }
      actions = std::move(next);
    }
    while (i % 3 == 2 && leases.take_event()) {
    }
    check(leases);
  }
  while (const auto due = engine.next_event()) static_cast<void>(engine.tick(*due));
  return 0;
}
