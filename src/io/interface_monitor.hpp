// The kernel's interfaces and addresses as a snapshot that is taken again after the kernel says that something changed.
#pragma once

#include <memory>

#include "io/descriptor.hpp"
#include "net/interfaces.hpp"

namespace swapmasq::io {

class InterfaceMonitor {
 public:
  // Throws StartupError "cannot create netlink socket: ..." and "failed to find list of interfaces: ...".
  InterfaceMonitor();

  // As of now: looks for change notices first, which costs one system call when there are none. A snapshot that was
  // handed out never changes; a new one is another object.
  std::shared_ptr<const net::Interfaces> current();

  // Becomes readable when something changes.
  int fd() const { return netlink_.get(); }

 private:
  bool changed();

  Descriptor netlink_;
  std::shared_ptr<const net::Interfaces> snapshot_;
};

// Reads the list afresh.
net::Interfaces read_interfaces();

}  // namespace swapmasq::io
