// What a lease-change script is told: an action and named values, each with the places where it is shown. A dhcp-script
// gets them as arguments and environment, a dhcp-luascript as fields of a table (spec leases-and-scripts.md sections
// 5.2, 5.4 and 6).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"

namespace swapmasq::script {

struct Value {
  // Where it is shown.
  struct Places {
    bool argument = false;  // in the order of the values
    bool variable = false;  // DNSMASQ_ and the name in upper case
    bool field = false;     // of the table, under the name
    bool number = false;    // there
    bool operator==(const Places&) const = default;
  };

  std::string name;  // as in a table; of letters, digits and '_'
  std::string text;  // foreign octets
  Places places;

  bool operator==(const Value&) const = default;
};

struct Event {
  std::string action;
  std::vector<Value> values;

  bool operator==(const Event&) const = default;

  // The action and what follows it on the command line.
  std::vector<std::string> arguments() const;
};

// A variable of the environment as execve(2) wants it; nothing for a value that is not shown there, or is empty. What
// follows a NUL or a '=' is cut off.
std::optional<std::string> variable(const Value& value);

// Whether a variable of this name is dnsmasq's own, so that one that was inherited must not be passed on.
bool is_own_variable(std::string_view name);

// On the way to the process that runs scripts: the event behind its length. Texts beyond 65535 octets are cut.
inline constexpr std::size_t length_octets = 4;
inline constexpr std::size_t longest_event = 1U << 20U;  // octets behind the length
Bytes encode(const Event& event);
// Without the length. Nothing unless the octets are exactly one event.
std::optional<Event> decode(ByteView octets);

}  // namespace swapmasq::script
