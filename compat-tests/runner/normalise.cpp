#include "normalise.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <regex>
#include <vector>

namespace swapmasq::compat {

namespace {

struct Row {
  const char* pattern;
  const char* replacement;
};

const std::array<Row, 8>& rows() {
  static const std::array<Row, 8> table{{
      // time stamps of the log's framing
      {R"((^|>)[A-Z][a-z][a-z] [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2} dnsmasq)", "$1<TIME> dnsmasq"},
      // the program's process id
      {R"((dnsmasq(-[a-z]+)?)\[[0-9]+\]: )", "$1[PID]: "},
      // which features were compiled in is true of each program by itself
      {R"(compile time options: .*)", "compile time options: <OPTIONS>"},
      // random source port of our own clients, shown by log-queries=extra
      {R"((: (UDP |TCP )?[0-9]+ [0-9a-f.:]+/)[0-9]+ )", "$1<PORT> "},
      // statistics: the clock, memory use and speed
      {R"((: time )[0-9]{9,})", "$1<TIME>"},
      {R"(pool memory in use [0-9]+, max [0-9]+, allocated [0-9]+)", "pool memory <USE>"},
      {R"(avg\. latency [0-9]+ms)", "avg. latency <TIME>"},
      {R"([A-Z][a-z][a-z] [A-Z][a-z][a-z] [ 0-9][0-9] [0-9:]{8} 20[0-9]{2})", "<CACHE ENTRY'S EXPIRY>"},
  }};
  return table;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::string normalise_line(std::string line) {
  static const std::vector<std::pair<std::regex, std::string>> compiled = [] {
    std::vector<std::pair<std::regex, std::string>> result;
    for (const Row& row : rows()) result.emplace_back(std::regex{row.pattern}, row.replacement);
    return result;
  }();
  for (const auto& [pattern, replacement] : compiled) line = std::regex_replace(line, pattern, replacement);
  return line;
}

bool names_own_file(std::string_view line) { return line == "dnsmasq.control"; }

std::string normalise_leases(std::string_view text, std::int64_t now) {
  std::string result;
  for (const std::string& line : lines_of(text)) {
    std::int64_t expiry = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), expiry);
    if (error == std::errc{} && expiry != 0 && *end == ' ') {
      result += fmt::format("<EXPIRES IN {}m>{}\n", (expiry - now + 59) / 60, end);
    } else {
      result += line + "\n";
    }
  }
  return result;
}

std::string normalise_netboot_log(std::string_view log) {
  static const std::regex transaction_id{R"((dnsmasq-dhcp(\[PID\])?: )[0-9]{6,10} )"};
  // iPXE looks for this script since version 1.21; with Ubuntu's iPXE, PXELINUX does not know the machine's UUID; and
  // every version asks for other options.
  static const std::regex of_the_version{
      "/autoexec\\.ipxe not found for |/pxelinux\\.cfg/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} not found for |"
      " requested options: "};
  // No single message of a netboot makes more lines than this.
  constexpr std::size_t longest_block = 60;
  std::vector<std::string> kept;
  for (const std::string& line : lines_of(log)) {
    if (std::regex_search(line, of_the_version)) continue;
    kept.push_back(std::regex_replace(line, transaction_id, "$1<XID> "));
    for (std::size_t size = std::min(longest_block, kept.size() / 2); size > 0; --size) {
      const auto last = kept.end() - static_cast<std::ptrdiff_t>(size);
      if (std::equal(last, kept.end(), last - static_cast<std::ptrdiff_t>(size))) {
        kept.erase(last, kept.end());
        break;
      }
    }
  }
  std::string result;
  for (const std::string& line : kept) result += line + "\n";
  return result;
}

}  // namespace swapmasq::compat
