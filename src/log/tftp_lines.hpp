// The catalogue of the TFTP server's log lines (spec tftp.md sections 2 and 15).
#pragma once

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

#include "log/line.hpp"

namespace swapmasq::log {

inline Line tftp_line(Priority priority, std::string text) { return {priority, Subsystem::tftp, std::move(text)}; }

// An empty root: none. The trailing blanks are dnsmasq's.
inline Line tftp_started(std::string_view root, bool secure, bool single_port) {
  return tftp_line(Priority::info, fmt::format("TFTP {}{} {} {}", root.empty() ? "enabled" : "root is ", root,
                                               secure ? "secure mode" : "", single_port ? "single port mode" : ""));
}

inline Line tftp_root_inaccessible(std::string_view root) {
  return tftp_line(Priority::warning, fmt::format("warning: {} inaccessible", root));
}

inline Line tftp_interface_root_inaccessible(std::string_view directory) {
  return tftp_line(Priority::warning, fmt::format("warning: TFTP directory {} inaccessible", directory));
}

inline Line tftp_transfers_restricted(std::uint32_t limit) {
  return tftp_line(Priority::warning, fmt::format("restricting maximum simultaneous TFTP transfers to {}", limit));
}

inline Line tftp_sent(std::string_view path, std::string_view client) {
  return tftp_line(Priority::info, fmt::format("sent {} to {}", path, client));
}

inline Line tftp_failed(std::string_view path, std::string_view client) {
  return tftp_line(Priority::error, fmt::format("failed sending {} to {}", path, client));
}

inline Line tftp_timed_out(std::string_view path, std::string_view client) {
  return tftp_line(Priority::error, fmt::format("timeout sending {} to {}", path, client));
}

inline Line tftp_client_error(std::uint16_t code, std::string_view message, std::string_view client) {
  return tftp_line(Priority::error, fmt::format("error {} {} received from {}", code, message, client));
}

inline Line tftp_no_free_port() { return tftp_line(Priority::error, "unable to get free port for TFTP"); }

// The following are also the texts of the ERROR packets that the client gets.

inline Line tftp_not_found(std::string_view path, std::string_view client) {
  return tftp_line(Priority::error, fmt::format("file {} not found for {}", path, client));
}

inline Line tftp_access_denied(std::string_view path, std::string_view reason) {
  return tftp_line(Priority::error, fmt::format("cannot access {}: {}", path, reason));
}

inline Line tftp_unreadable(std::string_view path, std::string_view reason) {
  return tftp_line(Priority::error, fmt::format("cannot read {}: {}", path, reason));
}

inline Line tftp_unsupported_request(std::string_view client) {
  return tftp_line(Priority::error, fmt::format("unsupported request from {}", client));
}

inline Line tftp_unsupported_write(std::string_view client) {
  return tftp_line(Priority::error, fmt::format("unsupported write request from {}", client));
}

inline Line tftp_empty_filename(std::string_view client) {
  return tftp_line(Priority::error, fmt::format("empty filename in request from {}", client));
}

inline Line tftp_wrong_transfer_id(std::string_view address) {
  return tftp_line(Priority::error, fmt::format("ignoring packet from {} (TID mismatch)", address));
}

}  // namespace swapmasq::log
