#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "boots/facts.hpp"
#include "boots/report.hpp"
#include "boots/words.hpp"

namespace swapmasq::boots {

namespace {

using Result = FileRequest::Result;
using Seconds = std::chrono::duration<double>;

std::string key_text(const ClientKey& key) {
  return std::visit([](const auto& address) { return address.to_string(); }, key);
}

// "2026-11-20 13:05:12"
std::string time_text(TimePoint time, std::chrono::seconds offset) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time + offset);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

std::string seconds_text(std::chrono::milliseconds duration) {
  return fmt::format("{:.3f}", Seconds{duration}.count());
}

std::string reply_text(const Reply& reply) {
  std::string text{word(reply.type)};
  if (!reply.address.unspecified()) text += " " + reply.address.to_string();
  if (reply.type == wire::Dhcp4Type::offer && reply.address.unspecified()) text += " of a proxy";
  if (!reply.server.unspecified()) text += " by " + reply.server.to_string();
  if (!reply.file.empty()) text += ", boot file " + reply.file;
  if (!reply.next_server.unspecified()) {
    text += (reply.file.empty() ? ", next server " : " at ") + reply.next_server.to_string();
  }
  if (reply.menu) text += ", with a PXE menu";
  if (!reply.text.empty()) text += fmt::format(" \"{}\"", reply.text);
  return text;
}

std::string step_text(const Exchange& exchange) {
  std::string text{word(exchange.type)};
  if (exchange.pxe_port) text += " on port 4011";
  if (exchange.repetitions != 0) text += fmt::format(" ({} times)", exchange.repetitions + 1);
  if (exchange.other_server) text += " to server " + exchange.other_server->to_string();
  if (exchange.turned_away) {
    text += fmt::format(": {}", word(*exchange.turned_away));
  } else if (exchange.reply || !exchange.other_server) {
    text += ": " + (exchange.reply ? reply_text(*exchange.reply) : "no answer");
  }
  if (!exchange.tags.empty()) text += "; tags " + exchange.tags;
  return text;
}

std::string step_text(const FileRequest& file) {
  auto text = fmt::format("TFTP {}: {}", file.path.empty() ? "?" : file.path, word(file.result));
  const bool granted = file.result != Result::not_found && file.result != Result::denied &&
                       file.result != Result::refused && !(file.result == Result::unreadable && file.size == 0);
  if (granted) {
    text += file.result == Result::sent ? fmt::format(", {} octets", file.size)
                                        : fmt::format(", {} of {} octets", file.octets, file.size);
    if (file.result != Result::running) text += fmt::format(" in {} s", seconds_text(file.end - file.at));
    text += fmt::format(", block size {}, window {}", file.block_size, file.window);
    if (file.retransmissions != 0) text += fmt::format(", {} sent again", file.retransmissions);
  }
  if (file.result == Result::client_error || file.result == Result::size_told) {
    text += fmt::format(", error {} \"{}\"", file.error, file.text);
  }
  return text;
}

std::string step_line(const Step& step, TimePoint begin) {
  if (const auto* exchange = std::get_if<Exchange>(&step)) {
    return fmt::format("    {:>9}  {}\n", "+" + seconds_text(exchange->at - begin), step_text(*exchange));
  }
  const auto& file = *std::get<std::shared_ptr<FileRequest>>(step);
  return fmt::format("    {:>9}  {}\n", "+" + seconds_text(file.at - begin), step_text(file));
}

std::string stage_line(const Firmware& firmware) {
  std::string text = client_text(firmware);
  if (!firmware.vendor_class.empty()) text += fmt::format(", vendor class {}", firmware.vendor_class);
  if (!firmware.user_class.empty()) text += fmt::format(", user class {}", firmware.user_class);
  return fmt::format("    {}\n", text);
}

std::string boot_text(const Boot& boot, const Outcome& outcome, std::chrono::seconds offset) {
  auto text = fmt::format("  {}{}{}{}, {} s: {}\n", time_text(boot.begin, offset),
                          boot.interface.empty() ? "" : " on " + boot.interface,
                          boot.address ? " as " + boot.address->to_string() : "",
                          boot.machine_id.empty() ? "" : ", machine " + boot.machine_id,
                          seconds_text(boot.last - boot.begin), word(outcome.state));
  if (boot.forgotten != 0) text += fmt::format("    ({} earlier steps are forgotten)\n", boot.forgotten);
  for (const auto& stage : boot.stages) {
    text += stage_line(stage.firmware);
    for (const auto& step : stage.steps) text += step_line(step, boot.begin);
  }
  if (!outcome.explanation.empty()) {
    text += fmt::format("    {}{}\n", outcome.state == Outcome::State::failed ? "=> likely cause: " : "=> ",
                        outcome.explanation);
  }
  return text;
}

}  // namespace

std::string timeline(const std::list<Client>& clients, const Surroundings& surroundings, TimePoint now,
                     std::chrono::seconds offset) {
  if (clients.empty()) return "No client has booted from here yet.\n";
  std::string text;
  for (const auto& client : clients) {
    if (!text.empty()) text += '\n';
    text += key_text(client.key) + "\n";
    std::for_each(client.boots.rbegin(), client.boots.rend(),
                  [&](const Boot& boot) { text += boot_text(boot, judge(boot, surroundings, now), offset); });
  }
  return text;
}

}  // namespace swapmasq::boots
