// The texts of dhcp-hostsfile, dhcp-optsfile, servers-file and /etc/ethers as typed values (spec config-language.md
// sections 14.2, 14.3 and 14.5). The caller has read the file and writes the log.
//
// A bad line is reported and skipped; nothing is thrown.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/lookup.hpp"
#include "settings/dhcp.hpp"
#include "settings/dns.hpp"

namespace swapmasq::config {

struct AuxiliaryFile {
  const std::string& path;
  std::string_view text;
};

// Gets dnsmasq's message with the place of the line.
using RefusedLine = std::function<void(const std::string& message)>;

// `take` says false when another line has the address.
void read_dhcp_hosts(const AuxiliaryFile& file, const std::function<bool(settings::DhcpHost)>& take,
                     const RefusedLine& refused);

std::vector<settings::DhcpOption> read_dhcp_options(const AuxiliaryFile& file, const RefusedLine& refused);

std::vector<settings::DomainRule> read_servers(const AuxiliaryFile& file, const grammar::Lookup& lookup,
                                               const RefusedLine& refused);

enum class EthersFault { line, address, name, duplicate };

// A line becomes a DhcpHost with one Ethernet address that ignores client ids, and an address or a name. `take` says
// false when an earlier line has that. Returns how many lines were taken.
std::size_t read_ethers(std::string_view text, const std::function<bool(settings::DhcpHost)>& take,
                        const std::function<void(EthersFault fault, std::size_t line)>& refused);

}  // namespace swapmasq::config
