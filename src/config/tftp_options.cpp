// TFTP options (spec tftp.md section 1).
#include <algorithm>
#include <array>
#include <cctype>

#include "config/options.hpp"
#include "config/values.hpp"
#include "grammar/arguments/interfaces.hpp"
#include "grammar/arguments/split.hpp"

namespace swapmasq::config {

namespace {

using grammar::Option;
using settings::Tftp;

Applied enable_tftp(Draft& draft, Argument argument) {
  draft.settings.tftp.enabled = true;
  if (!argument) return {};
  return append_all<&Tftp::interfaces, grammar::parse_interfaces>(draft, argument);
}

Applied tftp_root(Draft& draft, Argument argument) {
  const auto [directory, interface] = grammar::cut_at(argument.value_or(""), ',');
  auto& tftp = draft.settings.tftp;
  if (interface) {
    tftp.interface_roots.push_back({grammar::unquote(directory), grammar::unquote(*interface)});
  } else {
    tftp.root = grammar::unquote(directory);
  }
  return {};
}

bool same_word(std::string_view text, std::string_view lower_case_word) {
  return std::ranges::equal(text, lower_case_word, {}, [](unsigned char c) { return std::tolower(c); });
}

Applied tftp_unique_root(Draft& draft, Argument argument) {
  auto& tftp = draft.settings.tftp;
  if (!argument || same_word(*argument, "ip")) {
    tftp.unique_root_by_ip = true;
  } else if (same_word(*argument, "mac")) {
    tftp.unique_root_by_mac = true;
  } else {
    return grammar::refused("");
  }
  return {};
}

Applied tftp_port_range(Draft& draft, Argument argument) {
  const auto [first_text, last_text] = grammar::cut_at(argument.value_or(""), ',');
  const auto first = grammar::number16(first_text);
  const auto last = last_text ? grammar::number16(*last_text) : std::nullopt;
  if (!first || !last) return grammar::refused("bad port range");
  draft.settings.tftp.port_range = settings::TftpPortRange{std::min(*first, *last), std::max(*first, *last)};
  return {};
}

constexpr std::array handlers{
    Handler{Option::enable_tftp, enable_tftp},
    Handler{Option::tftp_root, tftp_root},
    Handler{Option::tftp_unique_root, tftp_unique_root},
    Handler{Option::tftp_port_range, tftp_port_range},
    Handler{Option::tftp_max, number<&Tftp::max_transfers>},
    Handler{Option::tftp_mtu, number<&Tftp::mtu>},
    Handler{Option::tftp_secure, flag<&Tftp::secure>},
    Handler{Option::tftp_no_fail, flag<&Tftp::no_fail>},
    Handler{Option::tftp_lowercase, flag<&Tftp::lowercase>},
    Handler{Option::tftp_no_blocksize, flag<&Tftp::no_blocksize>},
    Handler{Option::tftp_single_port, flag<&Tftp::single_port>},
    Handler{Option::quiet_tftp, flag<&Tftp::quiet>},
};

}  // namespace

std::span<const Handler> tftp_options() { return handlers; }

}  // namespace swapmasq::config
