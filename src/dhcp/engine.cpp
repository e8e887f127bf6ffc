#include "dhcp/engine.hpp"

#include <utility>

#include "dhcp/server.hpp"

namespace swapmasq::dhcp {

Engine::Engine(const settings::Settings& settings, LeaseStore& leases, const HostNames& names, log::Log& log,
               Random random)
    : server_(std::make_unique<Server>(settings, leases, names, log, std::move(random))) {}

Engine::~Engine() = default;

void Engine::log_ranges() const { server_->log_ranges(); }

std::vector<Action> Engine::hosts_reloaded(const net::Interfaces& interfaces) {
  return server_->hosts_reloaded(interfaces);
}

std::vector<Action> Engine::receive(const Packet& packet, const net::Interfaces& interfaces, TimePoint now) {
  return server_->receive(packet, interfaces, now);
}

std::vector<Action> Engine::ping_finished(PingId id, bool answered, TimePoint now) {
  return server_->ping_finished(id, answered, now);
}

std::vector<Action> Engine::tick(TimePoint now) { return server_->tick(now); }

std::optional<TimePoint> Engine::next_event() const { return server_->next_event(); }

}  // namespace swapmasq::dhcp
