#include "tftp/opening.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <optional>
#include <system_error>
#include <utility>

#include "log/tftp_lines.hpp"
#include "tftp/path.hpp"

namespace swapmasq::tftp {

using wire::TftpErrorCode;

namespace {

std::string error_text(Errno error) { return std::generic_category().message(error); }

Refusal access_denied(const std::string& path) {
  return {TftpErrorCode::access_violation, log::tftp_access_denied(path, error_text(EACCES)), true, path};
}

// RFC 826: hardware type 1
bool is_ethernet(const HardwareAddress& address) { return address.type == 1 && address.length == 6; }

}  // namespace

std::string client_text(const Endpoint& client, std::string_view interface_name) {
  const auto& address = client.address;
  if (address.is_v4() || !address.v6().link_local()) return address.to_string();
  return fmt::format("{}%{}", address.to_string(), interface_name);
}

Refusal unreadable(const std::string& path, Errno why) {
  return {TftpErrorCode::not_defined, log::tftp_unreadable(path, error_text(why)), true, path};
}

Result<Opening, Refusal> Opener::open(const Request& request, const std::string& client) {
  if (wire::tftp_opcode(request.octets) == static_cast<std::uint16_t>(wire::TftpOpcode::wrq)) {
    return tl::unexpected(Refusal{TftpErrorCode::illegal_operation, log::tftp_unsupported_write(client), true, {}});
  }
  const auto asked = wire::read_tftp_request(request.octets);
  if (!asked) {
    auto line = asked.error() == wire::TftpRequestError::empty_filename ? log::tftp_empty_filename(client)
                                                                        : log::tftp_unsupported_request(client);
    return tl::unexpected(Refusal{TftpErrorCode::illegal_operation, std::move(line), true, {}});
  }

  const auto root = root_for(settings_, request.interface_name());
  const auto prefix = root.empty() ? std::string{} : directory_for(request, client, root);
  auto path = requested_path(prefix, normalised(asked->filename, settings_.lowercase));
  const auto shown = printable(to_bytes(path));
  if (!root.empty() && climbs(path)) return tl::unexpected(access_denied(shown));

  auto file = files_.open(path);
  if (!file) {
    if (file.error() == ENOENT) {
      return tl::unexpected(
          Refusal{TftpErrorCode::file_not_found, log::tftp_not_found(shown, client), !settings_.quiet, shown});
    }
    return tl::unexpected(file.error() == EACCES ? access_denied(shown) : unreadable(shown, file.error()));
  }
  const Bounds bounds{.ipv4 = request.peer.address.is_v4(),
                      .interface_mtu = request.interface != nullptr ? request.interface->mtu : 0,
                      .edns_packet_max = edns_packet_max_,
                      .file_size = (*file)->status().size};
  return Opening{std::move(path), std::move(*file), asked->mode, agree(*asked, settings_, bounds)};
}

std::string Opener::directory_for(const Request& request, const std::string& client, std::string_view root) const {
  auto prefix = root_prefix(root);
  const auto enter = [this, &prefix](const std::string& name) {
    auto below = prefix + name + "/";
    if (!name.empty() && source_.is_directory(below)) prefix = std::move(below);
  };
  if (settings_.unique_root_by_ip) enter(client);
  if (settings_.unique_root_by_mac) enter(own_directory(request));
  return prefix;
}

// The lease knows the client's own address even when it is behind a relay; the neighbour table, the last hop's.
std::string Opener::own_directory(const Request& request) const {
  const auto& address = request.peer.address;
  auto hardware = address.is_v4() ? neighbours_.leased(address.v4()) : std::nullopt;
  if (!hardware || !is_ethernet(*hardware)) {
    hardware = neighbours_.neighbour(address, request.interface_index());
  }
  return hardware ? mac_directory(*hardware) : std::string{};
}

}  // namespace swapmasq::tftp
