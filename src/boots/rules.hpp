// The causes of boots that do not finish, each a rule of its own: it says nothing when it does not apply, else the
// explanation, a sentence without full stop.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "boots/facts.hpp"

namespace swapmasq::boots {

using Explanation = std::optional<std::string>;

struct Rule {
  std::string_view name;  // stable: programs read it
  Explanation (*applies)(const Facts&);
  // How long nothing must have happened; longer where the rule is about something that did not come.
  std::chrono::seconds patience{0};
};

// The first one that applies is the cause.
std::span<const Rule> rules_about_files();
std::span<const Rule> rules_about_answers();

}  // namespace swapmasq::boots
