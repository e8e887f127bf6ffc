#include "script/event.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>

#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::script {
namespace {

constexpr std::string_view prefix = "DNSMASQ_";
// Of which there may be any number.
constexpr std::array<std::string_view, 2> numbered{"USER_CLASS", "VENDOR_CLASS"};
constexpr std::array<std::string_view, 23> own_variables{
    "CIRCUIT_ID",  "CLIENT_ID",     "CPEWAN_CLASS",      "CPEWAN_OUI",    "CPEWAN_SERIAL", "DATA_MISSING",
    "DOMAIN",      "IAID",          "INTERFACE",         "LEASE_EXPIRES", "LEASE_LENGTH",  "LOG_DHCP",
    "MAC",         "MUD_URL",       "OLD_HOSTNAME",      "RELAY_ADDRESS", "REMOTE_ID",     "REQUESTED_OPTIONS",
    "SERVER_DUID", "SUBSCRIBER_ID", "SUPPLIED_HOSTNAME", "TAGS",          "TIME_REMAINING"};

enum : std::uint8_t { as_argument = 1, as_variable = 2, as_field = 4, as_number = 8 };

std::uint8_t packed(const Value::Places& places) {
  return static_cast<std::uint8_t>((places.argument ? as_argument : 0) | (places.variable ? as_variable : 0) |
                                   (places.field ? as_field : 0) | (places.number ? as_number : 0));
}

Value::Places unpacked(std::uint8_t bits) {
  return {.argument = (bits & as_argument) != 0,
          .variable = (bits & as_variable) != 0,
          .field = (bits & as_field) != 0,
          .number = (bits & as_number) != 0};
}

void put(wire::Writer& out, std::string_view text) {
  text = text.substr(0, std::numeric_limits<std::uint16_t>::max());
  out.u16(static_cast<std::uint16_t>(text.size()));
  out.text(text);
}

std::optional<std::string> get(wire::Reader& in) {
  const auto size = in.u16();
  const auto octets = size ? in.bytes(*size) : std::nullopt;
  return octets ? std::optional{to_text(*octets)} : std::nullopt;
}

// False when it does not fit as a whole.
bool put(wire::Writer& out, const Value& value) {
  const auto before = out.size();
  if (out.room() < 2 * sizeof(std::uint16_t) + 1 + value.name.size() + value.text.size()) return false;
  out.u8(packed(value.places));
  put(out, value.name);
  put(out, value.text);
  return out.size() > before;
}

std::string before_nul(std::string_view text) { return std::string{text.substr(0, text.find('\0'))}; }

}  // namespace

std::vector<std::string> Event::arguments() const {
  std::vector<std::string> all{action};
  for (const auto& value : values) {
    if (value.places.argument) all.push_back(before_nul(value.text));
  }
  return all;
}

std::optional<std::string> variable(const Value& value) {
  if (!value.places.variable) return std::nullopt;
  const auto text = before_nul(value.text);
  const auto shown = text.substr(0, text.find('='));
  if (shown.empty()) return std::nullopt;
  std::string name{prefix};
  for (const char c : value.name) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name + "=" + shown;
}

bool is_own_variable(std::string_view name) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  return std::ranges::find(own_variables, name) != own_variables.end() ||
         std::ranges::any_of(numbered, [&](auto each) { return name.starts_with(each); });
}

Bytes encode(const Event& event) {
  wire::Writer body{longest_event};
  put(body, event.action);
  for (const auto& value : event.values) {
    if (!put(body, value)) break;
  }
  wire::Writer out;
  out.u32(static_cast<std::uint32_t>(body.size()));
  out.bytes(body.view());
  return out.take();
}

std::optional<Event> decode(ByteView octets) {
  wire::Reader in{octets};
  auto action = get(in);
  if (!action) return std::nullopt;
  Event event{std::move(*action), {}};
  while (!in.at_end()) {
    const auto places = in.u8();
    auto name = get(in);
    auto text = get(in);
    if (!places || !name || !text) return std::nullopt;
    event.values.push_back({std::move(*name), std::move(*text), unpacked(*places)});
  }
  return event;
}

}  // namespace swapmasq::script
