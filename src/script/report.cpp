#include "script/report.hpp"

#include <algorithm>

#include "wire/reader.hpp"
#include "wire/writer.hpp"

namespace swapmasq::script {
namespace {

enum class Kind : std::uint8_t { ready, failed, line };
constexpr std::size_t longest_text = 2048;

void put_text(wire::Writer& out, std::string_view text) {
  text = text.substr(0, longest_text);
  out.u16(static_cast<std::uint16_t>(text.size()));
  out.text(text);
}

struct Encoder {
  wire::Writer& out;

  void operator()(const Ready& /*ready*/) {
    head(Kind::ready, 0, 0);
    put_text(out, "");
  }
  void operator()(const Failed& failed) {
    head(Kind::failed, static_cast<std::uint8_t>(failed.exit_code), 0);
    put_text(out, failed.message);
  }
  void operator()(const log::Line& line) {
    head(Kind::line, static_cast<std::uint8_t>(line.priority), static_cast<std::uint8_t>(line.subsystem));
    put_text(out, line.text);
  }
  void head(Kind kind, std::uint8_t first, std::uint8_t second) {
    out.u8(static_cast<std::uint8_t>(kind));
    out.u8(first);
    out.u8(second);
  }
};

std::optional<Report> made(std::uint8_t kind, std::uint8_t first, std::uint8_t second, ByteView text) {
  if (kind == static_cast<std::uint8_t>(Kind::ready)) return Ready{};
  if (kind == static_cast<std::uint8_t>(Kind::failed)) return Failed{first, to_text(text)};
  if (kind != static_cast<std::uint8_t>(Kind::line) || first < static_cast<int>(log::Priority::critical) ||
      first > static_cast<int>(log::Priority::debug) || second > static_cast<int>(log::Subsystem::debug)) {
    return std::nullopt;
  }
  return log::Line{static_cast<log::Priority>(first), static_cast<log::Subsystem>(second), to_text(text)};
}

}  // namespace

Bytes encode(const Report& report) {
  wire::Writer out;
  std::visit(Encoder{out}, report);
  return out.take();
}

std::optional<Report> take_report(Bytes& stream) {
  wire::Reader in{stream};
  const auto kind = in.u8();
  const auto first = in.u8();
  const auto second = in.u8();
  const auto size = in.u16();
  if (!size) return std::nullopt;
  const auto text = in.bytes(*size);
  if (!text) return std::nullopt;
  auto report = made(*kind, *first, *second, *text);
  const auto rest = in.rest();
  stream = report ? Bytes{rest.begin(), rest.end()} : Bytes{};
  return report;
}

}  // namespace swapmasq::script
