// The text of the lease file as it changes. Making it anew does not walk through the leases: what stays is copied in
// runs, and formatting a line costs only where one has changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "dhcp/lease_file_format.hpp"
#include "dhcp/lease_store.hpp"

namespace swapmasq::leases {

// What has become of leases, by Lease::sequence; no lines: it is gone. In the order of the file.
using LeaseEdits = std::map<std::uint64_t, dhcp::LeaseLines, std::greater<>>;

// A value; the same octets as dhcp::lease_file_text.
class LeaseText {
 public:
  LeaseText() = default;
  explicit LeaseText(const dhcp::LeaseStore& leases);

  LeaseText with(const LeaseEdits& edits) const;
  ByteView octets() const { return octets_; }

 private:
  // What one lease has in one of the two parts of the file that consist of leases.
  struct Piece {
    std::uint64_t sequence = 0;
    std::size_t end = 0;  // where it ends in `octets_`; it begins where the one before ends
  };
  struct Part {
    std::size_t begin = 0;
    std::vector<Piece> pieces;  // in the order of the file

    std::size_t end() const { return pieces.empty() ? begin : pieces.back().end; }
  };
  void append(const LeaseText& old, Part LeaseText::*part, const LeaseEdits& edits,
              std::string dhcp::LeaseLines::*field);
  void append(ByteView octets) { octets_.insert(octets_.end(), octets.begin(), octets.end()); }

  Bytes octets_;
  Part lines_;
  Part extras_;
};

}  // namespace swapmasq::leases
