// Any octets as a journal. What was understood can be written down again and is understood as the same leases.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "leases/journal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace swapmasq;
  const auto journal = leases::parse_journal({data, size});
  if (!journal) return 0;
  auto again = leases::journal_start(journal->generation, journal->text);
  for (const auto& change : journal->changes) {
    const auto* lease = std::get_if<dhcp::Lease>(&change);
    const auto record =
        lease ? leases::journal_change(journal->generation, *lease)
              : leases::journal_removal(journal->generation, std::get<leases::Journal::Removed>(change).address);
    again.insert(again.end(), record.begin(), record.end());
  }
  const auto copy = leases::parse_journal(again);
  if (!copy || copy->changes.size() != journal->changes.size()) std::abort();
  if (leases::replay(*copy).leases.size() != leases::replay(*journal).leases.size()) std::abort();
  return 0;
}
