// What --check reports. A finding is an error when dnsmasq would not start because of it, else a warning.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace swapmasq::check {

// A piece of a source line.
struct Place {
  std::string file;   // path, command of a conf-script, or "command line"
  unsigned line = 0;  // from 1; 0 where lines do not count
  std::string text;   // the whole line; may be anything but LF
  std::size_t begin = 0;
  std::size_t end = 0;  // octets in text; = begin: something is missing there
};

struct Related {
  std::string message;
  Place place;
};

struct Finding {
  enum class Severity { error, warning };

  Severity severity = Severity::warning;
  std::string rule;                    // a stable name of what was found (docs/check.md)
  std::string message;                 // dnsmasq's where it has one
  std::optional<std::string> dnsmasq;  // the whole line that dnsmasq prints for it
  std::optional<Place> place;
  std::vector<std::string> expected;   // alternatives, in words
  std::optional<std::string> nearest;  // what may have been meant
  std::string since;                   // the dnsmasq release that introduced the option; empty: an old one
  std::vector<Related> related;
};

class Report {
 public:
  // The index of the finding.
  std::size_t add(Finding finding) {
    findings_.push_back(std::move(finding));
    return findings_.size() - 1;
  }
  void relate(std::size_t finding, Related related) { findings_[finding].related.push_back(std::move(related)); }

  const std::vector<Finding>& findings() const { return findings_; }
  std::size_t count(Finding::Severity severity) const;
  // 0: clean, 1: errors, 2: nothing but warnings
  int exit_code() const;

 private:
  std::vector<Finding> findings_;
};

}  // namespace swapmasq::check
