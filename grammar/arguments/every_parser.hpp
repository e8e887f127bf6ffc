// Every argument parser under the name of its option, reduced to its verdict: what the recorded cases and the fuzzer
// run over.
#pragma once

#include <span>
#include <string_view>

#include "base/result.hpp"
#include "grammar/lookup.hpp"

namespace swapmasq::grammar {

struct NamedParser {
  std::string_view option;
  Result<void> (*judge)(std::string_view argument, const Lookup& lookup);
};

std::span<const NamedParser> every_parser();

}  // namespace swapmasq::grammar
