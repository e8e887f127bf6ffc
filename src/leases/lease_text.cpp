#include "leases/lease_text.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace swapmasq::leases {

LeaseText::LeaseText(const dhcp::LeaseStore& leases) {
  std::string extras;
  leases.for_each([&](const dhcp::Lease& lease) {
    const auto lines = dhcp::lease_lines(lease);
    octets_.insert(octets_.end(), lines.line.begin(), lines.line.end());
    lines_.pieces.push_back({lease.sequence, octets_.size()});
    if (lines.extras.empty()) return;
    extras += lines.extras;
    extras_.pieces.push_back({lease.sequence, extras.size()});
  });
  append(to_bytes(dhcp::server_lines(leases)));
  extras_.begin = octets_.size();
  for (auto& piece : extras_.pieces) piece.end += extras_.begin;
  append(to_bytes(extras));
}

LeaseText LeaseText::with(const LeaseEdits& edits) const {
  constexpr std::size_t line_size = 96;
  LeaseText next;
  next.octets_.reserve(octets_.size() + edits.size() * line_size);
  next.append(*this, &LeaseText::lines_, edits, &dhcp::LeaseLines::line);
  next.append(octets().subspan(lines_.end(), extras_.begin - lines_.end()));
  next.append(*this, &LeaseText::extras_, edits, &dhcp::LeaseLines::extras);
  return next;
}

void LeaseText::append(const LeaseText& old, Part LeaseText::*part, const LeaseEdits& edits,
                       std::string dhcp::LeaseLines::*field) {
  const auto& from = old.*part;
  auto& to = this->*part;
  to.begin = octets_.size();
  to.pieces.reserve(from.pieces.size() + edits.size());
  auto next = from.pieces.begin();
  auto done = from.begin;  // in the old text
  const auto copy_until = [&](std::vector<Piece>::const_iterator last) {
    if (next == last) return;
    const auto end = std::prev(last)->end;
    const auto here = octets_.size();
    append(old.octets().subspan(done, end - done));
    for (; next != last; ++next) to.pieces.push_back({next->sequence, here + (next->end - done)});
    done = end;
  };
  for (const auto& [sequence, lines] : edits) {
    copy_until(std::ranges::lower_bound(next, from.pieces.end(), sequence, std::greater{}, &Piece::sequence));
    if (next != from.pieces.end() && next->sequence == sequence) {
      done = next->end;
      ++next;
    }
    const auto& text = lines.*field;
    if (text.empty()) continue;
    append(to_bytes(text));
    to.pieces.push_back({sequence, octets_.size()});
  }
  copy_until(from.pieces.end());
}

}  // namespace swapmasq::leases
