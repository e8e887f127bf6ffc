// Handlers for options whose argument goes into one member of the settings as it is.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>

#include "config/draft.hpp"
#include "grammar/arguments/values.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::config {

// The part of the settings that a member belongs to.
template <auto Member>
struct PartOf;
template <typename Part, typename Field, Field Part::*Member>
struct PartOf<Member> {
  static Part& in(settings::Settings& settings) {
    if constexpr (std::is_same_v<Part, settings::Daemon>) return settings.daemon;
    if constexpr (std::is_same_v<Part, settings::Net>) return settings.net;
    if constexpr (std::is_same_v<Part, settings::Dns>) return settings.dns;
    if constexpr (std::is_same_v<Part, settings::Auth>) return settings.auth;
    if constexpr (std::is_same_v<Part, settings::Dnssec>) return settings.dnssec;
    if constexpr (std::is_same_v<Part, settings::Dhcp>) return settings.dhcp;
    if constexpr (std::is_same_v<Part, settings::LeaseScript>) return settings.dhcp.script;
    if constexpr (std::is_same_v<Part, settings::DhcpMatching>) return settings.dhcp_matching;
    if constexpr (std::is_same_v<Part, settings::Dhcp6>) return settings.dhcp6;
    if constexpr (std::is_same_v<Part, settings::Tftp>) return settings.tftp;
  }
};

template <auto Member>
auto& field(Draft& draft) {
  return PartOf<Member>::in(draft.settings).*Member;
}

template <auto Member>
Applied flag(Draft& draft, Argument /*argument*/) {
  field<Member>(draft) = true;
  return {};
}

template <auto Member>
Applied text(Draft& draft, Argument argument) {
  field<Member>(draft) = grammar::unquote(argument.value_or(""));
  return {};
}

template <auto Member>
Applied append_text(Draft& draft, Argument argument) {
  field<Member>(draft).push_back(grammar::unquote(argument.value_or("")));
  return {};
}

// Negative numbers, which only wrapping makes, are kept as large ones.
template <auto Member>
Applied number(Draft& draft, Argument argument) {
  const auto value = argument ? grammar::number(*argument) : std::nullopt;
  if (!value) return grammar::refused("");
  field<Member>(draft) = static_cast<std::uint32_t>(*value);
  return {};
}

template <auto Member>
Applied port(Draft& draft, Argument argument) {
  const auto value = argument ? grammar::number16(*argument) : std::nullopt;
  if (!value) return grammar::refused("");
  field<Member>(draft) = *value;
  return {};
}

// One value from a line, stored.
template <auto Member, auto Parse>
Applied store(Draft& draft, Argument argument) {
  auto value = Parse(argument.value_or(""));
  if (!value) return tl::unexpected(value.error());
  field<Member>(draft) = *std::move(value);
  return {};
}

// One value from a line, appended.
template <auto Member, auto Parse>
Applied append(Draft& draft, Argument argument) {
  auto value = Parse(argument.value_or(""));
  if (!value) return tl::unexpected(value.error());
  field<Member>(draft).push_back(*std::move(value));
  return {};
}

// Every value of a line's list.
template <auto Member, auto Parse>
Applied append_all(Draft& draft, Argument argument) {
  auto values = Parse(argument.value_or(""));
  if (!values) return tl::unexpected(values.error());
  auto& list = field<Member>(draft);
  list.insert(list.end(), values->begin(), values->end());
  return {};
}

}  // namespace swapmasq::config
