// From a read request to an open file, or to the error that the client is told (spec tftp.md sections 4, 5 and 7).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "log/line.hpp"
#include "settings/tftp.hpp"
#include "tftp/negotiation.hpp"
#include "tftp/neighbours.hpp"
#include "tftp/open_files.hpp"
#include "tftp/server.hpp"
#include "wire/tftp_packet.hpp"

namespace swapmasq::tftp {

// The client as log lines name it: no port, and link-local addresses with their interface.
std::string client_text(const Endpoint& client, std::string_view interface_name);

// An ERROR packet, and the line that says the same.
struct Refusal {
  wire::TftpErrorCode code = wire::TftpErrorCode::not_defined;
  log::Line line;
  bool logged = true;  // quiet-tftp
  std::string path;    // printable; empty: the request has none
};

Refusal unreadable(const std::string& path, Errno why);

struct Opening {
  std::string path;
  std::shared_ptr<SharedFile> file;
  wire::TftpMode mode = wire::TftpMode::octet;
  Agreement agreement;
};

class Opener {
 public:
  Opener(const settings::Tftp& settings, std::uint16_t edns_packet_max, FileSource& source,
         const Neighbours& neighbours)
      : settings_(settings),
        edns_packet_max_(edns_packet_max),
        source_(source),
        neighbours_(neighbours),
        files_(source, settings.secure) {}

  // A datagram whose opcode is RRQ or WRQ.
  [[nodiscard]] Result<Opening, Refusal> open(const Request& request, const std::string& client);

 private:
  std::string directory_for(const Request& request, const std::string& client, std::string_view root) const;
  std::string own_directory(const Request& request) const;

  const settings::Tftp& settings_;
  std::uint16_t edns_packet_max_;
  FileSource& source_;
  const Neighbours& neighbours_;
  OpenFiles files_;
};

}  // namespace swapmasq::tftp
