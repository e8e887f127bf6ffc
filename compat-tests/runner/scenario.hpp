// A scenario is a folder: `script` (script.hpp), `dnsmasq.conf` which becomes /etc/dnsmasq.conf, `files/` which is laid
// over the server's root directory, and `expected`, the outcome as it was recorded from a dnsmasq binary.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace swapmasq::compat {

struct Scenario {
  std::string name;
  std::filesystem::path folder;

  // What the script's `needs` steps ask of the machine and is not there; empty when all is.
  std::string missing() const;
  // The recording without its first line, which names the program recorded; empty when there is none.
  std::string expected() const;
};

// Sorted by name. A folder without `script` is none.
std::vector<Scenario> find_scenarios(const std::filesystem::path& folder);

// Plays the scenario with the given program and returns the outcome, or why it could not be played. With `show` the
// server's log and a virtual PC's console also go to the terminal, as they come.
Result<std::string> play(const Scenario& scenario, const std::filesystem::path& program, bool show);

}  // namespace swapmasq::compat
