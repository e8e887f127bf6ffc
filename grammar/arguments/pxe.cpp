#include "grammar/arguments/pxe.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "grammar/arguments/analysis.hpp"
#include "grammar/arguments/rules.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::grammar {
namespace rules {
namespace {

struct tag : field {};
struct filter : seq<tag_or_net, tag> {};
struct filters : seq<star<filter, comma>, not_at<tag_or_net>> {};

struct architecture : field {};
struct menu_text : field {};
struct boot_server_type : field {};
struct basename : field {};
struct server_address : rest {};
struct server_host : rest {};
struct server : sor<server_address, server_host> {};
struct boot_item : sor<boot_server_type, basename> {};
struct pxe_service : seq<filters, architecture, comma, menu_text, opt<comma, boot_item, opt<comma, server>>, eof> {};

struct prompt : field {};
struct timeout : rest {};
struct pxe_prompt : seq<filters, prompt, opt<comma, timeout>, eof> {};

}  // namespace
}  // namespace rules

namespace {

// RFC 4578 section 2.1, under the names that the configuration knows.
constexpr std::array<std::string_view, 12> architectures = {
    "x86PC",    "PC98",       "IA64_EFI",   "Alpha",  "Arc_x86",   "Intel_Lean_Client",
    "IA32_EFI", "x86-64_EFI", "Xscale_EFI", "BC_EFI", "ARM32_EFI", "ARM64_EFI"};

std::vector<std::string_view> known_architectures() { return {architectures.begin(), architectures.end()}; }

}  // namespace

template <>
inline constexpr const char* expected<rules::architecture> =
    "a client architecture (such as x86PC or x86-64_EFI) or its number";
template <>
inline constexpr Choices choices<rules::architecture> = known_architectures;

namespace {

using settings::PxePrompt;
using settings::PxeService;

template <typename Rule>
struct action {};
template <>
struct action<rules::architecture> {
  template <typename Input>
  static bool apply(const Input& in, PxeService& service) {
    const std::string_view text = in.string_view();
    const auto known =
        std::ranges::find_if(architectures, [text](std::string_view name) { return same_word(name, text); });
    if (known != architectures.end()) {
      service.architecture = static_cast<std::uint16_t>(known - architectures.begin());
      return true;
    }
    const auto code = number(text);
    if (code) service.architecture = static_cast<std::uint16_t>(*code);
    return code.has_value();
  }
};
template <>
struct action<rules::menu_text> : store_text<&PxeService::menu_text> {};
template <>
struct action<rules::boot_server_type> {
  template <typename Input>
  static bool apply(const Input& in, PxeService& service) {
    const auto type = number(in.string_view());
    if (type) service.type = static_cast<std::uint16_t>(*type);
    return type.has_value();
  }
};
template <>
struct action<rules::basename> : store_text<&PxeService::basename> {};
template <>
struct action<rules::server_address> : store_plain_address<Ipv4, &PxeService::server> {};
template <>
struct action<rules::server_host> : store_text<&PxeService::server_host> {};

template <typename Rule>
struct prompt_action {};
template <>
struct prompt_action<rules::prompt> : store_text<&PxePrompt::text> {};
// What is no number leaves the menu waiting for ever.
template <>
struct prompt_action<rules::timeout> {
  template <typename Input>
  static void apply(const Input& in, PxePrompt& prompt) {
    if (const auto seconds = number(in.string_view())) prompt.timeout = static_cast<std::uint8_t>(*seconds);
  }
};
template <>
struct action<rules::tag> {
  template <typename Input, typename State>
  static void apply(const Input& in, State& state) {
    state.filters.push_back(tag_test(in.string_view()));
  }
};
template <>
struct prompt_action<rules::tag> : action<rules::tag> {};

}  // namespace

Result<PxeService> parse_pxe_service(std::string_view argument) {
  return parse<rules::pxe_service, action>(argument, PxeService{});
}

Result<PxePrompt> parse_pxe_prompt(std::string_view argument) {
  return parse<rules::pxe_prompt, prompt_action>(argument, PxePrompt{});
}

Result<std::vector<std::string>> parse_dhcp_pxe_vendor(std::string_view argument) {
  std::vector<std::string> vendors;
  for (const std::string_view vendor : split_at(argument, ',')) vendors.push_back(unquote(vendor));
  return vendors;
}

std::size_t problems_in_pxe() { return problems_of<rules::pxe_service>() + problems_of<rules::pxe_prompt>(); }

}  // namespace swapmasq::grammar
