// The journal of the lease file: everything that makes up the leases, and every change since then, so that nothing is
// forgotten that is not in the lease file yet. The format is ours and only read by the next start on the same host.
//
// A journal is a sequence of records: size of the payload (32 bits), CRC-32 (32 bits), type (8 bits), payload. The
// first one is a whole lease file with a generation number; the CRC of all records covers that number, so what is left
// of an older generation is never taken for a part of this one. A record that is cut or damaged ends the journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "dhcp/lease.hpp"
#include "dhcp/lease_file_format.hpp"

namespace swapmasq::leases {

struct RemovedLease {
  Ipv4 address;
};

struct Journal {
  std::uint64_t generation = 0;
  std::string text;                                              // a lease file
  std::vector<std::variant<dhcp::Lease, RemovedLease>> changes;  // since then, in the order of time
};

// Nothing: there is no whole lease file in it. Never fails otherwise.
std::optional<Journal> parse_journal(ByteView octets);

// The leases of the journal, in the order of a lease file.
dhcp::LeaseFileContent replay(const Journal& journal);

// What stands before the lease file in the first record. Without it there is no journal, so writing it last makes one.
inline constexpr std::size_t journal_head_size = 17;
Bytes journal_head(std::uint64_t generation, ByteView text);

using JournalChange = std::variant<dhcp::LeaseLines, RemovedLease>;
Bytes journal_records(std::uint64_t generation, std::span<const JournalChange> changes);

}  // namespace swapmasq::leases
