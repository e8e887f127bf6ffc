// The threads that answer DNS queries beside the main one (dns-threads). Each has a loop, an engine and sockets of its
// own, among which the kernel shares out the clients (SO_REUSEPORT): they have nothing in common but the settings and
// the log, and are told what changes. TCP stays with the main thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/dns_team.hpp"
#include "app/listeners.hpp"
#include "dns/engine.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::app {

// How many threads, the main one included, can answer with these settings: one, whatever is wished, where all replies
// of an upstream server come to one port (query-port, a server's source port, which servers-file may name, too), or one
// engine has to see all queries (dns-loop-detect).
unsigned dns_threads(const settings::Dns& settings);

class DnsThreads {
 public:
  // All members of the team but number 0. All arguments outlive this.
  DnsThreads(const settings::Settings& settings, log::Log& log, DnsTeam& team);
  ~DnsThreads();
  DnsThreads(const DnsThreads&) = delete;
  DnsThreads& operator=(const DnsThreads&) = delete;

  // Each takes one of the further sockets of every listener.
  void serve(std::vector<DnsSockets>& sockets);
  void keep_only(const std::vector<Listener>& wanted);
  // Each does this with its engine, in the order of the calls. `aloud`: what the engines say about it is logged;
  // otherwise the main thread has said it.
  void tell(const std::function<void(dns::Engine&)>& what, bool aloud = false);

  // From now on they answer. What they were told before comes first.
  void start();

 private:
  struct Member;

  std::vector<std::unique_ptr<Member>> members_;
};

}  // namespace swapmasq::app
