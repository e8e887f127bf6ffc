#include "leases/journal.hpp"

#include <algorithm>
#include <boost/crc.hpp>
#include <unordered_map>
#include <utility>

#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::leases {
namespace {

enum class Type : std::uint8_t { start = 1, change = 2, removal = 3 };

constexpr std::size_t generation_size = 8;

struct Record {
  Type type = Type::start;
  ByteView payload;
};

void put_u64(wire::Writer& out, std::uint64_t value) {
  out.u32(static_cast<std::uint32_t>(value >> 32));
  out.u32(static_cast<std::uint32_t>(value));
}

std::optional<std::uint64_t> read_u64(wire::Reader& in) {
  const auto high = in.u32();
  const auto low = in.u32();
  if (!high || !low) return std::nullopt;
  return (std::uint64_t{*high} << 32) | *low;
}

std::uint32_t checksum(std::uint64_t generation, std::uint8_t type, ByteView payload) {
  wire::Writer context{generation_size + 1};
  put_u64(context, generation);
  context.u8(type);
  boost::crc_32_type crc;
  crc.process_bytes(context.view().data(), context.size());
  crc.process_bytes(payload.data(), payload.size());
  return crc.checksum();
}

Bytes record(std::uint64_t generation, Type type, ByteView payload) {
  const auto number = static_cast<std::uint8_t>(type);
  wire::Writer out;
  out.u32(static_cast<std::uint32_t>(payload.size()));
  out.u32(checksum(generation, number, payload));
  out.u8(number);
  out.bytes(payload);
  return out.take();
}

// The next record. Without a generation (the first record) it is taken from the payload.
std::optional<Record> read_record(wire::Reader& in, std::optional<std::uint64_t> generation) {
  const auto size = in.u32();
  const auto crc = in.u32();
  const auto type = in.u8();
  if (!size || !crc || !type) return std::nullopt;
  const auto payload = in.bytes(*size);
  if (!payload) return std::nullopt;
  wire::Reader start{*payload};
  if (!generation) generation = read_u64(start);
  if (!generation || checksum(*generation, *type, *payload) != *crc) return std::nullopt;
  return Record{static_cast<Type>(*type), *payload};
}

// False: no record that a journal may go on with.
bool add_change(Journal& journal, const Record& record) {
  if (record.type == Type::removal) {
    const auto address = wire::Reader{record.payload}.ipv4();
    if (address) journal.changes.emplace_back(Journal::Removed{*address});
    return address.has_value();
  }
  if (record.type != Type::change) return false;
  auto content = dhcp::parse_lease_file(to_text(record.payload));
  if (content.leases.size() != 1) return false;
  auto* lease = std::get_if<dhcp::Lease>(&content.leases.front());
  if (lease) journal.changes.emplace_back(std::move(*lease));
  return lease != nullptr;
}

}  // namespace

std::optional<Journal> parse_journal(ByteView octets) {
  wire::Reader in{octets};
  const auto start = read_record(in, std::nullopt);
  if (!start || start->type != Type::start) return std::nullopt;
  wire::Reader payload{start->payload};
  Journal journal;
  journal.generation = read_u64(payload).value_or(0);
  journal.text = to_text(payload.rest());
  while (const auto next = read_record(in, journal.generation)) {
    if (!add_change(journal, *next)) break;
  }
  return journal;
}

dhcp::LeaseFileContent replay(const Journal& journal) {
  using Entry = std::variant<dhcp::Lease, dhcp::Lease6>;
  auto content = dhcp::parse_lease_file(journal.text);
  std::vector<std::optional<Entry>> entries;
  std::unordered_map<Ipv4, std::size_t> places;
  for (auto& lease : content.leases) {
    if (const auto* v4 = std::get_if<dhcp::Lease>(&lease)) places[v4->address] = entries.size();
    entries.emplace_back(std::move(lease));
  }
  const auto old = entries.size();
  for (const auto& change : journal.changes) {
    if (const auto* lease = std::get_if<dhcp::Lease>(&change)) {
      const auto [place, is_new] = places.try_emplace(lease->address, entries.size());
      if (is_new) entries.emplace_back();
      entries[place->second] = *lease;
    } else if (const auto place = places.find(std::get<Journal::Removed>(change).address); place != places.end()) {
      entries[place->second].reset();
      places.erase(place);
    }
  }
  // New leases stand at the front of the file, the newest first.
  std::reverse(entries.begin() + static_cast<std::ptrdiff_t>(old), entries.end());
  std::rotate(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(old), entries.end());
  content.leases.clear();
  for (auto& entry : entries) {
    if (entry) content.leases.push_back(std::move(*entry));
  }
  return content;
}

Bytes journal_start(std::uint64_t generation, std::string_view text) {
  wire::Writer payload;
  put_u64(payload, generation);
  payload.text(text);
  return record(generation, Type::start, payload.view());
}

Bytes journal_change(std::uint64_t generation, const dhcp::Lease& lease) {
  return record(generation, Type::change, to_bytes(dhcp::lease_text(lease)));
}

Bytes journal_removal(std::uint64_t generation, Ipv4 address) {
  return record(generation, Type::removal, address.octets());
}

}  // namespace swapmasq::leases
