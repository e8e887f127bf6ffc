// The texts that are made from the option table, so that it stays the one place where an option is described. Each
// function returns a whole file or, where a document is written by hand as well, the part between its marks.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "grammar/option_table.hpp"
#include "grammar/own_options.hpp"

namespace swapmasq::documents {

std::string compatibility_table();  // docs/compatibility.md
std::string manual_options();       // docs/dnsmasq.8
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();
std::string fuzz_dictionary();  // for libFuzzer: what configuration lines are made of

// What this build does about the option, as a phrase.
std::string_view state_of(const grammar::OptionRow& row);

// How the argument is joined to the long name: "=<path>", "[=<path>]", or nothing.
std::string joined_argument(grammar::ArgumentKind kind, std::string_view text);

// Option areas in the order in which documents go through them, each with its title.
struct Chapter {
  grammar::Area area;
  std::string_view title;
};
std::span<const Chapter> chapters();

}  // namespace swapmasq::documents
