// The dhcp-host lines in force: those of the configuration, of auxiliary files and of /etc/ethers, in the order in
// which they came, so that the newest is last (spec dhcpv4.md sections 5 and 5.1).
//
// The reading of files is the caller's; a set of lines that is complete goes to Engine::set_host_lines().
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/address.hpp"
#include "dhcp/hosts.hpp"
#include "settings/dhcp.hpp"

namespace swapmasq::dhcp {

class HostLines {
 public:
  // The configured lines outlive everything that is made of them.
  explicit HostLines(const std::vector<settings::DhcpHost>& configured);

  // Lines of dhcp-hostsfile and dhcp-hostsdir. False: another line has the address.
  [[nodiscard]] bool add(settings::DhcpHost line);
  // Before they are read again. Lines of /etc/ethers stay.
  void drop_added();

  // A line of /etc/ethers: one hardware address, and an IPv4 address or a name. If a line has that address or name, its
  // hardware addresses are replaced; if not, but a line has just this hardware address, the address or name goes there.
  // False: an earlier line of /etc/ethers has the address or name.
  //
  // As in the reference, what it changes in configured lines stays until the end of the process.
  [[nodiscard]] bool add_ethers(settings::DhcpHost line);
  void drop_ethers();

  std::vector<HostLine> all() const;

 private:
  enum class Origin { configuration, added, ethers };
  struct Entry {
    Origin origin;
    HostLine line;
  };

  void append(Origin origin, HostLine line);
  void change(std::size_t place, settings::DhcpHost line);
  void index(std::size_t place);
  void unindex(std::size_t place);
  void drop(Origin origin);

  std::vector<Entry> entries_;
  // Of lines with equal keys, the newest.
  std::unordered_map<Ipv4, std::size_t> by_address_;
  std::unordered_map<std::string, std::size_t> by_name_;      // lower case
  std::unordered_map<std::string, std::size_t> by_hardware_;  // octets of lines with no other hardware address
};

}  // namespace swapmasq::dhcp
