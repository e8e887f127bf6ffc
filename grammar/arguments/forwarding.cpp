#include "grammar/arguments/forwarding.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct device : seq<string<'d', 'e', 'v', 'i', 'c', 'e', 'i', 'd', ':'>, rep<16, xdigit>> {};
struct organisation : star<digit> {};
struct asset : star<digit> {};
struct item : sor<device, seq<string<'o', 'r', 'g', 'i', 'd', ':'>, organisation>,
                  seq<string<'a', 's', 's', 'e', 't', 'i', 'd', ':'>, asset>> {};
struct umbrella : seq<item, star<comma, item>, eof> {};

}  // namespace
}  // namespace rules

namespace {

using settings::Umbrella;

template <typename Rule>
struct action {};
template <>
struct action<rules::device> {
  template <typename Input>
  static void apply(const Input& in, Umbrella& umbrella) {
    const std::string_view text = in.string_view();
    const auto octets = hex_string(text.substr(text.find(':') + 1)).value_or(Bytes{});
    umbrella.device.emplace();
    std::copy_n(octets.begin(), std::min(octets.size(), umbrella.device->size()), umbrella.device->begin());
  }
};
template <>
struct action<rules::organisation> {
  template <typename Input>
  static bool apply(const Input& in, Umbrella& umbrella) {
    return in.empty() || assign_uint32(in.string_view(), umbrella.organisation);
  }
};
template <>
struct action<rules::asset> {
  template <typename Input>
  static bool apply(const Input& in, Umbrella& umbrella) {
    return in.empty() || assign_uint32(in.string_view(), umbrella.asset);
  }
};

// len | ip "/" len
Result<settings::AddSubnet::Part> subnet_part(std::string_view text) {
  settings::AddSubnet::Part part;
  const auto [first, second] = cut_at(text, '/');
  if (second) {
    part.address = IpAddress::parse(first);
    if (!part.address) return refused("bad address");
  }
  if (!assign_number(second.value_or(first), part.length)) return refused("");
  return part;
}

}  // namespace

Result<settings::AddSubnet> parse_add_subnet(std::string_view argument) {
  const auto [text4, text6] = cut_at(argument, ',');
  const auto v4 = subnet_part(text4);
  if (!v4) return tl::unexpected(v4.error());
  const auto v6 = subnet_part(text6.value_or(""));
  if (!v6) return tl::unexpected(v6.error());
  return settings::AddSubnet{*v4, *v6};
}

Result<settings::AddMac> parse_add_mac(std::string_view argument) {
  const std::string form = unquote(argument);
  if (form == "base64") return settings::AddMac::base64;
  if (form == "text") return settings::AddMac::text;
  return refused("");
}

Result<Umbrella> parse_umbrella(std::string_view argument) {
  const std::string plain = unquote(argument);
  return parse<rules::umbrella, action>(plain, Umbrella{});
}

Result<settings::FastRetry> parse_fast_dns_retry(std::string_view argument) {
  constexpr std::int32_t shortest = 50;  // milliseconds
  const auto [first, total] = cut_at(argument, ',');
  settings::FastRetry retry;
  const auto milliseconds = number(first);
  if (!milliseconds || *milliseconds < shortest) return refused("");
  retry.first = static_cast<std::uint32_t>(*milliseconds);
  if (total && !assign_number(*total, retry.total)) return refused("");
  return retry;
}

Result<std::vector<std::string>> parse_rebind_domain_ok(std::string_view argument) {
  const std::string plain = unquote(argument);
  std::string_view list = plain;
  if (list.starts_with('/')) list.remove_prefix(1);
  if (list.ends_with('/')) list.remove_suffix(1);
  std::vector<std::string> names;
  for (const std::string_view text : split_at(list, '/'))
    if (auto name = canonical_name(text)) names.push_back(*std::move(name));
  return names;
}

std::size_t problems_in_forwarding() { return problems_of<rules::umbrella>(); }

}  // namespace swapmasq::grammar
