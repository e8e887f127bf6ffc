// documents --write|--check TOP: writes the documents that are made from the option table into the source tree TOP, or
// says which of them are stale (exit 1).
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>

#include "documents.hpp"

namespace {

using namespace swapmasq::documents;

struct Document {
  std::string_view path;
  // Lines around the part that is made; empty where all of the file is.
  std::string_view begin;
  std::string_view end;
  std::string (*make)();
};

constexpr auto all = std::to_array<Document>({
    {"docs/compatibility.md", "<!-- options: made by docs/generator -->\n", "<!-- end of options -->\n",
     compatibility_table},
    {"docs/dnsmasq.8", ".\\\" options: made by docs/generator\n", ".\\\" end of options\n", manual_options},
    {"packaging/completions/dnsmasq.bash", "", "", bash_completion},
    {"packaging/completions/_dnsmasq", "", "", zsh_completion},
    {"packaging/completions/dnsmasq.fish", "", "", fish_completion},
    {"compat-tests/fuzz/config.dict", "", "", fuzz_dictionary},
});

std::string read(const std::string& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// What the file should be; nothing if its marks are missing.
std::optional<std::string> made(const Document& document, const std::string& present) {
  if (document.begin.empty()) return document.make();
  const auto begin = present.find(document.begin);
  const auto end = present.find(document.end);
  if (begin == std::string::npos || end == std::string::npos || end < begin) return std::nullopt;
  return present.substr(0, begin + document.begin.size()) + document.make() + present.substr(end);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc == 3 ? argv[1] : "";
  if (mode != "--write" && mode != "--check") {
    fmt::print(stderr, "usage: documents --write|--check TOP\n");
    return 2;
  }
  int result = 0;
  for (const auto& document : all) {
    const auto path = fmt::format("{}/{}", argv[2], document.path);
    const auto present = read(path);
    const auto text = made(document, present);
    if (!text) {
      fmt::print(stderr, "{}: no marks around the part to make\n", path);
      result = 1;
    } else if (*text != present && mode == "--check") {
      fmt::print(stderr, "{} is stale: run documents --write {}\n", path, argv[2]);
      result = 1;
    } else if (*text != present && !(std::ofstream{path} << *text).flush()) {
      fmt::print(stderr, "{}: cannot be written\n", path);
      result = 1;
    }
  }
  return result;
}
