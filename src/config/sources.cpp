#include "config/sources.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <vector>

#include "grammar/arguments/split.hpp"
#include "grammar/quoting.hpp"

namespace swapmasq::config {

namespace {

// What the raw wait status of a script is added to before it becomes an exit code.
constexpr int script_exit_base = static_cast<int>(ExitCode::script_base);

StartupError file_error(std::string_view what, const std::string& path, int error) {
  return {ExitCode::file, fmt::format("{} {}: {}", what, path, std::strerror(error))};
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

struct ClosePipe {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};
using Pipe = std::unique_ptr<std::FILE, ClosePipe>;

// A line without its LF; false at the end of the stream, and when reading fails.
bool next_line(std::FILE* stream, std::string& line) {
  line.clear();
  int c = 0;
  while ((c = std::getc(stream)) != EOF && c != '\n') line.push_back(static_cast<char>(c));
  return c != EOF || !line.empty();
}

}  // namespace

// The name patterns of a conf-dir line.
class NameFilter {
 public:
  void add(std::string pattern) {
    if (pattern.starts_with('*')) {
      if (pattern.size() > 1) taken_.push_back(pattern.substr(1));
    } else if (!pattern.empty()) {
      left_.push_back(std::move(pattern));
    }
  }

  bool takes(std::string_view name) const {
    const auto has_suffix = [name](const std::string& suffix) {
      return name.size() > suffix.size() && name.ends_with(suffix);
    };
    if (name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))) return false;
    if (!taken_.empty() && std::ranges::none_of(taken_, has_suffix)) return false;
    return std::ranges::none_of(left_, has_suffix);
  }

 private:
  std::vector<std::string> taken_;
  std::vector<std::string> left_;
};

std::vector<std::string> Sources::matching_files(const std::string& directory, const NameFilter& filter) {
  std::vector<std::string> paths;
  std::error_code error;
  std::filesystem::directory_iterator entries{directory, error};
  if (error) {
    fail_(file_error("cannot access directory", directory, error.value()));
    return paths;
  }
  for (; entries != std::filesystem::directory_iterator{}; entries.increment(error)) {
    const auto name = entries->path().filename().string();
    if (!filter.takes(name)) continue;
    auto path = fmt::format("{}/{}", directory, name);
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) {
      fail_(file_error("cannot access", path, errno));
    } else if (S_ISREG(status.st_mode)) {
      paths.push_back(std::move(path));
    }
  }
  std::ranges::sort(paths);
  return paths;
}

void Sources::read_file(const std::string& path) {
  if (path == "-") {
    if (!std::exchange(standard_input_read_, true)) read_lines(stdin, {Location::Source::file, "stdin"});
    return;
  }
  const File file{std::fopen(path.c_str(), "re")};
  if (!file) return fail_(file_error("cannot read", path, errno));
  read_open_file(file.get(), path);
}

void Sources::read_default_file(const std::string& path) {
  const File file{std::fopen(path.c_str(), "re")};
  if (!file && errno == ENOENT) return;
  if (!file) return fail_(file_error("cannot read", path, errno));
  read_open_file(file.get(), path);
}

void Sources::read_open_file(std::FILE* file, const std::string& path) {
  if (first_visit(fileno(file))) read_lines(file, {Location::Source::file, path});
}

void Sources::read_directory(std::string_view argument) {
  const auto fields = grammar::split_at(argument, ',');
  const auto directory = grammar::unquote(fields.front());
  if (directory.empty()) return;
  NameFilter filter;
  for (std::size_t i = 1; i < fields.size(); ++i) filter.add(grammar::unquote(fields[i]));
  for (const auto& path : matching_files(directory, filter)) read_file(path);
}

void Sources::run_script(const std::string& command) {
  if (!first_visit(command)) return;
  std::fflush(nullptr);
  Pipe pipe{popen(command.c_str(), "re")};
  if (!pipe) return fail_(file_error("cannot execute", command, errno));
  read_lines(pipe.get(), {Location::Source::script, command});
  const int status = pclose(pipe.release());
  if (status == -1) {
    fail_({ExitCode::other, fmt::format("error executing {}: {}", command, std::strerror(errno))});
  } else if (status != 0) {
    fail_({(status + script_exit_base) & 0xff, fmt::format("{} returns non-zero error code", command)});
  }
}

void Sources::read_lines(std::FILE* stream, Location location) {
  std::string line;
  while (next_line(stream, line)) {
    ++location.line;
    take_(line, location);
  }
}

bool Sources::first_visit(int descriptor) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return true;
  return visited_.emplace(status.st_dev, status.st_ino).second;
}

bool Sources::first_visit(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return true;
  return visited_.emplace(status.st_dev, status.st_ino).second;
}

}  // namespace swapmasq::config
