#include "boots/facts.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "boots/architecture.hpp"

namespace swapmasq::boots {

namespace {

using Kind = Firmware::Kind;
using Result = FileRequest::Result;
using Type = wire::Dhcp4Type;

// A client that learned the size asks for the file next.
void add_file(std::vector<const FileRequest*>& files, const FileRequest& file) {
  if (!files.empty() && files.back()->result == Result::size_told && files.back()->path == file.path) files.pop_back();
  files.push_back(&file);
}

}  // namespace

Facts::Facts(const Boot& story, const Surroundings& circumstances) : boot(story), surroundings(circumstances) {
  for (const auto& each : boot.stages) {
    const bool of_system = each.firmware.kind == Kind::system;
    if (of_system && stage) system = &each;
    if (!of_system || !stage) stage = &each;
    for (const auto& step : each.steps) {
      const auto* file = std::get_if<std::shared_ptr<FileRequest>>(&step);
      if (file) add_file(files, **file);
    }
  }
  any_sent = std::ranges::any_of(files, [](const auto* file) { return file->result == Result::sent; });

  for (const auto& step : stage->steps) {
    const auto* exchange = std::get_if<Exchange>(&step);
    stage_files = stage_files || !exchange;
    if (!exchange) continue;
    last_exchange = exchange;
    if (exchange->reply) answered = exchange;
    if (exchange->pxe_port) on_pxe_port = exchange;
    if (exchange->other_server) to_other_server = exchange;
    accepted = accepted || exchange->type != Type::discover;
  }
}

bool Facts::proxy() const {
  return std::ranges::any_of(stage->steps, [](const Step& step) {
    const auto* exchange = std::get_if<Exchange>(&step);
    return exchange && exchange->reply && exchange->reply->type == Type::offer &&
           exchange->reply->address.unspecified();
  });
}

bool Facts::next_server_is_own() const {
  const auto* told = reply();
  if (!told || told->next_server.unspecified() || told->next_server == told->server) return true;
  return std::ranges::find(surroundings.own_addresses, told->next_server) != surroundings.own_addresses.end();
}

std::string client_text(const Firmware& firmware) {
  std::string text;
  switch (firmware.kind) {
    case Kind::unknown:
      return "client without DHCP";
    case Kind::bootp:
      return "BOOTP client";
    case Kind::pxe:
      text = "PXE";
      break;
    case Kind::http_boot:
      text = "HTTP boot";
      break;
    case Kind::u_boot:
      text = "U-Boot";
      break;
    case Kind::ipxe:
      text = "iPXE";
      break;
    case Kind::system:
      return "operating system";
  }
  if (!firmware.architecture) return text + " of unknown architecture";
  const auto name = architecture_name(*firmware.architecture);
  return name.empty() ? fmt::format("{}, architecture {}", text, *firmware.architecture)
                      : fmt::format("{}, {} (architecture {})", text, name, *firmware.architecture);
}

}  // namespace swapmasq::boots
