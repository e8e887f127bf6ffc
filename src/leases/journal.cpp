#include "leases/journal.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <zlib.h>

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

// Of a record whose payload is `first` and then `second`.
std::uint32_t checksum(std::uint64_t generation, Type type, ByteView first, ByteView second = {}) {
  wire::Writer context{generation_size + 1};
  put_u64(context, generation);
  context.u8(static_cast<std::uint8_t>(type));
  auto crc = ::crc32_z(0, context.view().data(), context.size());
  for (const auto part : {first, second}) {
    if (!part.empty()) crc = ::crc32_z(crc, part.data(), part.size());  // no octets would start it anew
  }
  return static_cast<std::uint32_t>(crc);
}

void put_record(wire::Writer& out, std::uint64_t generation, Type type, ByteView payload) {
  out.u32(static_cast<std::uint32_t>(payload.size()));
  out.u32(checksum(generation, type, payload));
  out.u8(static_cast<std::uint8_t>(type));
  out.bytes(payload);
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
  const Record record{static_cast<Type>(*type), *payload};
  if (!generation || checksum(*generation, record.type, record.payload) != *crc) return std::nullopt;
  return record;
}

// False: no record that a journal may go on with.
bool add_change(Journal& journal, const Record& record) {
  if (record.type == Type::removal) {
    const auto address = wire::Reader{record.payload}.ipv4();
    if (address) journal.changes.emplace_back(RemovedLease{*address});
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
    } else if (const auto place = places.find(std::get<RemovedLease>(change).address); place != places.end()) {
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

Bytes journal_head(std::uint64_t generation, ByteView text) {
  wire::Writer number{generation_size};
  put_u64(number, generation);
  wire::Writer out{journal_head_size};
  out.u32(static_cast<std::uint32_t>(number.size() + text.size()));
  out.u32(checksum(generation, Type::start, number.view(), text));
  out.u8(static_cast<std::uint8_t>(Type::start));
  out.bytes(number.view());
  return out.take();
}

Bytes journal_records(std::uint64_t generation, std::span<const JournalChange> changes) {
  wire::Writer out;
  for (const auto& change : changes) {
    if (const auto* lease = std::get_if<dhcp::LeaseLines>(&change)) {
      put_record(out, generation, Type::change, to_bytes(lease->line + lease->extras));
    } else {
      put_record(out, generation, Type::removal, std::get<RemovedLease>(change).address.octets());
    }
  }
  return out.take();
}

}  // namespace swapmasq::leases
