// The DNS forwarder and cache (RFC 1034, 1035, 2181, 2308, 6891, 8914; spec dns-forwarding.md, dns-local-data.md) as a
// sans-I/O machine: messages, files' texts and `now` go in; replies, sends to upstream servers and log lines come out.
//
// The caller owns sockets and clock. It calls tick() at next_event() or a little later. Access control (which
// interfaces, addresses and networks are served) is done before receive(). Nothing throws on foreign input.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "dns/actions.hpp"
#include "dns/client.hpp"
#include "dns/figures.hpp"
#include "dns/hosts_file.hpp"
#include "dns/hosts_loader.hpp"
#include "dns/lease_name.hpp"
#include "dns/upstream_send.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

struct Query {
  ByteView message;  // without TCP's length prefix
  Client client;
  // Of a TCP connection: the number of its last query, from Engine::reserve_serials(). Null: the engine's own count.
  std::uint32_t* last_serial = nullptr;
};

// What the engine needs besides its settings.
struct Surroundings {
  log::Log& log;
  std::function<std::uint32_t()> random;  // unpredictable: message ids, letter case
  CanonicaliseName canonicalise;          // names of hosts files: case folding and IDNA; nothing: a bad name
  std::string version = "2.93";           // version.bind says dnsmasq-<version>
  // Engines that serve side by side: what the others have counted, and numbers of queries that no two of them give.
  std::function<Figures()> others;
  std::uint32_t first_serial = 1;
  std::uint32_t serial_step = 1;
  // Hears of every query that is looked at, with its number, before the log does.
  std::function<void(const Query&, std::uint32_t)> heard;
};

class Engine {
 public:
  // `dns` must outlive the engine.
  Engine(const settings::Dns& dns, Surroundings surroundings);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // --- start-up and reload (spec daemon.md sections 7 and 8), in the order in which the lines must appear

  // The addresses that this server itself listens on; servers among them are ignored. Before log_servers().
  void set_listen_addresses(std::vector<IpAddress> addresses);
  // `using nameserver ...`. At start only when the configuration has servers, as the reference does it.
  void log_servers();
  bool has_configured_servers() const;
  // A resolv.conf was read: `reading <path>` and the server list, or why there is none. Quiet, as with no-poll: neither
  // of them, and log_servers() has to follow. True when there are servers now, so that what the old ones said may be
  // dropped (clear-on-reload).
  bool read_resolv(const std::string& path, const Result<std::string>& text, bool quiet = false);
  // All hosts files in the order of reading (/etc/hosts, addn-hosts last configured first, files of directories).
  // Drops the cache; logs `read <path> - <n> names` per file, or `cleared cache` when hosts files are off.
  void load_hosts(std::span<const HostsText> files, TimePoint now);
  // A file of a hostsdir came or changed, or load_hosts() has made its names go; then one went.
  void load_dynamic_hosts(const HostsText& file);
  void remove_dynamic_hosts(const std::string& path);
  // The lines of servers-file; they replace the ones of before. To be followed by log_servers().
  void set_servers_file(std::vector<settings::DomainRule> rules);
  // The names of all leases; replaces the ones of before.
  void set_lease_names(const std::vector<LeaseName>& names);
  // Those that have changed. What is logged about names that leases may not have is logged again, as after a change of
  // all.
  void update_lease_names(std::span<const LeaseUpdate> updates);
  void set_interfaces(std::shared_ptr<const net::Interfaces> interfaces);

  // --- messages

  void receive(const Query& query, TimePoint now, Actions& out);
  // log-queries=extra numbers the queries of a connection in a row: what stands in front of the numbers set apart for
  // it.
  std::uint32_t reserve_serials();
  void upstream_reply(SendId id, ByteView message, TimePoint now, Actions& out);
  void upstream_failed(SendId id, SendFailure failure, TimePoint now, Actions& out);
  void tick(TimePoint now, Actions& out);
  std::optional<TimePoint> next_event() const;

  // --- questions of others

  // Hosts files and host-record only: what the DHCP server asks for. The first loaded comes first.
  std::vector<std::string> names_of(const IpAddress& address) const;
  std::vector<IpAddress> addresses_of(std::string_view name) const;
  // Of the query that a send is for.
  std::optional<std::uint32_t> serial_of(SendId id) const;
  // What this engine has counted.
  Figures figures() const;
  // SIGUSR1 (spec daemon.md section 9)
  void log_statistics(TimePoint now, bool with_cache);
  // Of the table behind the statistics, what only this engine has.
  void log_cached();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace swapmasq::dns
