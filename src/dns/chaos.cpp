#include "dns/chaos.hpp"

#include <fmt/format.h>

namespace swapmasq::dns {

namespace {

const wire::DnsName& bind_name() {
  static const auto name = *wire::DnsName::from_text("bind");
  return name;
}

ChaosText counter(std::uint64_t value) { return {{fmt::format("{}", value)}, false}; }

}  // namespace

std::optional<ChaosText> chaos_text(wire::WireName name, const ChaosFacts& facts) {
  const auto text = wire::to_text(name);
  if (text == "version.bind") return ChaosText{{"dnsmasq-" + facts.version}, true};
  // Who wrote the program that this one stands in for: monitoring compares these answers.
  if (text == "authors.bind") return ChaosText{{"Simon Kelley"}, true};
  if (text == "copyright.bind") return ChaosText{{"Copyright (c) 2000-2026 Simon Kelley"}, true};
  if (text == "cachesize.bind") return counter(facts.cache_size);
  if (text == "insertions.bind") return counter(facts.insertions);
  if (text == "evictions.bind") return counter(facts.evictions);
  if (text == "misses.bind") return counter(facts.misses);
  if (text == "hits.bind") return counter(facts.hits);
  if (text == "auth.bind") return counter(facts.authoritative);
  if (text == "servers.bind") return ChaosText{facts.servers, false};
  return std::nullopt;
}

bool is_chaos_name(wire::WireName name) {
  static const auto server = *wire::DnsName::from_text("server");
  return wire::is_within(name, bind_name().wire()) || wire::is_within(name, server.wire());
}

wire::WireName chaos_ancestor() { return bind_name().wire(); }

bool exists_for_chaos(wire::WireName name) {
  return wire::is_within(bind_name().wire(), name) || chaos_text(name, {}).has_value();
}

}  // namespace swapmasq::dns
