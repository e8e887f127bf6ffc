// What the services that answer DNS side by side, each on a thread, have to know of one another: what they have
// counted, and what is said only once. All members may be called from any thread.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <vector>

#include "dns/engine.hpp"
#include "dns/figures.hpp"
#include "dump/packet_dump.hpp"

namespace swapmasq::app {

class DnsTeam {
 public:
  // `size` members, numbered from 0; at least 1. `dump` may be nothing.
  DnsTeam(unsigned size, dump::PacketDump* dump) : figures_(size), dump_(dump) {}

  dump::PacketDump* dump() const { return dump_; }

  unsigned size() const { return static_cast<unsigned>(figures_.size()); }

  // What a member has counted so far; called by the member itself, which thereby takes a lock a batch of messages. A
  // member that is alone has nobody to tell.
  void publish(unsigned member, const dns::Engine& engine) {
    if (size() == 1) return;
    auto figures = engine.figures();
    const std::lock_guard lock{mutex_};
    figures_[member] = std::move(figures);
  }

  // For dns::Surroundings; nothing when there are no others. Must not outlive the team.
  std::function<dns::Figures()> others_of(unsigned member) const {
    if (size() == 1) return nullptr;
    return [this, member] {
      dns::Figures sum;
      const std::lock_guard lock{mutex_};
      for (unsigned other = 0; other < size(); ++other) {
        if (other != member) sum.add(figures_[other]);
      }
      return sum;
    };
  }

  // True for one caller: the query from a network that is not local, which is logged once.
  bool first_non_local() { return !said_non_local_.test_and_set(); }

 private:
  mutable std::mutex mutex_;
  std::vector<dns::Figures> figures_;
  dump::PacketDump* dump_;
  std::atomic_flag said_non_local_;
};

}  // namespace swapmasq::app
