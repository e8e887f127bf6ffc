// host-record lines and hosts files into a HostsStore, in the reference's order, with its log lines.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "dns/hosts_file.hpp"
#include "dns/hosts_store.hpp"
#include "log/line.hpp"
#include "net/interfaces.hpp"
#include "settings/dns.hpp"

namespace swapmasq::dns {

// One hosts file as the caller read it, or the system's error text.
struct HostsText {
  std::string path;
  Result<std::string> text;
};

std::unique_ptr<HostsStore> load_hosts(const settings::Dns& dns, const net::Interfaces& interfaces,
                                       std::span<const HostsText> files, const CanonicaliseName& canonicalise,
                                       log::Log& log);

// Adds a file of a hostsdir; what an earlier reading of it brought goes first.
void load_dynamic_hosts(const settings::Dns& dns, const net::Interfaces& interfaces, const HostsText& file,
                        const CanonicaliseName& canonicalise, HostsStore& store, log::Log& log);
// Takes away what a file of a hostsdir has brought.
void remove_dynamic_hosts(const std::string& path, HostsStore& store, log::Log& log);

}  // namespace swapmasq::dns
