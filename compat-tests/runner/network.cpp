#include "network.hpp"

#include <array>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <stdexcept>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace swapmasq::compat {

namespace {

std::string mac_text(const MacAddress& mac) { return to_hex(mac); }

// Duplicate address detection would make start-up times, and with bind-interfaces the listening sockets, a matter of
// luck.
void quiet_ipv6() {
  for (const char* scope : {"all", "default"}) {
    std::ofstream{fmt::format("/proc/sys/net/ipv6/conf/{}/accept_dad", scope)} << "0\n";
    std::ofstream{fmt::format("/proc/sys/net/ipv6/conf/{}/router_solicitations", scope)} << "0\n";
  }
}

Ipv4 address_of(const std::string& cidr) { return Ipv4::parse(cidr.substr(0, cidr.find('/'))).value_or(Ipv4{}); }

// In the calling process's namespace.
Fd open_tap(const std::string& name) {
  Fd tap{checked(::open("/dev/net/tun", O_RDWR | O_CLOEXEC), "open /dev/net/tun")};
  ifreq request{};
  name.copy(std::begin(request.ifr_name), IFNAMSIZ - 1);
  request.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR;
  checked(::ioctl(tap.get(), TUNSETIFF, &request), "TUNSETIFF");
  return tap;
}

}  // namespace

std::string run_shell(const std::string& command) {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  Fd reading{ends[0]};
  Fd writing{ends[1]};
  const pid_t child = checked(::fork(), "fork");
  if (child == 0) {
    ::dup2(writing.get(), STDOUT_FILENO);
    ::dup2(writing.get(), STDERR_FILENO);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  writing.close();
  std::string output;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = ::read(reading.get(), buffer.data(), buffer.size())) > 0;) {
    output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  int status = 0;
  checked(::waitpid(child, &status, 0), "waitpid");
  if (status != 0) throw std::runtime_error(fmt::format("command failed: {}\n{}", command, output));
  return output;
}

Network::Network() {
  server_ = Fd{checked(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), "open server namespace")};
  quiet_ipv6();
  run_shell("ip link set lo up");
  checked(::unshare(CLONE_NEWNET), "unshare client network");
  client_ = Fd{checked(::open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), "open client namespace")};
  quiet_ipv6();
  run_shell("ip link set lo up");
  checked(::setns(server_.get(), CLONE_NEWNET), "back to server namespace");
}

void Network::in_client(const std::function<void()>& action) const {
  checked(::setns(client_.get(), CLONE_NEWNET), "enter client namespace");
  try {
    action();
  } catch (...) {
    checked(::setns(server_.get(), CLONE_NEWNET), "back to server namespace");
    throw;
  }
  checked(::setns(server_.get(), CLONE_NEWNET), "back to server namespace");
}

const Link& Network::add_link(const std::string& name, const std::string& server_cidr, const std::string& client_cidr) {
  const auto number = static_cast<std::uint8_t>(links_.size() + 1);
  const Link link{name,
                  address_of(server_cidr),
                  address_of(client_cidr),
                  {0x52, 0x54, 0, 0, number, 1},
                  {0x52, 0x54, 0, 0, number, 2}};
  // The peer is born in the clients' namespace: this process's descriptor of it serves as its name.
  run_shell(fmt::format("ip link add {0} address {1} type veth peer name {0} address {2} netns /proc/{3}/fd/{4}", name,
                        mac_text(link.server_mac), mac_text(link.client_mac), ::getpid(), client_.get()));
  const auto configure = [&](const std::string& cidr) {
    if (!cidr.empty()) run_shell(fmt::format("ip addr add {} brd + dev {}", cidr, name));
    run_shell(fmt::format("ip link set {} up", name));
  };
  in_client([&] { configure(client_cidr); });
  configure(server_cidr);
  links_.push_back(link);
  return links_.back();
}

Fd Network::add_tap(const std::string& name, const std::string& server_cidr) {
  Fd tap = open_tap(name);
  run_shell(
      fmt::format("ip link set {0} address 52:54:00:00:01:01 && ip addr add {1} brd + dev {0} && ip link set {0} up",
                  name, server_cidr));
  return tap;
}

Fd Network::add_tap_on_link(const std::string& name, const std::string& server_cidr, const std::string& client_cidr) {
  add_link(name, server_cidr, "");
  Fd tap;
  in_client([&] {
    tap = open_tap("pc");
    run_shell("ip link add switch type bridge forward_delay 0");
    for (const std::string& port : {name, std::string{"pc"}}) {
      run_shell(fmt::format("ip link set {0} master switch && ip link set {0} up", port));
    }
    run_shell(fmt::format("ip addr add {} brd + dev switch && ip link set switch up", client_cidr));
  });
  return tap;
}

const Link& Network::link(const std::string& name) const {
  for (const Link& candidate : links_) {
    if (name.empty() || candidate.name == name) return candidate;
  }
  throw std::runtime_error("no link " + name);
}

}  // namespace swapmasq::compat
