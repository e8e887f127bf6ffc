// Reads the recorded verdicts in grammar/cases for the tests that hold parsers and option handlers against them. One
// file per option, one case a line: the verdict ("OK" or dnsmasq's message), a TAB, the argument as in a file. '!'
// before a verdict marks a deliberate difference from dnsmasq, '#' a comment.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/lookup.hpp"

namespace swapmasq::grammar {

struct RecordedCase {
  std::string verdict;
  std::string argument;
  std::string place;  // file and line, for messages
};

inline std::vector<RecordedCase> read_recorded_cases(const std::filesystem::path& path) {
  std::vector<RecordedCase> cases;
  std::ifstream file{path};
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const auto place = path.filename().string() + ':' + std::to_string(number);
    const auto tab = line.find('\t');
    if (tab == std::string::npos) {
      ADD_FAILURE() << place << ": no TAB";
      continue;
    }
    const std::size_t begin = line[0] == '!' ? 1 : 0;
    cases.push_back({line.substr(begin, tab - begin), line.substr(tab + 1), place});
  }
  return cases;
}

inline std::vector<std::filesystem::path> recorded_case_files(std::initializer_list<std::string_view> folders) {
  std::vector<std::filesystem::path> files;
  for (const auto folder : folders) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

// The option's name as a test's name.
inline std::string recorded_case_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
}

// The machine that the cases were recorded on: one interface and one host name.
inline Lookup recorded_machine() {
  return {
      .addresses = [](const std::string& name) -> Result<std::vector<IpAddress>> {
        if (name == "localhost")
          return std::vector<IpAddress>{*IpAddress::parse("127.0.0.1"), *IpAddress::parse("::1")};
        return tl::unexpected<std::string>("Name or service not known");
      },
      .interface_index = [](const std::string& name) -> std::uint32_t { return name == "lo" ? 1 : 0; },
  };
}

}  // namespace swapmasq::grammar
