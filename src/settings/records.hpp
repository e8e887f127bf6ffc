// Records and names that the configuration itself defines (spec config-language.md 9.3, 9.4, 9.6). TTLs in seconds,
// absent: local-ttl. Names are canonical (grammar/name.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::settings {

// interface-name and dynamic-host: a name for the addresses of an interface
struct InterfaceName {
  std::string name;
  std::string interface;
  bool v4 = true;  // families that count
  bool v6 = true;
  // dynamic-host: the host bits of the address; the network bits are those of the interface's addresses
  std::optional<Ipv4> host_v4;
  std::optional<Ipv6> host_v6;
};

// synth-domain: names made of `prefix` and the address, or with `counted` its number in the range
struct SynthDomain {
  std::string name;
  IpAddress first;
  IpAddress last;
  std::string prefix;
  bool counted = false;
};

// cname: every alias stands for the target
struct Cname {
  std::vector<std::string> aliases;
  std::string target;
  std::optional<std::uint32_t> ttl;
};

// mx-host
struct MxHost {
  std::string name;
  std::optional<std::string> target;  // absent: mx-target
  std::uint16_t preference = 1;
};

// srv-host
struct SrvHost {
  std::string name;
  std::string target;  // empty: the root
  std::uint16_t port = 1;
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
};

// txt-record: each string has at most 255 octets
struct TxtRecord {
  std::string name;
  std::vector<std::string> strings;
};

// ptr-record
struct PtrRecord {
  std::string name;
  std::string target;  // empty: the root
};

// naptr-record
struct NaptrRecord {
  std::string name;
  std::uint16_t order = 0;
  std::uint16_t preference = 0;
  std::string flags;
  std::string service;
  std::string regexp;
  std::string replacement;  // empty: the root
};

// caa-record
struct CaaRecord {
  std::string name;
  std::uint8_t flags = 0;
  std::string tag;
  std::string value;
};

// dns-rr
struct DnsRecord {
  std::string name;
  std::uint16_t type = 0;
  Bytes data;
};

}  // namespace swapmasq::settings
