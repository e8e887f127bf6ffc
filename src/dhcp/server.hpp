// What the handlers of messages work with: the state of the server and the rules that several messages share. It has no
// logic of its own beyond putting those together; what a message means is the handler's matter.
//
// Settings, leases, names and log are borrowed.
#pragma once

#include <utility>
#include <vector>

#include "dhcp/action.hpp"
#include "dhcp/allocation.hpp"
#include "dhcp/boot_settings.hpp"
#include "dhcp/configured_options.hpp"
#include "dhcp/delayed_replies.hpp"
#include "dhcp/host_lines.hpp"
#include "dhcp/host_names.hpp"
#include "dhcp/hosts.hpp"
#include "dhcp/lease_store.hpp"
#include "dhcp/leasing.hpp"
#include "dhcp/naming.hpp"
#include "dhcp/pxe_menu.hpp"
#include "dhcp/pxe_options.hpp"
#include "dhcp/ranges.hpp"
#include "dhcp/replies.hpp"
#include "dhcp/reply_options.hpp"
#include "dhcp/transaction_log.hpp"
#include "log/line.hpp"
#include "settings/settings.hpp"

namespace swapmasq::dhcp {

struct Server {
  Server(const settings::Settings& all_settings, LeaseStore& lease_store, const HostNames& names, log::Log& log_sink,
         Random random, Audience& audience)
      : settings(all_settings),
        dhcp(all_settings.dhcp),
        leases(lease_store),
        log(log_sink),
        transactions(dhcp, log, audience),
        ranges(dhcp, log),
        hosts(HostLines{dhcp.hosts}.all()),
        pxe_menu(dhcp, names, log),
        naming(settings, names, log),
        allocation(dhcp, leases, hosts, log),
        boot_settings(dhcp, names, log),
        configured_options(dhcp, pxe_menu, log),
        pxe_options(pxe_menu, boot_settings, configured_options, log),
        reply_options(settings, boot_settings, configured_options, pxe_options, log),
        replies(settings, reply_options, naming, transactions, log, std::move(random), actions),
        delayed(settings, log) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  const settings::Settings& settings;
  const settings::Dhcp& dhcp;
  LeaseStore& leases;
  log::Log& log;
  TransactionLog transactions;
  std::vector<Action> actions;  // that the message at hand has led to

  // The configuration with what was learned about it
  Ranges ranges;
  Hosts hosts;
  PxeMenu pxe_menu;

  // What a client gets
  Naming naming;
  Allocation allocation;

  // How it is told
  BootSettings boot_settings;
  ConfiguredOptions configured_options;
  PxeOptions pxe_options;
  ReplyOptions reply_options;
  Replies replies;
  DelayedReplies delayed;

  const Lease* lease_of(const Transaction& t) const { return swapmasq::dhcp::lease_of(leases, t); }
  TagSet tags_with_range(const Transaction& t, const Range* range) const {
    return t.tags_with_range(range, settings.dhcp_matching.tag_ifs);
  }
  // By dhcp-ignore.
  bool ignored_by_tags(const Transaction& t) const { return any_applies(dhcp.ignore, t.all_tags, Untagged::never); }
  // By that or by the dhcp-host of the client.
  bool ignored(const Transaction& t) const { return (t.host && t.host->config->ignore) || ignored_by_tags(t); }

  // Keeps a transaction aside until the check that its choice waits for is finished.
  void wait(TransactionPtr t, const Allocation::Choice& choice) {
    if (const auto ping = allocation.wait(std::move(t), choice)) actions.emplace_back(*ping);
  }
};

}  // namespace swapmasq::dhcp
