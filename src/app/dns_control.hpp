// What DNS is told and asked apart from queries: hosts files, servers, names of leases, statistics. Reads and watches
// the files, and passes on what they say to every thread that answers.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/dns_service.hpp"
#include "app/dns_team.hpp"
#include "app/dns_threads.hpp"
#include "app/listeners.hpp"
#include "dns/engine.hpp"
#include "io/file_watch.hpp"
#include "io/folder_watch.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

class DnsControl {
 public:
  // `servers_changed` is called when everything but the servers has to be read as on SIGHUP (clear-on-reload); never by
  // the constructor.
  DnsControl(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces, log::Log& log,
             dump::PacketDump* dump, std::function<void()> servers_changed);

  void serve(std::vector<DnsSockets> sockets);
  // Stops listening on addresses that are not among these (bind-dynamic).
  void keep_only(const std::vector<Listener>& wanted);
  // To be called once, after the first reload: the further threads answer.
  void start_threads() { threads_.start(); }

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
  void set_lease_names(std::vector<dns::LeaseName> names);
  void update_lease_names(std::vector<dns::LeaseUpdate> updates);

  // SIGUSR1
  void log_statistics();

  // Of the main thread, for questions.
  const dns::Engine& engine() const { return service_.engine(); }

 private:
  void load_dynamic_hosts(const std::string& path);
  void read_servers_file();
  // True when there are servers now.
  bool read_resolv_files();
  bool read_resolv(const std::string& path, const Result<std::string>& text, bool quiet);
  void log_servers();
  // Does it with the engine of the main thread, and has the others do it.
  void tell(const std::function<void(dns::Engine&)>& what);

  io::Loop& loop_;
  const settings::Settings& settings_;
  log::Log& log_;
  std::function<void()> servers_changed_;
  DnsTeam team_;
  DnsService service_;
  DnsThreads threads_;
  std::unique_ptr<io::FileWatch> resolv_watch_;
};

}  // namespace swapmasq::app
