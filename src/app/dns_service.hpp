// DNS on real sockets: hands queries to the engine, replies to clients, and messages to and from upstream servers. One
// of these answers on each thread; what they know is told them by DnsControl.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/dns_team.hpp"
#include "app/listeners.hpp"
#include "dns/engine.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "io/message_server.hpp"
#include "io/pace.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "upstream/upstream.hpp"

namespace swapmasq::app {

class DnsService : public upstream::Receiver, public upstream::Tap {
 public:
  // `member`: this service's place in the team. All arguments outlive the service.
  DnsService(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces, log::Log& log,
             DnsTeam& team, unsigned member);
  ~DnsService() override;
  DnsService(const DnsService&) = delete;
  DnsService& operator=(const DnsService&) = delete;

  void serve(std::vector<DnsSockets> sockets);
  // Stops listening on addresses that are not among these (bind-dynamic).
  void keep_only(const std::vector<Listener>& wanted);

  // Whatever is not a message: what the engine knows and counts.
  void change(const std::function<void(dns::Engine&)>& how);
  const dns::Engine& engine() const { return engine_; }

  // upstream::Receiver
  void reply(dns::SendId id, ByteView message) override;
  void failed(dns::SendId id, dns::SendFailure failure) override;
  void settled() override;

  // upstream::Tap
  void leaves(dns::SendId id, const Endpoint& local, const Endpoint& server, ByteView message) override;
  void arrived(dns::SendId id, const Endpoint& local, const Endpoint& server, ByteView message) override;

 private:
  struct Udp {
    Listener listener;
    io::UdpSocket socket;
    io::Loop::Watch watch;
  };

  void refresh_interfaces();
  std::function<void(const dns::Query&, std::uint32_t)> query_dump();
  void receive(std::uint64_t handle);
  void receive_tcp(const io::MessageServer::Connection& connection, ByteView message);
  bool admits(const Listener& listener, unsigned interface_index, const IpAddress& local) const;
  bool admits_connection(io::MessageConnection& connection);
  bool admits_source(const IpAddress& source, bool udp);
  // What the engine wants done, of everything that came together.
  void perform();
  void arm_timer();
  io::MessageServer::Connection take_connection(std::uint64_t handle);
  void answer(std::span<const dns::Reply> replies);
  void send_together(std::uint64_t listener);
  void answer_tcp(const dns::Reply& reply);

  io::Loop& loop_;
  const settings::Settings& settings_;
  io::InterfaceMonitor& monitor_;
  std::shared_ptr<const net::Interfaces> interfaces_;
  log::Log& log_;
  DnsTeam& team_;
  unsigned member_;
  dns::Engine engine_;
  dns::Actions actions_;                // not performed yet
  dns::Actions spare_;                  // empty: memory for the next ones
  std::vector<io::Outgoing> together_;  // replies that leave by one socket
  std::unique_ptr<upstream::Upstream> upstream_;
  io::Loop::Timer timer_;
  io::Pace pace_;
  std::optional<TimePoint> armed_;  // what the timer is set to
  std::unordered_map<std::uint64_t, Udp> sockets_;
  io::MessageServer tcp_;
  std::unordered_map<std::uint64_t, std::weak_ptr<io::MessageConnection>> connections_;
  std::uint64_t next_handle_ = 1;
};

}  // namespace swapmasq::app
