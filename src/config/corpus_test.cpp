// A collection of configurations as people have them, each with what dnsmasq says to it, through load(). The folder is
// not part of the project: it is looked for at SWAPMASQ_CORPUS, or else beside the project at ../shared/corpus.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>
#include <wordexp.h>

#include "base/startup_error.hpp"
#include "config/load.hpp"

namespace swapmasq::config {
namespace {

namespace fs = std::filesystem;

fs::path corpus_folder() {
  const char* const named = std::getenv("SWAPMASQ_CORPUS");
  return named != nullptr ? fs::path{named} : fs::path{SWAPMASQ_SOURCE} / ".." / "shared" / "corpus";
}

std::string contents_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

// What dnsmasq said, and which paths in the file stood for an empty folder or file when it was asked.
struct Entry {
  std::string file;
  int exit_code = 0;
  std::string verdict;
  std::vector<std::pair<std::string, bool>> empty_paths;  // true: folder
};

// index.tsv: file, kind, origin, filled in, exit code, "<verdict> [<path> -> empty folder]..."
std::vector<Entry> read_index(const fs::path& folder) {
  std::vector<Entry> entries;
  std::ifstream index{folder / "index.tsv"};
  std::string line;
  std::getline(index, line);
  while (std::getline(index, line)) {
    std::vector<std::string> columns;
    for (std::size_t begin = 0; begin <= line.size();) {
      const auto end = std::min(line.find('\t', begin), line.size());
      columns.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
    if (columns.size() < 6) continue;
    // Of the reference's own package, whatever else is installed here.
    Entry entry{columns[0], std::stoi(columns[4]), columns[5], {{"/usr/share/dnsmasq-base/trust-anchors.conf", false}}};
    for (auto open = entry.verdict.rfind(" ["); open != std::string::npos; open = entry.verdict.rfind(" [")) {
      const auto note = entry.verdict.substr(open + 2);
      const auto arrow = note.find(" -> empty ");
      if (arrow == std::string::npos) break;
      entry.empty_paths.emplace_back(note.substr(0, arrow), note.find("folder", arrow) != std::string::npos);
      entry.verdict.resize(open);
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

// A folder for the run: the working directory, and the place of the empty files and folders.
class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(corpus_folder() / "index.tsv")) GTEST_SKIP() << "no corpus at " << corpus_folder();
    fs::remove_all(run_folder_);
    fs::create_directories(run_folder_ / "empty");
    const std::ofstream nothing{run_folder_ / "nothing"};
    fs::current_path(run_folder_);
  }
  void TearDown() override { fs::remove_all(run_folder_); }

  std::string localised(std::string text, const Entry& entry) const {
    for (const auto& [path, folder] : entry.empty_paths) {
      const auto stand_in = (run_folder_ / (folder ? "empty" : "nothing")).string();
      for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at + stand_in.size())) {
        text.replace(at, path.size(), stand_in);
      }
    }
    return text;
  }

  std::vector<std::string> arguments_of(const Entry& entry) const {
    const auto text = localised(contents_of(corpus_folder() / entry.file), entry);
    if (entry.file.ends_with(".conf")) {
      std::ofstream{run_folder_ / entry.file, std::ios::binary} << text;
      return {"--test", "-C", entry.file};
    }
    std::vector<std::string> arguments{"--test"};
    wordexp_t words{};
    const auto one_line = text.substr(0, text.find('\n'));
    EXPECT_EQ(wordexp(one_line.c_str(), &words, WRDE_NOCMD), 0) << entry.file;
    arguments.insert(arguments.end(), words.we_wordv, words.we_wordv + words.we_wordc);
    wordfree(&words);
    return arguments;
  }

  fs::path run_folder_ = fs::path{testing::TempDir()} / ("swapmasq-corpus-" + std::to_string(getpid()));
};

std::string verdict_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "dnsmasq");
  std::vector<const char*> argv;
  argv.reserve(arguments.size());
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  try {
    const auto outcome = load(static_cast<int>(argv.size()), argv.data());
    const auto* const answer = std::get_if<Answer>(&outcome);
    return answer == nullptr ? "starts" : "0 " + answer->standard_error.substr(0, answer->standard_error.find('\n'));
  } catch (const StartupError& error) {
    return std::to_string(error.code()) + " dnsmasq: " + error.what();
  }
}

TEST_F(Corpus, EveryFileGetsTheVerdictOfDnsmasq) {
  const auto entries = read_index(corpus_folder());
  ASSERT_FALSE(entries.empty());
  for (const auto& entry : entries) {
    EXPECT_EQ(verdict_of(arguments_of(entry)), std::to_string(entry.exit_code) + " " + entry.verdict) << entry.file;
  }
}

}  // namespace
}  // namespace swapmasq::config
