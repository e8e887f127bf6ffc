#include "tftp/path.hpp"

#include <algorithm>
#include <cctype>

namespace swapmasq::tftp {

std::string normalised(ByteView filename, bool lowercase) {
  auto name = to_text(filename);
  for (auto& c : name) {
    if (c == '\\') {
      c = '/';
    } else if (lowercase) {
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return name;
}

std::string_view root_for(const settings::Tftp& settings, std::string_view interface_name) {
  const auto& roots = settings.interface_roots;
  const auto own = std::ranges::find(roots, interface_name, &settings::Tftp::InterfaceRoot::interface);
  return own != roots.end() ? own->directory : settings.root;
}

std::string root_prefix(std::string_view root) {
  std::string prefix{root};
  if (!prefix.starts_with('/')) prefix.insert(prefix.begin(), '/');
  if (!prefix.ends_with('/')) prefix.push_back('/');
  return prefix;
}

std::string mac_directory(const HardwareAddress& address) {
  return address.length == 6 ? to_hex(address.bytes(), '-') : std::string{};
}

std::string requested_path(std::string_view prefix, std::string_view filename) {
  std::string path;
  if (prefix.empty()) {
    path = filename.starts_with('/') ? std::string{filename} : "/" + std::string{filename};
  } else if (filename.starts_with('/') && filename.starts_with(prefix)) {
    path = filename;
  } else {
    if (filename.starts_with('/')) filename.remove_prefix(1);
    path = std::string{prefix} + std::string{filename};
  }
  path.resize(std::min(path.size(), longest_path));
  return path;
}

bool climbs(std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (path.substr(0, end) == "..") return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

}  // namespace swapmasq::tftp
