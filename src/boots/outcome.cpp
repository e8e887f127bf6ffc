#include "boots/outcome.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fmt/format.h>

#include "boots/rules.hpp"

namespace swapmasq::boots {

namespace {

using State = Outcome::State;
using Result = FileRequest::Result;

constexpr std::chrono::seconds moment{5};

Outcome judge_by(std::span<const Rule> rules, const Facts& facts, std::chrono::milliseconds pause) {
  for (const auto& rule : rules) {
    auto explanation = rule.applies(facts);
    if (!explanation) continue;
    if (pause < rule.patience) return {State::running, "", ""};
    return {State::failed, rule.name, *std::move(explanation)};
  }
  return {State::finished, "", ""};
}

// The file is where this server does not see who fetches it.
Outcome handed_over(const Facts& facts) {
  const auto* reply = facts.reply();
  if (facts.stage_files || !reply || reply->file.empty()) return {State::finished, "", ""};
  const bool url = reply->file.find("://") != std::string::npos;
  if (!url && facts.next_server_is_own()) return {State::finished, "", ""};
  return {State::handed_over, "",
          url ? fmt::format("the client was sent to {}, which this server does not see", reply->file)
              : fmt::format("the client was sent to {} for {}, which this server does not see",
                            reply->next_server.to_string(), reply->file)};
}

}  // namespace

Outcome judge(const Boot& boot, const Surroundings& surroundings, TimePoint now) {
  const Facts facts{boot, surroundings};
  const auto pause = now - boot.last;
  const auto* last = facts.last_file();
  if (last && (last->result == Result::running || last->result == Result::begun_anew)) return {State::running, "", ""};
  auto outcome = judge_by(rules_about_files(), facts, pause);
  if (outcome.state == State::finished) outcome = judge_by(rules_about_answers(), facts, pause);
  if (outcome.state == State::finished) outcome = handed_over(facts);
  if (facts.system && (facts.any_sent || outcome.state == State::handed_over)) {
    return {State::finished, "", "the operating system has asked for an address"};
  }
  if (facts.system && outcome.state == State::failed)
    outcome.explanation += "; an operating system started all the same";
  if (outcome.state != State::finished) return outcome;
  if (pause < moment) return {State::running, "", ""};
  outcome.explanation = "all files that the client asked for were sent";
  return outcome;
}

}  // namespace swapmasq::boots
