// The DHCP options that are known by name: the one table behind the configuration's value types, `--help dhcp` and the
// values that log-dhcp prints (spec config-language.md appendix A; RFC 2132 and RFC 8415 for the numbers).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace swapmasq::wire {

struct DhcpOptionInfo {
  // How a configured value is read. `inferred`: from its looks.
  enum class Type {
    inferred,
    addresses,
    text,
    names,            // domain names
    counted_strings,  // each behind a 16-bit length
    time,             // seconds, 32 bits
    integer8,
    integer16,
    integer32,
  };
  // How log-dhcp prints a value; also the form for a number that is not in the table: hex.
  enum class Format { hex, addresses, text, decimal, time, names, counted_strings };
  // Internal options cannot be named in dhcp-option and are not listed by --help.
  enum class Reach { configurable, internal };

  std::uint16_t number = 0;
  std::string_view name;
  Type type = Type::inferred;
  Format format = Format::hex;
  Reach reach = Reach::configurable;

  constexpr bool internal() const { return reach == Reach::internal; }
  // Octets of a declared integer; 0 when the type is none.
  constexpr unsigned width() const {
    return type == Type::integer8 ? 1 : type == Type::integer16 ? 2 : type == Type::integer32 ? 4 : 0;
  }
};

// In ascending order of number.
std::span<const DhcpOptionInfo> dhcp4_options();
std::span<const DhcpOptionInfo> dhcp6_options();

// Nothing (null) when the table has no such row. Rows live as long as the program; names compare without case.
const DhcpOptionInfo* dhcp4_option(std::uint32_t number);
const DhcpOptionInfo* dhcp6_option(std::uint32_t number);
const DhcpOptionInfo* dhcp4_option(std::string_view name);
const DhcpOptionInfo* dhcp6_option(std::string_view name);

}  // namespace swapmasq::wire
