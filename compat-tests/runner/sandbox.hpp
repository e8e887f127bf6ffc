// A private machine for one scenario: process, mount, network, host name and IPC namespaces, and a root directory in
// memory with its own /etc, /dev, /run, /tmp, /var, /srv, /home and /mnt. The rest (/usr, /lib, ...) is the real
// machine's. Two programs run one after the other in two sandboxes see the same paths and contents. Nothing outlives
// the call: processes, files, interfaces.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace swapmasq::compat {

struct SandboxSetup {
  // Copied over the new root in this order; symbolic links are copied as links, every owner becomes root.
  std::vector<std::filesystem::path> trees;
  // Shown inside as /program/dnsmasq.
  std::filesystem::path program;
  int time_limit_seconds = 300;
};

inline constexpr const char* program_in_sandbox = "/program/dnsmasq";

// Why no sandbox can be made here (not root, no namespaces); empty when it can.
std::string why_no_sandbox();

// Runs `action` as process 1 of a sandbox and returns its text; an error when it threw, died or ran out of time.
Result<std::string> in_sandbox(const SandboxSetup& setup, const std::function<std::string()>& action);

}  // namespace swapmasq::compat
