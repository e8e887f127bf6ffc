#include "app/dns_threads.hpp"

#include <csignal>
#include <thread>
#include <utility>

#include "app/dns_service.hpp"
#include "io/interface_monitor.hpp"
#include "io/loop.hpp"

namespace swapmasq::app {

namespace {

class SilenceableLog : public log::Log {
 public:
  explicit SilenceableLog(log::Log& log) : log_(log) {}

  void write(const log::Line& line) override {
    if (!silent_) log_.write(line);
  }
  void silence(bool silent) { silent_ = silent; }

 private:
  log::Log& log_;
  bool silent_ = false;
};

// Signals are for the main thread.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

unsigned dns_threads(const settings::Dns& settings) {
  const bool fixed_port = settings.query_port.value_or(0) != 0 ||
                          settings.rules.any_says([](const auto& rule) { return rule.source_port.has_value(); });
  const bool may_become_fixed = !settings.servers_file.empty();
  return settings.loop_detect || fixed_port || may_become_fixed ? 1 : settings.threads;
}

struct DnsThreads::Member {
  Member(const settings::Settings& settings, log::Log& shared_log, DnsTeam& team, unsigned number)
      : log(shared_log), service(loop, settings, interfaces, log, team, number) {}
  ~Member() {
    loop.stop();
    if (thread.joinable()) thread.join();
  }
  Member(const Member&) = delete;
  Member& operator=(const Member&) = delete;

  io::Loop loop;
  io::InterfaceMonitor interfaces;
  SilenceableLog log;
  DnsService service;
  std::thread thread;
};

DnsThreads::DnsThreads(const settings::Settings& settings, log::Log& log, DnsTeam& team) {
  for (unsigned number = 1; number < team.size(); ++number) {
    members_.push_back(std::make_unique<Member>(settings, log, team, number));
  }
}

DnsThreads::~DnsThreads() = default;

void DnsThreads::serve(std::vector<DnsSockets>& sockets) {
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const auto own = std::make_shared<std::vector<DnsSockets>>();
    for (auto& pair : sockets) own->push_back({pair.listener, std::move(pair.further_udp.at(i)), {}, {}});
    members_[i]->loop.post([member = members_[i].get(), own] { member->service.serve(std::move(*own)); });
  }
}

void DnsThreads::keep_only(const std::vector<Listener>& wanted) {
  for (const auto& each : members_) {
    each->loop.post([member = each.get(), wanted] { member->service.keep_only(wanted); });
  }
}

void DnsThreads::tell(const std::function<void(dns::Engine&)>& what, bool aloud) {
  for (const auto& each : members_) {
    each->loop.post([member = each.get(), what, aloud] {
      member->log.silence(!aloud);
      member->service.change(what);
      member->log.silence(false);
    });
  }
}

void DnsThreads::start() {
  const SignalsBlocked signals_blocked;
  for (const auto& each : members_) each->thread = std::thread{[member = each.get()] { member->loop.run(); }};
}

}  // namespace swapmasq::app
