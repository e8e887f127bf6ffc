// Authoritative mode and DNSSEC (spec config-language.md section 10, dns-auth.md, dnssec.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"

namespace swapmasq::settings {

// An interface whose addresses count, of one family or both.
struct InterfaceAddresses {
  std::string interface;
  bool v4 = true;
  bool v6 = true;
};

// auth-server
struct AuthServer {
  std::string name;
  std::vector<InterfaceAddresses> interfaces;
  std::vector<IpAddress> addresses;
};

// auth-zone
struct AuthZone {
  struct Subnet {
    IpAddress address;
    std::uint32_t length = 0;
  };

  std::string name;
  std::vector<Subnet> subnets;
  std::vector<Subnet> excluded;
  std::vector<InterfaceAddresses> interfaces;
  std::vector<InterfaceAddresses> excluded_interfaces;
};

// auth-soa: seconds but for the serial; serial 0: the time of the start
struct AuthSoa {
  std::uint32_t serial = 0;
  std::string mailbox;  // '@' is a dot already; empty: hostmaster of the auth-server
  std::uint32_t refresh = 1200;
  std::uint32_t retry = 180;
  std::uint32_t expiry = 1209600;
};

struct Auth {
  std::optional<AuthServer> server;
  std::vector<AuthZone> zones;
  std::uint32_t ttl = 600;  // seconds
  AuthSoa soa;
  std::vector<std::string> secondary_servers;  // auth-sec-servers
  std::vector<IpAddress> peers;                // auth-peer; empty: anyone may transfer zones
};

// trust-anchor (RFC 4034 section 5)
struct TrustAnchor {
  std::string name;
  bool negative = false;  // the name alone was given: nothing below it is validated
  std::uint16_t dns_class = 1;
  std::uint16_t key_tag = 0;
  std::uint8_t algorithm = 0;
  std::uint8_t digest_type = 0;
  Bytes digest;
};

// dnssec-limits
struct DnssecLimits {
  std::uint32_t failed_signatures = 20;
  std::uint32_t crypto_operations = 200;
  std::uint32_t sub_queries = 40;
  std::uint32_t nsec3_iterations = 150;
};

struct Dnssec {
  bool enabled = false;
  std::vector<TrustAnchor> trust_anchors;
  bool debug = false;
  bool check_unsigned = true;
  bool no_timecheck = false;
  std::string timestamp_file;  // empty: none
  DnssecLimits limits;
};

}  // namespace swapmasq::settings
