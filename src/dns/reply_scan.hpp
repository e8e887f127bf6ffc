// One pass over an upstream reply: follows the CNAME chain from the question, says in the log what was learned, and
// collects what the cache may keep (spec dns-forwarding.md sections 9.1, 9.5, 9.7 and 12).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "dns/cache.hpp"
#include "dns/local_data.hpp"
#include "dns/query_log.hpp"
#include "wire/dns_message.hpp"

namespace swapmasq::dns {

struct ScannedReply {
  ByteView message;
  const wire::DnsHeader& header;      // with the rcode that the client will see
  const wire::DnsQuestion& question;  // as upstream spelled it
  const Origin& origin;
  TimePoint now;
};

struct ReplyFindings {
  bool malformed = false;
  std::optional<wire::DnsName> rebind_owner;  // of a record with an address that may not be
  std::vector<CacheEntry> entries;            // to keep; empty when anything forbids it
  std::vector<std::size_t> long_ttls_at;      // positions of TTLs above max-ttl
};

ReplyFindings scan_reply(const ScannedReply& reply, const LocalData& local, const QueryLog& log);

}  // namespace swapmasq::dns
