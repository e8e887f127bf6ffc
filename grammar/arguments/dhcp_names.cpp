#include "grammar/arguments/dhcp_names.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

#include "wire/writer.hpp"

namespace swapmasq::grammar {
namespace {

constexpr std::uint16_t pointer_bits = 0xc000;
constexpr std::size_t farthest_pointer = 0x3fff;

std::string_view first_label(std::string_view name) { return name.substr(0, std::min(name.find('.'), name.size())); }

// `known` maps a tail of a name to where it stands; without it nothing is compressed.
void write_name(wire::Writer& out, std::string_view name, std::map<std::string, std::size_t, std::less<>>* known) {
  while (!name.empty()) {
    if (known != nullptr) {
      if (const auto tail = known->find(name); tail != known->end()) {
        out.u16(static_cast<std::uint16_t>(pointer_bits | tail->second));
        return;
      }
      if (out.size() <= farthest_pointer) known->emplace(name, out.size());
    }
    const std::string_view label = first_label(name);
    name.remove_prefix(std::min(label.size() + 1, name.size()));
    out.u8(static_cast<std::uint8_t>(label.size()));
    out.bytes(to_bytes(label));
  }
  out.u8(0);
}

}  // namespace

Bytes compressed_names(const std::vector<std::string>& names) {
  wire::Writer out;
  std::map<std::string, std::size_t, std::less<>> known;
  for (const auto& name : names) write_name(out, name, &known);
  return out.take();
}

Bytes uncompressed_names(const std::vector<std::string>& names) {
  wire::Writer out;
  for (const auto& name : names) write_name(out, name, nullptr);
  return out.take();
}

}  // namespace swapmasq::grammar
