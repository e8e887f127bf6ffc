#include "app/dns_control.hpp"

#include <algorithm>
#include <utility>

#include "app/text_files.hpp"
#include "config/auxiliary_files.hpp"
#include "config/system_lookup.hpp"
#include "log/auxiliary_file_lines.hpp"

namespace swapmasq::app {

DnsControl::DnsControl(io::Loop& loop, const settings::Settings& settings, io::InterfaceMonitor& interfaces,
                       log::Log& log, dump::PacketDump* dump, std::function<void()> servers_changed)
    : loop_(loop),
      settings_(settings),
      log_(log),
      servers_changed_(std::move(servers_changed)),
      team_(dns_threads(settings.dns), dump),
      service_(loop, settings, interfaces, log, team_, 0),
      threads_(settings, log, team_) {}

void DnsControl::tell(const std::function<void(dns::Engine&)>& what) {
  service_.change(what);
  threads_.tell(what);
}

void DnsControl::serve(std::vector<DnsSockets> sockets) {
  threads_.serve(sockets);
  service_.serve(std::move(sockets));
}

void DnsControl::keep_only(const std::vector<Listener>& wanted) {
  threads_.keep_only(wanted);
  service_.keep_only(wanted);
}

void DnsControl::watch_resolv_files() {
  const auto& dns = settings_.dns;
  if (dns.no_resolv || dns.no_poll || dns.resolv_files.empty()) return;
  resolv_watch_ = std::make_unique<io::FileWatch>(loop_, [this] {
    if (read_resolv_files() && settings_.dns.clear_on_reload) servers_changed_();
  });
  for (const auto& path : dns.resolv_files) resolv_watch_->add(path);
}

void DnsControl::start_servers() {
  if (engine().has_configured_servers()) log_servers();
  if (resolv_watch_) read_resolv_files();
}

void DnsControl::reload_hosts(io::FolderWatch* watch) {
  const auto files = std::make_shared<const std::vector<dns::HostsText>>(read_hosts_files(settings_.dns, log_));
  tell([files](dns::Engine& engine) { engine.load_hosts(*files, io::Loop::now()); });
  const auto& folders = settings_.dns.hosts_dirs;
  for (auto folder = folders.rbegin(); watch != nullptr && folder != folders.rend(); ++folder) {
    for (const auto& path : watch_folder(*watch, *folder, log_)) load_dynamic_hosts(path);
  }
}

void DnsControl::load_dynamic_hosts(const std::string& path) {
  const auto file = std::make_shared<const dns::HostsText>(dns::HostsText{path, text_or_message(path)});
  tell([file](dns::Engine& engine) { engine.load_dynamic_hosts(*file); });
}

bool DnsControl::read_changed_hosts(const io::FolderWatch::Change& change) {
  const auto& folders = settings_.dns.hosts_dirs;
  const auto path = file_of(change);
  if (!path || std::ranges::find(folders, change.folder) == folders.end()) return false;
  log_.write(change.removed ? log::file_removed(*path) : log::file_new_or_modified(*path));
  if (change.removed) {
    tell([path](dns::Engine& engine) { engine.remove_dynamic_hosts(*path); });
  } else {
    load_dynamic_hosts(*path);
  }
  return true;
}

void DnsControl::set_lease_names(std::vector<dns::LeaseName> names) {
  tell([names = std::move(names)](dns::Engine& engine) { engine.set_lease_names(names); });
}

void DnsControl::update_lease_names(std::vector<dns::LeaseUpdate> updates) {
  tell([updates = std::move(updates)](dns::Engine& engine) { engine.update_lease_names(updates); });
}

void DnsControl::log_servers() {
  tell([](dns::Engine& engine) { engine.log_servers(); });
}

void DnsControl::read_servers_file() {
  const auto& path = settings_.dns.servers_file;
  const auto text = text_or_message(path);
  if (!text) {
    log_.write(log::cannot_read(path, text.error()));
    return;
  }
  const auto rules = config::read_servers({path, *text}, config::system_lookup(),
                                          [this](const auto& message) { log_.write(log::refused_line(message)); });
  tell([rules](dns::Engine& engine) { engine.set_servers_file(rules); });
  log_servers();
}

bool DnsControl::read_resolv(const std::string& path, const Result<std::string>& text, bool quiet) {
  bool any = false;
  service_.change([&](dns::Engine& engine) { any = engine.read_resolv(path, text, quiet); });
  threads_.tell([path, text, quiet](dns::Engine& engine) { engine.read_resolv(path, text, quiet); });
  return any;
}

bool DnsControl::read_resolv_files() {
  bool any = false;
  for (const auto& file : app::read_resolv_files(settings_.dns.resolv_files)) {
    any = read_resolv(file.path, file.text, false) || any;
  }
  return any;
}

void DnsControl::reload_servers() {
  const bool unwatched = !settings_.dns.no_resolv && settings_.dns.no_poll;
  const bool file = !settings_.dns.servers_file.empty();
  if (unwatched) {
    for (const auto& path : settings_.dns.resolv_files) read_resolv(path, text_or_message(path), true);
  }
  if (file) read_servers_file();
  if (unwatched || file) log_servers();
}

void DnsControl::log_statistics() {
  const bool with_cache = settings_.dns.log_queries.enabled || settings_.daemon.mode == settings::Daemon::Mode::debug;
  service_.change([&](dns::Engine& engine) { engine.log_statistics(io::Loop::now(), with_cache); });
  if (with_cache) threads_.tell([](dns::Engine& engine) { engine.log_cached(); }, true);
}

}  // namespace swapmasq::app
