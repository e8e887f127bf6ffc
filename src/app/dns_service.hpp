// DNS on real sockets: hands queries to the engine, replies to clients, and messages to and from upstream servers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/listeners.hpp"
#include "dns/engine.hpp"
#include "io/file_watch.hpp"
#include "io/folder_watch.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "io/message_server.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "upstream/upstream.hpp"

namespace swapmasq::app {

class DnsService : public upstream::Receiver {
 public:
  // `servers_changed` is called when everything but the servers has to be read as on SIGHUP (clear-on-reload); never by
  // the constructor.
  DnsService(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces, log::Log& log,
             std::function<void()> servers_changed);
  ~DnsService() override;
  DnsService(const DnsService&) = delete;
  DnsService& operator=(const DnsService&) = delete;

  void serve(std::vector<DnsSockets> sockets);
  // Stops listening on addresses that are not among these (bind-dynamic).
  void keep_only(const std::vector<Listener>& wanted);

  // Watches the resolv files. To be called as the final user; throws StartupError.
  void watch_resolv_files();
  // The servers that the configuration and the resolv files name, with their lines.
  void start_servers();
  // SIGHUP and the first pass of the loop: reads the hosts files, and with a watch the folders of hostsdir, which it
  // watches; then servers-file, and with no-poll the resolv files.
  void reload_hosts(io::FolderWatch* watch);
  void reload_servers();
  // A file of a hostsdir came, changed or went; false when it is none.
  bool read_changed_hosts(const io::FolderWatch::Change& change);

  // upstream::Receiver
  void reply(dns::SendId id, ByteView message) override;
  void failed(dns::SendId id, dns::SendFailure failure) override;
  void settled() override;

  // SIGUSR1
  void log_statistics();

  dns::Engine& engine() { return engine_; }

 private:
  struct Udp {
    Listener listener;
    io::UdpSocket socket;
    io::Loop::Watch watch;
  };

  void refresh_interfaces();
  void receive(std::uint64_t handle);
  void receive_tcp(const io::MessageServer::Connection& connection, ByteView message);
  bool admits(const Listener& listener, unsigned interface_index, const IpAddress& local) const;
  bool admits_connection(const io::MessageConnection& connection);
  bool admits_source(const IpAddress& source, bool udp);
  void read_servers_file();
  // True when there are servers now.
  bool read_resolv_files();
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
  std::function<void()> servers_changed_;
  dns::Engine engine_;
  dns::Actions actions_;                // not performed yet
  dns::Actions spare_;                  // empty: memory for the next ones
  std::vector<io::Outgoing> together_;  // replies that leave by one socket
  std::unique_ptr<upstream::Upstream> upstream_;
  io::Loop::Timer timer_;
  std::optional<TimePoint> armed_;  // what the timer is set to
  std::unique_ptr<io::FileWatch> resolv_watch_;
  std::unordered_map<std::uint64_t, Udp> sockets_;
  io::MessageServer tcp_;
  std::unordered_map<std::uint64_t, std::weak_ptr<io::MessageConnection>> connections_;
  std::uint64_t next_handle_ = 1;
  bool said_non_local_ = false;
};

}  // namespace swapmasq::app
