// Any octets as a journal. What was understood can be written down again and is understood as the same leases.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "leases/journal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace swapmasq;
  const auto journal = leases::parse_journal({data, size});
  if (!journal) return 0;
  const auto text = to_bytes(journal->text);
  auto again = leases::journal_head(journal->generation, text);
  again.insert(again.end(), text.begin(), text.end());
  std::vector<leases::JournalChange> changes;
  for (const auto& change : journal->changes) {
    if (const auto* lease = std::get_if<dhcp::Lease>(&change)) {
      changes.emplace_back(dhcp::lease_lines(*lease));
    } else {
      changes.emplace_back(std::get<leases::RemovedLease>(change));
    }
  }
  const auto records = leases::journal_records(journal->generation, changes);
  again.insert(again.end(), records.begin(), records.end());
  const auto copy = leases::parse_journal(again);
  if (!copy || copy->changes.size() != journal->changes.size()) std::abort();
  if (leases::replay(*copy).leases.size() != leases::replay(*journal).leases.size()) std::abort();
  return 0;
}
