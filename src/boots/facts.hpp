// A boot as the rules about its outcome look at it: the steps that decide, found once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "boots/outcome.hpp"
#include "boots/story.hpp"

namespace swapmasq::boots {

struct Facts {
  Facts(const Boot& story, const Surroundings& circumstances);

  const Boot& boot;
  const Surroundings& surroundings;

  // Of the whole boot.
  const Stage* system = nullptr;          // an operating system came up behind boot programs
  std::vector<const FileRequest*> files;  // in order; sizes that were only asked for on the way to the file left out
  bool any_sent = false;

  // Of the last program that boots: the last stage that is not the system's.
  const Stage* stage = nullptr;
  const Exchange* last_exchange = nullptr;  // null: it sent no DHCP message
  const Exchange* answered = nullptr;       // the last one with a reply
  const Exchange* on_pxe_port = nullptr;    // the last one there
  const Exchange* to_other_server = nullptr;
  bool stage_files = false;  // it asked for some
  bool accepted = false;     // it answered an offer, or came with a request of its own

  const FileRequest* last_file() const { return files.empty() ? nullptr : files.back(); }
  // The reply to build on; null: there was none.
  const Reply* reply() const { return answered ? &*answered->reply : nullptr; }
  bool proxy() const;
  bool next_server_is_own() const;
};

// "UEFI x64 (architecture 7)", or what else is known about the program.
std::string client_text(const Firmware& firmware);

}  // namespace swapmasq::boots
