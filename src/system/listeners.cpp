#include "system/listeners.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <unordered_map>

namespace swapmasq::system {

namespace {

namespace fs = std::filesystem;

template <typename Number>
std::optional<Number> number_of(std::string_view text, int base) {
  Number value{};
  const auto* const end = std::next(text.data(), static_cast<std::ptrdiff_t>(text.size()));
  const auto [last, error] = std::from_chars(text.data(), end, value, base);
  return error == std::errc{} && last == end ? std::optional{value} : std::nullopt;
}

// Eight digits for each 32 bits, whose octets stand in the order of the processor.
std::optional<IpAddress> address_of(std::string_view digits) {
  constexpr std::size_t word_digits = 8;
  std::vector<std::uint8_t> octets;
  for (std::size_t i = 0; i + word_digits <= digits.size(); i += word_digits) {
    const auto word = number_of<std::uint32_t>(digits.substr(i, word_digits), 16);
    if (!word) return std::nullopt;
    std::array<std::uint8_t, 4> ordered = Ipv4{*word}.octets();
    if constexpr (std::endian::native == std::endian::little) std::ranges::reverse(ordered);
    octets.insert(octets.end(), ordered.begin(), ordered.end());
  }
  if (octets.size() == 4) return Ipv4::from_octets({octets[0], octets[1], octets[2], octets[3]});
  Ipv6 v6;
  if (octets.size() != v6.octets.size()) return std::nullopt;
  std::ranges::copy(octets, v6.octets.begin());
  return v6;
}

std::optional<SocketRow> row_of(const std::string& line, bool udp) {
  constexpr std::string_view unconnected = "07";
  constexpr std::string_view listening = "0A";
  std::istringstream words{line};
  std::string slot, local, remote, state, queues, timer, retransmits, user, timeout;
  SocketRow row;
  if (!(words >> slot >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> row.inode)) {
    return std::nullopt;
  }
  const auto colon = local.find(':');
  if (colon == std::string::npos || state != (udp ? unconnected : listening)) return std::nullopt;
  const std::string_view text{local};
  const auto address = address_of(text.substr(0, colon));
  const auto port = number_of<std::uint16_t>(text.substr(colon + 1), 16);
  if (!address || !port) return std::nullopt;
  row.listener = {.udp = udp, .address = *address, .port = *port};
  return row;
}

std::string contents_of(const fs::path& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

using Holders = std::unordered_map<std::string, int>;  // "socket:[inode]" -> process

void collect_holders(const fs::path& process, int pid, Holders& holders) {
  std::error_code error;
  for (fs::directory_iterator at{process / "fd", error}, end; !error && at != end; at.increment(error)) {
    std::error_code no_link;
    const auto target = fs::read_symlink(at->path(), no_link).string();
    if (!no_link && target.starts_with("socket:")) holders.try_emplace(target, pid);
  }
}

Holders holders_of_sockets() {
  Holders holders;
  std::error_code error;
  for (fs::directory_iterator at{"/proc", error}, end; !error && at != end; at.increment(error)) {
    const auto pid = number_of<int>(at->path().filename().string(), 10);
    if (pid) collect_holders(at->path(), *pid, holders);
  }
  return holders;
}

std::string name_of(int pid) {
  auto name = contents_of(fmt::format("/proc/{}/comm", pid));
  if (name.ends_with('\n')) name.pop_back();
  return name;
}

}  // namespace

std::vector<SocketRow> read_socket_table(std::string_view table, bool udp) {
  std::vector<SocketRow> rows;
  std::istringstream lines{std::string{table}};
  for (std::string line; std::getline(lines, line);) {
    if (auto row = row_of(line, udp)) rows.push_back(*std::move(row));
  }
  return rows;
}

std::vector<net::Listener> find_listeners(std::span<const std::uint16_t> ports) {
  std::vector<SocketRow> rows;
  for (const auto* const table : {"udp", "udp6", "tcp", "tcp6"}) {
    const bool udp = std::string_view{table}.starts_with("udp");
    for (auto& row : read_socket_table(contents_of(fmt::format("/proc/net/{}", table)), udp)) {
      if (std::ranges::find(ports, row.listener.port) != ports.end()) rows.push_back(std::move(row));
    }
  }
  std::vector<net::Listener> listeners;
  if (rows.empty()) return listeners;
  const auto holders = holders_of_sockets();
  for (auto& [listener, inode] : rows) {
    if (const auto holder = holders.find(fmt::format("socket:[{}]", inode)); holder != holders.end()) {
      listener.pid = holder->second;
      listener.process = name_of(listener.pid);
    }
    listeners.push_back(std::move(listener));
  }
  return listeners;
}

}  // namespace swapmasq::system
