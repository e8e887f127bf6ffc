// The journal of the lease file: everything that makes up the leases, and every change since then, so that nothing is
// forgotten that is not in the lease file yet. The format is ours and only read by the next start on the same host.
//
// A journal is a sequence of records: size of the payload (32 bits), CRC-32 (32 bits), type (8 bits), payload. The
// first one is a whole lease file with a generation number; the CRC of all records covers that number, so what is left
// of an older generation is never taken for a part of this one. A record that is cut or damaged ends the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "dhcp/lease.hpp"
#include "dhcp/lease_file_format.hpp"

namespace swapmasq::leases {

struct Journal {
  struct Removed {
    Ipv4 address;
  };

  std::uint64_t generation = 0;
  std::string text;                                         // a lease file
  std::vector<std::variant<dhcp::Lease, Removed>> changes;  // since then, in the order of time
};

// Nothing: there is no whole lease file in it. Never fails otherwise.
std::optional<Journal> parse_journal(ByteView octets);

// The leases of the journal, in the order of a lease file.
dhcp::LeaseFileContent replay(const Journal& journal);

// The first record of a journal.
Bytes journal_start(std::uint64_t generation, std::string_view text);
// Further records.
Bytes journal_change(std::uint64_t generation, const dhcp::Lease& lease);
Bytes journal_removal(std::uint64_t generation, Ipv4 address);

}  // namespace swapmasq::leases
