#include "check/json_report.hpp"

#include <nlohmann/json.hpp>

#include "check/characters.hpp"

namespace swapmasq::check {

namespace {

using Json = nlohmann::ordered_json;

constexpr int schema = 1;

// In parentheses: braces would make a list of one.
Json or_null(const std::optional<std::string>& text) { return text ? Json(valid_utf8(*text)) : Json(); }

void put_place(Json& object, const std::optional<Place>& place) {
  object["file"] = place ? Json(valid_utf8(place->file)) : Json();
  object["line"] = place && place->line > 0 ? Json(place->line) : Json();
  object["column"] = place ? Json(column_of(place->text, place->begin)) : Json();
  object["end_column"] = place ? Json(column_of(place->text, place->end)) : Json();
  object["source"] = place ? Json(valid_utf8(place->text)) : Json();
}

Json json_of(const Finding& finding) {
  Json object;
  object["severity"] = finding.severity == Finding::Severity::error ? "error" : "warning";
  object["rule"] = finding.rule;
  object["message"] = valid_utf8(finding.message);
  object["dnsmasq"] = or_null(finding.dnsmasq);
  put_place(object, finding.place);
  object["expected"] = Json::array();
  for (const auto& words : finding.expected) object["expected"].push_back(valid_utf8(words));
  object["nearest"] = or_null(finding.nearest);
  object["since"] = finding.since.empty() ? Json() : Json(finding.since);
  object["related"] = Json::array();
  for (const auto& related : finding.related) {
    Json note;
    note["message"] = valid_utf8(related.message);
    put_place(note, related.place);
    object["related"].push_back(std::move(note));
  }
  return object;
}

}  // namespace

std::string json_of(const Report& report) {
  Json document;
  document["schema"] = schema;
  document["errors"] = report.count(Finding::Severity::error);
  document["warnings"] = report.count(Finding::Severity::warning);
  document["findings"] = Json::array();
  for (const auto& finding : report.findings()) document["findings"].push_back(json_of(finding));
  return document.dump(2) + "\n";
}

}  // namespace swapmasq::check
