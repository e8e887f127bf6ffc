#include "app/daemon.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iterator>
#include <unistd.h>
#include <utility>

#include "app/boots_command.hpp"
#include "base/startup_error.hpp"
#include "log/daemon_lines.hpp"
#include "log/dhcp_socket_lines.hpp"

namespace swapmasq::app {

namespace {

using Binding = settings::Net::Binding;

constexpr std::chrono::seconds tentative_retry{1};
constexpr std::chrono::milliseconds asynchronous_flush{100};

template <typename T>
void append(std::vector<T>& to, std::vector<T> from) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

bool contains(const std::vector<Listener>& listeners, const Listener& wanted) {
  return std::find(listeners.begin(), listeners.end(), wanted) != listeners.end();
}

}  // namespace

Daemon::Daemon(const settings::Settings& settings, log::Output& log, io::InterfaceMonitor& interfaces,
               DhcpResources* dhcp, dump::PacketDump* dump, script::Runner* scripts)
    : settings_(settings),
      log_(log),
      interfaces_(interfaces),
      dns_(make_dns(dump)),
      hosts_(dns_ ? &dns_->engine() : nullptr),
      hardware_(dhcp ? &dhcp->leases : nullptr),
      rebind_timer_(loop_, [this] { rebind(); }),
      flush_timer_(loop_, [this] {
        log_.pump();
        flush_timer_.set(io::Loop::now() + asynchronous_flush);
      }) {
  if (!settings.dns.hosts_dirs.empty() || !settings.dhcp.folders.empty()) {
    folders_.emplace(loop_, [this](const auto& changes) { read_changed(changes); });
  }
  if (has_boot_stories(settings)) stories_.emplace(settings, interfaces, hardware_);
  if (scripts) scripts_.emplace(loop_, settings, *scripts, dhcp ? &dhcp->leases : nullptr, log);
  auto* const stories = stories_ ? &*stories_ : nullptr;
  auto* const script_service = scripts_ ? &*scripts_ : nullptr;
  if (dhcp) {
    dhcp_.emplace(
        loop_, settings, *dhcp, interfaces, hosts_, log, script_service, dump,
        [this](const dhcp::LeasesChanged& change) { publish(change); }, stories);
  }
  if (settings.tftp.enabled) {
    tftp_audience_.emplace(script_service, stories);
    tftp_.emplace(loop_, settings, interfaces, hardware_, log, dump, &*tftp_audience_);
  }
}

std::unique_ptr<DnsControl> Daemon::make_dns(dump::PacketDump* dump) {
  if (!settings_.dns.enabled()) return nullptr;
  return std::make_unique<DnsControl>(loop_, settings_, interfaces_, log_, dump, [this] { reload_hosts(); });
}

void Daemon::prepare() {
  if (tftp_) tftp_->check_roots();
  if (dns_) dns_->watch_resolv_files();
}

void Daemon::log_startup(const std::string& only_dhcp_interface) {
  if (dhcp_) dhcp_->log_ranges();
  if (!only_dhcp_interface.empty()) log_.write(log::dhcp_bound_to_interface(only_dhcp_interface));
  if (tftp_) tftp_->log_startup();
}

Daemon::End Daemon::serve(Sockets sockets, io::Descriptor control) {
  take(std::move(sockets));
  if (stories_ && control) answer_requests(std::move(control));
  if (dhcp_) dhcp_->start();
  if (scripts_) scripts_->start();
  if (dns_) dns_->start_servers();
  if (settings_.net.binding != Binding::wildcard) {
    address_watch_ = loop_.watch_readable(interfaces_.fd(), [this] { interfaces_changed(); });
  }
  if (settings_.daemon.log_async) flush_timer_.set(io::Loop::now() + asynchronous_flush);
  handle_signals();
  loop_.post([this] {
    reload();
    if (dns_) dns_->start_threads();
  });
  loop_.run();
  if (dhcp_) dhcp_->stop();
  if (scripts_) scripts_->finish();
  log_.pump();
  return end_;
}

void Daemon::answer_requests(io::Descriptor control) {
  const auto admits = [](uid_t user) { return user == 0 || user == geteuid(); };
  control_.emplace(loop_, std::move(control), control::Server::Limits{}, admits,
                   [this](std::string_view command) { return stories_->answer(command); });
}

void Daemon::handle_signals() {
  loop_.on_signal(SIGTERM, [this] { loop_.stop(); });
  loop_.on_signal(SIGINT, [this] {
    if (settings_.daemon.mode != settings::Daemon::Mode::debug) return;
    end_ = End::interrupted;
    loop_.stop();
  });
  loop_.on_signal(SIGHUP, [this] { reload(); });
  loop_.on_signal(SIGUSR1, [this] {
    if (dns_) dns_->log_statistics();
  });
  loop_.on_signal(SIGUSR2, [this] { log_.reopen(); });
}

void Daemon::take(Sockets sockets) {
  for (const auto& listener : sockets.bound) bound_.push_back(listener);
  tentative_ = std::move(sockets.tentative);
  if (!tentative_.empty()) rebind_timer_.set(io::Loop::now() + tentative_retry);
  if (dns_) dns_->serve(std::move(sockets.dns));
  if (tftp_) tftp_->serve(std::move(sockets.tftp));
}

void Daemon::interfaces_changed() {
  interfaces_.current();  // takes the notices
  if (dhcp_) dhcp_->interfaces_changed();
  if (settings_.net.binding == Binding::dynamic) rebind();
}

void Daemon::rebind() {
  auto missing = std::exchange(tentative_, {});
  if (settings_.net.binding == Binding::dynamic) {
    missing = wanted_listeners(settings_, *interfaces_.current());
    if (dns_) dns_->keep_only(missing);
    if (tftp_) tftp_->keep_only(missing);
    std::erase_if(bound_, [&](const auto& listener) { return !contains(missing, listener); });
    std::erase_if(missing, [&](const auto& listener) { return contains(bound_, listener); });
  }
  Sockets opened;
  for (const auto& listener : missing) {
    try {
      auto sockets = open_sockets(settings_, {listener});
      append(opened.bound, std::move(sockets.bound));
      append(opened.tentative, std::move(sockets.tentative));
      append(opened.dns, std::move(sockets.dns));
      append(opened.tftp, std::move(sockets.tftp));
    } catch (const StartupError& error) {
      log_.write(log::cannot_listen(error.what()));
    }
  }
  take(std::move(opened));
}

// SIGHUP, and the first thing that the loop does.
void Daemon::reload() {
  if (scripts_) scripts_->announce_leases();
  reload_hosts();
  if (dns_) dns_->reload_servers();
}

void Daemon::reload_hosts() {
  auto* const watch = folders_ ? &*folders_ : nullptr;
  if (dns_) dns_->reload_hosts(watch);
  if (dhcp_) dhcp_->reload(watch);
  publish_lease_names();
}

// Names come before the hosts and options that may need them, file by file.
void Daemon::read_changed(const std::vector<io::FolderWatch::Change>& changes) {
  for (const auto& change : changes) {
    if (dns_ && dns_->read_changed_hosts(change)) {
      if (dhcp_) dhcp_->hosts_reloaded();
      publish_lease_names();
    }
    if (dhcp_) dhcp_->read_changed_files(change);
  }
}

void Daemon::publish_lease_names() {
  if (dns_ && dhcp_) dns_->set_lease_names(dhcp_->lease_names());
}

void Daemon::publish(const dhcp::LeasesChanged& change) {
  if (change.all) {
    publish_lease_names();
  } else if (dns_ && dhcp_) {
    dns_->update_lease_names(dhcp_->lease_updates(change));
  }
}

}  // namespace swapmasq::app
