// The server, local, address and rev-server lines, in their order. There may be a million of them that say the same of
// different names, so names stand in one text, and what is said stands once for lines that are near each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "settings/domain_pattern.hpp"

namespace swapmasq::settings {

// One pattern of a line.
struct DomainRule {
  enum class Action {
    forward,           // to `server`
    standard_servers,  // target "#" of server=
    local_only,        // no target: never forwarded
    literal,           // address=: answer with `address`
    zeros,             // address=/x/#: answer 0.0.0.0 and ::
  };

  DomainPattern pattern;
  Action action = Action::forward;
  Endpoint server;                          // forward; port 53 unless given
  std::optional<IpAddress> source_address;  // forward, after '@'
  std::optional<std::uint16_t> source_port;
  std::string source_interface;
  IpAddress address;  // literal

  bool operator==(const DomainRule&) const = default;
};

class DomainRules {
 public:
  // Lives as long as no rule is added.
  struct Item {
    DomainPattern::Kind kind;
    std::string_view name;
    const DomainRule& says;  // without its pattern
  };

  void push_back(DomainRule rule) {
    const auto pattern = std::exchange(rule.pattern, {});
    push_back(pattern.kind, pattern.name, std::move(rule));
  }
  // The same; `rule` has no pattern.
  void push_back(DomainPattern::Kind kind, std::string_view name, DomainRule rule) {
    auto same = std::find(said_.rbegin(), said_.rbegin() + std::min(neighbourhood, std::ssize(said_)), rule);
    if (same == said_.rbegin() + std::min(neighbourhood, std::ssize(said_))) {
      said_.push_back(std::move(rule));
      same = said_.rbegin();
    }
    const auto place = static_cast<std::uint32_t>(said_.rend() - same - 1);
    rows_.push_back(
        {static_cast<std::uint32_t>(names_.size()), place & 0x3fffffffU, static_cast<std::uint32_t>(kind) & 3U});
    names_ += name;
  }

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }

  Item operator[](std::size_t i) const {
    const auto& row = rows_[i];
    const auto end = i + 1 < rows_.size() ? rows_[i + 1].name : names_.size();
    return {static_cast<DomainPattern::Kind>(row.kind), std::string_view{names_}.substr(row.name, end - row.name),
            said_[row.says]};
  }
  // With its pattern.
  DomainRule rule(std::size_t i) const {
    const auto& [kind, name, says] = (*this)[i];
    auto rule = says;
    rule.pattern = {kind, std::string{name}};
    return rule;
  }

  // Whether any line says what the predicate looks for; patterns are not looked at.
  template <typename Predicate>
  bool any_says(Predicate predicate) const {
    return std::ranges::any_of(said_, predicate);
  }

 private:
  static constexpr std::ptrdiff_t neighbourhood = 8;

  struct Row {
    std::uint32_t name;       // where it begins in names_
    std::uint32_t says : 30;  // in said_
    std::uint32_t kind : 2;   // of its pattern
  };

  std::vector<Row> rows_;
  std::vector<DomainRule> said_;
  std::string names_;
};

}  // namespace swapmasq::settings
