#include "dns/rdata.hpp"

#include <algorithm>
#include <array>

#include "wire/dns_types.hpp"

namespace swapmasq::dns {

namespace {

// Where names stand in the RDATA of a type: `before` octets, then `names` names.
struct Layout {
  std::uint16_t type;
  std::size_t before;
  unsigned names;
};

constexpr auto layouts = std::to_array<Layout>({
    {2, 0, 1},   // NS
    {3, 0, 1},   // MD
    {4, 0, 1},   // MF
    {5, 0, 1},   // CNAME
    {6, 0, 2},   // SOA
    {7, 0, 1},   // MB
    {8, 0, 1},   // MG
    {9, 0, 1},   // MR
    {12, 0, 1},  // PTR
    {14, 0, 2},  // MINFO
    {15, 2, 1},  // MX
    {17, 0, 2},  // RP
    {18, 2, 1},  // AFSDB
    {21, 2, 1},  // RT
    {26, 2, 2},  // PX
    {33, 6, 1},  // SRV
    {36, 2, 1},  // KX
    {39, 0, 1},  // DNAME
});

std::size_t required_length(std::uint16_t type) {
  return type == wire::dns_type::a ? 4 : type == wire::dns_type::aaaa ? 16 : 0;
}

}  // namespace

std::optional<Bytes> standalone_rdata(ByteView message, const wire::DnsRecord& record, NameCase name_case) {
  if (record.end() > message.size()) return std::nullopt;
  wire::Reader in{message.first(record.end())};  // names may point back, never past the record
  if (!in.seek(record.rdata_at)) return std::nullopt;
  wire::Writer out;
  const auto copy = [&](std::size_t count) {
    const auto octets = in.bytes(count);
    return octets && out.bytes(*octets);
  };
  const auto layout = std::ranges::find(layouts, record.type, &Layout::type);
  if (layout == layouts.end()) {
    const auto required = required_length(record.type);
    if (required != 0 && record.rdata_length != required) return std::nullopt;
    if (!copy(record.rdata_length)) return std::nullopt;
    return out.take();
  }
  if (!copy(layout->before)) return std::nullopt;
  for (unsigned i = 0; i < layout->names; ++i) {
    const auto name = wire::DnsName::read(in);
    if (!name || !(name_case == NameCase::lower ? name->lower() : *name).write(out)) return std::nullopt;
  }
  const bool name_only = record.type == wire::dns_type::cname || record.type == wire::dns_type::ptr;
  if (!name_only && !copy(in.left())) return std::nullopt;
  return out.take();
}

std::vector<std::size_t> names_in_rdata(ByteView message, const wire::DnsRecord& record) {
  std::vector<std::size_t> names;
  const auto layout = std::ranges::find(layouts, record.type, &Layout::type);
  wire::Reader in{message.first(std::min(record.end(), message.size()))};
  if (layout == layouts.end() || !in.seek(record.rdata_at) || !in.skip(layout->before)) return names;
  for (unsigned i = 0; i < layout->names; ++i) {
    names.push_back(in.position());
    if (!wire::skip_name(in)) break;
  }
  return names;
}

}  // namespace swapmasq::dns
