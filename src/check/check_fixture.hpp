// Runs the check over a configuration text, on a fake machine, for tests.
#pragma once

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include "check/checks.hpp"
#include "check/collector.hpp"
#include "check/fake_system.hpp"
#include "config/load.hpp"

namespace swapmasq::check {

class CheckTest : public testing::Test {
 protected:
  FakeSystem system;

  CheckTest() {
    std::filesystem::create_directories(folder_);
    system.add_interface("lo", "127.0.0.1", 8);
    system.add_interface("eth0", "192.168.1.1", 24);
  }
  ~CheckTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  // Writes a file and gives its path.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path(name)} << text;
    return path(name);
  }

  Report report_of(const std::string& text, std::vector<std::string> words = {}) const {
    words.insert(words.begin(), {"dnsmasq", "-C", write("dnsmasq.conf", text)});
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    Collector collector;
    static_cast<void>(config::load(static_cast<int>(argv.size()), argv.data(), &collector));
    check_all({collector.entries(), collector.settings(), system}, collector.report());
    return collector.report();
  }

  // Findings as "line:severity:rule:piece", the piece as it stands in the line.
  static std::vector<std::string> brief(const Report& report) {
    std::vector<std::string> lines;
    for (const auto& finding : report.findings()) {
      const bool error = finding.severity == Finding::Severity::error;
      const auto place = finding.place.value_or(Place{});
      lines.push_back(fmt::format("{}:{}:{}:{}", place.line, error ? "error" : "warning", finding.rule,
                                  place.text.substr(place.begin, place.end - place.begin)));
    }
    return lines;
  }
  std::vector<std::string> findings(const std::string& text, std::vector<std::string> words = {}) const {
    return brief(report_of(text, std::move(words)));
  }
  // Of one rule only.
  std::vector<std::string> findings_of(std::string_view rule, const std::string& text,
                                       std::vector<std::string> words = {}) const {
    auto lines = findings(text, std::move(words));
    std::erase_if(lines, [&](const std::string& line) { return line.find(fmt::format(":{}:", rule)) == line.npos; });
    return lines;
  }

 private:
  std::string folder_ = testing::TempDir() + "swapmasq-check-" + std::to_string(getpid());
};

}  // namespace swapmasq::check
