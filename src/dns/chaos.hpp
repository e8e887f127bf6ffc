// The server's own names in class CHAOS (spec dns-forwarding.md section 16).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/dns_name.hpp"

namespace swapmasq::dns {

struct ChaosFacts {
  std::string version;
  std::uint32_t cache_size = 0;
  std::uint64_t insertions = 0;
  std::uint64_t evictions = 0;
  std::uint64_t misses = 0;  // queries forwarded
  std::uint64_t hits = 0;    // queries answered locally
  std::uint64_t authoritative = 0;
  std::vector<std::string> servers;  // "<addr>#<port> <sent> <failed>"
};

struct ChaosText {
  std::vector<std::string> strings;
  bool fixed = false;  // never changes: local-ttl applies; otherwise the TTL is 0
};

// `name` in lower case; nothing for a name that has no text.
std::optional<ChaosText> chaos_text(wire::WireName name, const ChaosFacts& facts);

// `bind`, `server` or below: never forwarded in class CHAOS.
bool is_chaos_name(wire::WireName name);

// `bind`, below which the texts stand.
wire::WireName chaos_ancestor();

// The names of the texts and those above them: they exist in every class.
bool exists_for_chaos(wire::WireName name);

}  // namespace swapmasq::dns
