// TFTP on real sockets: port 69 on every listener, one more socket per transfer.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "app/listeners.hpp"
#include "dump/packet_dump.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "io/udp_socket.hpp"
#include "io/vigil.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"
#include "tftp/posix_files.hpp"
#include "tftp/server.hpp"
#include "tftp/startup.hpp"

namespace swapmasq::app {

class TftpService : public tftp::Sockets {
 public:
  // Dump and audience may be nothing.
  TftpService(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces,
              const tftp::Neighbours& neighbours, log::Log& log, dump::PacketDump* dump, tftp::Audience* audience);
  TftpService(const TftpService&) = delete;
  TftpService& operator=(const TftpService&) = delete;

  // Looks at the directories; as the final user. Throws StartupError.
  void check_roots();
  void log_startup();

  void serve(std::vector<TftpSocket> sockets);
  void keep_only(const std::vector<Listener>& wanted);

  // tftp::Sockets
  Opened open(tftp::TransferId id, const tftp::Route& route,
              const std::optional<settings::TftpPortRange>& ports) override;
  void send(tftp::TransferId id, const tftp::Route& route, tftp::Datagrams datagrams) override;
  void send_from_listener(const tftp::Route& route, tftp::Datagrams datagrams) override;
  void close(tftp::TransferId id) override;

 private:
  struct Port69 {
    Listener listener;
    io::UdpSocket socket;
    io::Loop::Watch watch;
  };
  struct Transfer {
    io::UdpSocket socket;
    io::Loop::Watch watch;
    unsigned sent = 0;
    // When the first socket is connected to the client: what others send.
    std::optional<io::UdpSocket> others;
    io::Loop::Watch others_watch;
  };

  void receive_requests(unsigned handle);
  bool admits(const Listener& listener, const net::Interface* arrival, const IpAddress& local,
              const net::Interfaces& interfaces) const;
  void receive(tftp::TransferId id);
  // False when nothing has come.
  bool receive_once(tftp::TransferId id);
  bool receive_from(io::UdpSocket& socket, tftp::TransferId id);
  void dump_sent(const io::UdpSocket& socket, const Endpoint& client, tftp::Datagrams datagrams);
  void connect(tftp::TransferId id, Transfer& transfer, const Endpoint& client);
  bool look_out(tftp::TransferId id);
  // After every call of the server: its timer, and whether port 69 is read.
  void settle();

  io::Loop& loop_;
  const settings::Settings& settings_;
  io::InterfaceMonitor& monitor_;
  log::Log& log_;
  dump::PacketDump* dump_;
  tftp::PosixFiles files_;
  tftp::MissingRoots missing_;
  std::uint32_t limit_;
  std::size_t further_sockets_;  // that may still be opened
  tftp::Server server_;
  io::Loop::Timer timer_;
  io::Vigil vigil_;
  std::optional<TimePoint> armed_;
  std::unordered_map<unsigned, Port69> ports_;
  std::unordered_map<tftp::TransferId, Transfer> transfers_;
  unsigned next_handle_ = 1;
  bool reading_ = true;
};

}  // namespace swapmasq::app
