#include "log/framing.hpp"

#include <array>
#include <fmt/format.h>

namespace swapmasq::log {

namespace {

std::string timestamp(std::time_t now) {
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{} {:2d} {:02d}:{:02d}:{:02d}", months.at(static_cast<std::size_t>(local.tm_mon)), local.tm_mday,
                     local.tm_hour, local.tm_min, local.tm_sec);
}

std::string cut(std::string record) {
  if (record.size() > record_limit - 1) record.resize(record_limit - 1);
  return record;
}

std::string cut_line(std::string record) { return cut(std::move(record)) + '\n'; }

}  // namespace

std::string_view tag(Subsystem subsystem) {
  switch (subsystem) {
    case Subsystem::dhcp:
      return "dnsmasq-dhcp";
    case Subsystem::tftp:
      return "dnsmasq-tftp";
    case Subsystem::script:
      return "dnsmasq-script";
    case Subsystem::debug:
      return "dnsmasq-debug";
    case Subsystem::core:
      break;
  }
  return "dnsmasq";
}

std::string syslog_record(const Line& line, const Origin& origin, std::time_t now) {
  const int priority = origin.facility * 8 + static_cast<int>(line.priority);
  return cut(fmt::format("<{}>{} {}[{}]: {}", priority, timestamp(now), tag(line.subsystem), origin.pid, line.text));
}

std::string file_record(const Line& line, const Origin& origin, std::time_t now) {
  return cut_line(fmt::format("{} {}[{}]: {}", timestamp(now), tag(line.subsystem), origin.pid, line.text));
}

std::string untimed_record(const Line& line, const Origin& origin) {
  return cut_line(fmt::format("{}[{}]: {}", tag(line.subsystem), origin.pid, line.text));
}

std::string debug_record(const Line& line) { return fmt::format("{}: {}\n", tag(line.subsystem), line.text); }

}  // namespace swapmasq::log
