#include "boots/trace.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "boots/reading.hpp"

namespace swapmasq::boots {

namespace {

using namespace std::chrono_literals;
using Kind = Firmware::Kind;
using Type = wire::Dhcp4Type;

// Somebody may sit before a boot menu for a while.
constexpr auto longest_pause = 1h;
// Between the last file and the first message of the operating system.
constexpr auto longest_start_of_system = 10min;
// A client without DHCP messages of its own is said to boot anew.
constexpr auto pause_between_file_runs = 2min;
// iPXE may ask again and again in one boot, by its scripts.
constexpr auto pause_between_ipxe_boots = 1min;
// For how long an address surely means the client that had it.
constexpr auto address_validity = 10min;

// Programs come in this order.
int rank(Kind kind) {
  switch (kind) {
    case Kind::ipxe:
      return 1;
    case Kind::system:
      return 2;
    default:
      return 0;
  }
}

const Exchange* last_exchange(const Stage& stage) {
  const auto step = std::find_if(stage.steps.rbegin(), stage.steps.rend(),
                                 [](const Step& s) { return std::holds_alternative<Exchange>(s); });
  return step == stage.steps.rend() ? nullptr : &std::get<Exchange>(*step);
}

bool has_files(const Stage& stage) {
  return std::ranges::any_of(stage.steps, [](const Step& step) { return !std::holds_alternative<Exchange>(step); });
}

bool is_acknowledged(const Stage& stage) {
  const auto* exchange = last_exchange(stage);
  return exchange && exchange->reply && exchange->type != Type::discover;
}

// A DHCP message of a program that can only be started by a boot: whether it is that of a new one.
bool begins_boot(const Boot& boot, const Firmware& firmware, Type type, TimePoint now) {
  const auto pause = now - boot.last;
  if (pause > longest_pause) return true;
  if (type != Type::discover && type != Type::bootp) return false;
  const auto& stage = boot.stages.back();
  if (rank(firmware.kind) != rank(stage.firmware.kind)) return rank(firmware.kind) < rank(stage.firmware.kind);
  if (firmware.kind == Kind::ipxe) return pause > pause_between_ipxe_boots;
  return has_files(stage) || is_acknowledged(stage);
}

bool begins_stage(const Stage& stage, const Firmware& firmware, Type type) {
  if (stage.firmware.kind == Kind::unknown && stage.steps.empty()) return false;
  return stage.firmware != firmware || (type == Type::discover && has_files(stage));
}

// What a running system says besides, renewals above all, is no part of a boot.
bool belongs_to_start_of_system(const Boot& boot, const wire::Dhcp4Message& message, TimePoint now) {
  if (now - boot.last > longest_start_of_system || !message.header.ciaddr.unspecified()) return false;
  const auto type = message.type();
  if (type != Type::discover && type != Type::request && type != Type::inform) return false;
  const auto& stage = boot.stages.back();
  return stage.firmware.kind != Kind::system || !is_acknowledged(stage);
}

}  // namespace

Client* BootTrace::find(const ClientKey& key) {
  const auto found = index_.find(key);
  return found == index_.end() ? nullptr : &*found->second;
}

// The client, new if need be, and in front of the others.
Client& BootTrace::touch(const ClientKey& key, TimePoint now) {
  const auto found = index_.find(key);
  if (found != index_.end()) {
    clients_.splice(clients_.begin(), clients_, found->second);
    return clients_.front();
  }
  clients_.push_front({key, std::nullopt, {}});
  index_.emplace(key, clients_.begin());
  add_boot(clients_.front(), now);
  return clients_.front();
}

void BootTrace::note_address(Client& client, const IpAddress& address) {
  if (address.unspecified()) return;
  client.boots.back().address = address;
  if (client.address != address) forget_address(client);
  client.address = address;
  addresses_.insert_or_assign(address, client.key);
}

// Unless somebody else has it by now.
void BootTrace::forget_address(const Client& client) {
  if (!client.address) return;
  const auto known = addresses_.find(*client.address);
  if (known != addresses_.end() && known->second == client.key) addresses_.erase(known);
}

ClientKey BootTrace::key_of(const IpAddress& address, unsigned interface_index, TimePoint now) const {
  const auto known = addresses_.find(address);
  if (known != addresses_.end()) {
    const auto client = index_.find(known->second);
    if (client != index_.end() && now - client->second->boots.back().last < address_validity) return known->second;
  }
  if (const auto hardware = book_.hardware_of(address, interface_index)) return *hardware;
  return address;
}

void BootTrace::heard(const HeardMessage& heard, TimePoint now) {
  const auto& message = heard.message;
  const auto type = message.type();
  if (type == Type::decline || type == Type::release || type == Type::lease_query) return;
  if (kind_of(message) == Kind::system) {
    const auto* known = find(heard.hardware);
    if (!known || !belongs_to_start_of_system(known->boots.back(), message, now)) return;
  }
  const auto firmware = firmware_of(message);
  auto& client = touch(heard.hardware, now);
  if (client.boots.back().steps != 0 && begins_boot(client.boots.back(), firmware, type, now)) add_boot(client, now);
  auto& boot = client.boots.back();
  if (begins_stage(boot.stages.back(), firmware, type)) boot.stages.emplace_back();
  if (boot.stages.back().steps.empty()) boot.stages.back().firmware = firmware;
  boot.interface = bounded_text(heard.interface);
  if (auto id = machine_id_of(message); !id.empty()) boot.machine_id = std::move(id);
  note_address(client, message.header.ciaddr);

  auto& steps = boot.stages.back().steps;
  auto* previous = steps.empty() ? nullptr : std::get_if<Exchange>(&steps.back());
  if (previous && previous->type == type && previous->xid == message.header.xid &&
      previous->pxe_port == heard.pxe_port) {
    ++previous->repetitions;
    boot.last = now;
    return;
  }
  add_step(boot,
           Exchange{.at = now,
                    .type = type,
                    .xid = message.header.xid,
                    .pxe_port = heard.pxe_port,
                    .other_server = heard.other_server},
           now);
  keep_limits();
}

// Replies come soon after their messages, so the search ends after a few steps.
Exchange* BootTrace::exchange_of(const HardwareAddress& hardware, std::uint32_t xid) {
  constexpr std::ptrdiff_t farthest = 8;
  auto* client = find(hardware);
  if (!client) return nullptr;
  auto& steps = client->boots.back().stages.back().steps;
  const auto end = steps.rbegin() + std::min(farthest, std::ssize(steps));
  for (auto step = steps.rbegin(); step != end; ++step) {
    auto* exchange = std::get_if<Exchange>(&*step);
    if (exchange && exchange->xid == xid) return exchange;
  }
  return nullptr;
}

void BootTrace::tagged(const HardwareAddress& hardware, std::uint32_t xid, std::string_view tags) {
  if (auto* exchange = exchange_of(hardware, xid)) exchange->tags = bounded_text(tags);
}

void BootTrace::answered(const HardwareAddress& hardware, const wire::Dhcp4Message& reply, TimePoint now) {
  auto* exchange = exchange_of(hardware, reply.header.xid);
  if (!exchange) return;
  exchange->reply = reply_of(reply);
  auto& client = *find(hardware);
  client.boots.back().last = now;
  note_address(client, reply.header.yiaddr);
}

void BootTrace::turned_away(const HardwareAddress& hardware, std::uint32_t xid, TurnedAway why) {
  if (auto* exchange = exchange_of(hardware, xid)) exchange->turned_away = why;
}

void BootTrace::began(const BegunFile& file, TimePoint now) {
  const auto step = std::make_shared<FileRequest>();
  step->at = now;
  step->path = bounded_text(file.path);
  step->size = file.size;
  step->block_size = file.block_size;
  step->window = file.window;
  step->size_asked = file.size_asked;
  add_file(file.client, file.interface_index, step, now);
  running_.insert_or_assign(file.id, Running{step, clients_.front().key});
}

void BootTrace::ended(const EndedFile& file, TimePoint now) {
  const auto running = running_.extract(file.id);
  const auto step = running ? running.mapped().file.lock() : nullptr;
  if (!step) return;
  using Result = FileRequest::Result;
  step->end = now;
  step->octets = file.result == Result::sent ? step->size : std::min(step->size, file.blocks * step->block_size);
  step->retransmissions = file.retransmissions;
  step->error = file.error;
  step->text = bounded_text(file.text);
  const bool only_size = file.result == Result::client_error && step->size_asked && file.blocks == 0;
  step->result = only_size ? Result::size_told : file.result;
  touch(running.mapped().client, now).boots.back().last = now;
}

void BootTrace::refused(const RefusedFile& file, TimePoint now) {
  const auto step = std::make_shared<FileRequest>();
  step->at = now;
  step->end = now;
  step->path = bounded_text(file.path);
  step->result = file.result;
  step->text = bounded_text(file.text);
  add_file(file.client, file.interface_index, step, now);
}

void BootTrace::add_file(const IpAddress& address, unsigned interface_index, const std::shared_ptr<FileRequest>& file,
                         TimePoint now) {
  auto& client = touch(key_of(address, interface_index, now), now);
  auto& boot = boot_for_file(client, now);
  note_address(client, address);
  add_step(boot, file, now);
  keep_limits();
}

Boot& BootTrace::boot_for_file(Client& client, TimePoint now) {
  const auto& boot = client.boots.back();
  const bool only_files = boot.stages.back().firmware.kind == Kind::unknown;
  const bool over = now - boot.last > (only_files ? std::chrono::minutes{pause_between_file_runs} : longest_pause);
  return boot.steps != 0 && over ? add_boot(client, now) : client.boots.back();
}

Boot& BootTrace::add_boot(Client& client, TimePoint now) {
  if (client.boots.size() == limits_.boots) {
    steps_ -= client.boots.front().steps;
    client.boots.pop_front();
  }
  auto& boot = client.boots.emplace_back();
  boot.begin = now;
  boot.last = now;
  boot.stages.emplace_back();
  return boot;
}

void BootTrace::add_step(Boot& boot, Step step, TimePoint now) {
  boot.stages.back().steps.push_back(std::move(step));
  boot.last = now;
  ++boot.steps;
  ++steps_;
  while (boot.steps > limits_.boot_steps || boot.stages.size() > limits_.stages) forget_oldest_step(boot);
}

void BootTrace::forget_oldest_step(Boot& boot) {
  if (boot.stages.size() > 1 && boot.stages.front().steps.empty()) {
    boot.stages.pop_front();
    return;
  }
  boot.stages.front().steps.pop_front();
  --boot.steps;
  --steps_;
  ++boot.forgotten;
}

void BootTrace::forget(Position client) {
  for (const auto& boot : client->boots) steps_ -= boot.steps;
  forget_address(*client);
  index_.erase(client->key);
  clients_.erase(client);
}

void BootTrace::keep_limits() {
  while (clients_.size() > 1 && (clients_.size() > limits_.clients || steps_ > limits_.steps)) {
    forget(std::prev(clients_.end()));
  }
}

}  // namespace swapmasq::boots
