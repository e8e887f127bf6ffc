// What the TFTP server reads (spec tftp.md section 1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace swapmasq::settings {

struct TftpPortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
};

struct Tftp {
  bool enabled = false;
  std::vector<std::string> interfaces;  // enable-tftp=<names>, trailing '*' wildcards; empty: as for DNS
  std::string root;                     // empty: none
  struct InterfaceRoot {
    std::string directory;
    std::string interface;
  };
  std::vector<InterfaceRoot> interface_roots;
  bool secure = false;
  bool no_fail = false;
  bool lowercase = false;
  bool no_blocksize = false;
  bool single_port = false;
  bool quiet = false;
  bool unique_root_by_ip = false;
  bool unique_root_by_mac = false;
  std::uint32_t max_transfers = 50;
  std::optional<std::uint32_t> mtu;  // octets
  std::optional<TftpPortRange> port_range;
};

}  // namespace swapmasq::settings
