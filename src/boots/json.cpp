#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "boots/architecture.hpp"
#include "boots/report.hpp"
#include "boots/words.hpp"

namespace swapmasq::boots {

namespace {

using Json = nlohmann::ordered_json;
using Seconds = std::chrono::duration<double>;

constexpr int schema_version = 1;

double seconds(std::chrono::milliseconds duration) { return Seconds{duration}.count(); }

std::string utc(TimePoint time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(whole)),
                     (time - whole).count());
}

// Members that say nothing are left out.
void add(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}
void add(Json& object, const char* name, Ipv4 address) {
  if (!address.unspecified()) object[name] = address.to_string();
}

Json json_of(const Reply& reply) {
  Json object{{"message", word(reply.type)}};
  add(object, "address", reply.address);
  add(object, "server", reply.server);
  add(object, "next_server", reply.next_server);
  add(object, "server_name", reply.server_name);
  add(object, "boot_file", reply.file);
  object["pxe_menu"] = reply.menu;
  add(object, "text", reply.text);
  return object;
}

Json json_of(const Exchange& exchange, TimePoint begin) {
  Json object{{"kind", "dhcp"},
              {"at", seconds(exchange.at - begin)},
              {"message", word(exchange.type)},
              {"xid", fmt::format("{:08x}", exchange.xid)},
              {"port", exchange.pxe_port ? 4011 : 67},
              {"repetitions", exchange.repetitions}};
  if (exchange.other_server) object["other_server"] = exchange.other_server->to_string();
  add(object, "tags", exchange.tags);
  if (exchange.reply) object["reply"] = json_of(*exchange.reply);
  if (exchange.turned_away) object["turned_away"] = word(*exchange.turned_away);
  return object;
}

Json json_of(const FileRequest& file, TimePoint begin) {
  Json object{{"kind", "file"}, {"at", seconds(file.at - begin)}};
  add(object, "path", file.path);
  object["result"] = word(file.result);
  object["size"] = file.size;
  object["octets"] = file.octets;
  if (file.result != FileRequest::Result::running) object["seconds"] = seconds(file.end - file.at);
  object["block_size"] = file.block_size;
  object["window"] = file.window;
  object["retransmissions"] = file.retransmissions;
  if (file.result == FileRequest::Result::client_error) object["error"] = file.error;
  add(object, "text", file.text);
  return object;
}

Json json_of(const Stage& stage, TimePoint begin) {
  const auto& firmware = stage.firmware;
  Json object{{"firmware", word(firmware.kind)}};
  if (firmware.architecture) {
    object["architecture"] = *firmware.architecture;
    add(object, "architecture_name", std::string{architecture_name(*firmware.architecture)});
  }
  add(object, "vendor_class", firmware.vendor_class);
  add(object, "user_class", firmware.user_class);
  auto& steps = object["steps"] = Json::array();
  for (const auto& step : stage.steps) {
    const auto* exchange = std::get_if<Exchange>(&step);
    steps.push_back(exchange ? json_of(*exchange, begin)
                             : json_of(*std::get<std::shared_ptr<FileRequest>>(step), begin));
  }
  return object;
}

Json json_of(const Boot& boot, const Outcome& outcome) {
  Json object{{"begin", utc(boot.begin)}, {"seconds", seconds(boot.last - boot.begin)}};
  add(object, "interface", boot.interface);
  if (boot.address) object["address"] = boot.address->to_string();
  add(object, "machine_id", boot.machine_id);
  object["state"] = word(outcome.state);
  add(object, "cause", std::string{outcome.cause});
  add(object, "explanation", outcome.explanation);
  object["forgotten_steps"] = boot.forgotten;
  auto& stages = object["stages"] = Json::array();
  for (const auto& stage : boot.stages) stages.push_back(json_of(stage, boot.begin));
  return object;
}

}  // namespace

std::string json(const std::list<Client>& clients, const Surroundings& surroundings, TimePoint now) {
  Json document{{"version", schema_version}, {"time", utc(now)}, {"clients", Json::array()}};
  for (const auto& client : clients) {
    Json object;
    const auto* hardware = std::get_if<HardwareAddress>(&client.key);
    if (hardware) {
      object["hardware"] = hardware->to_string();
      object["hardware_type"] = hardware->type;
    }
    if (client.address) object["address"] = client.address->to_string();
    auto& boots = object["boots"] = Json::array();
    std::for_each(client.boots.rbegin(), client.boots.rend(),
                  [&](const Boot& boot) { boots.push_back(json_of(boot, judge(boot, surroundings, now))); });
    document["clients"].push_back(std::move(object));
  }
  return document.dump(2) + "\n";
}

}  // namespace swapmasq::boots
