#include "server.hpp"

#include <array>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <grp.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace swapmasq::compat {

namespace {

std::string end_text(int status) {
  if (WIFSIGNALED(status)) return fmt::format("killed by signal {}", WTERMSIG(status));
  return fmt::format("exit {}", WEXITSTATUS(status));
}

std::array<Fd, 2> make_pipe() {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  return {Fd{ends[0]}, Fd{ends[1]}};
}

bool become(const std::string& user) {
  if (user.empty()) return true;
  const passwd* entry = ::getpwnam(user.c_str());
  return entry != nullptr && ::setgroups(0, nullptr) == 0 && ::setgid(entry->pw_gid) == 0 &&
         ::setuid(entry->pw_uid) == 0;
}

// The living processes whose parent is process 1: a program that went into the background becomes one.
std::set<pid_t> find_orphans() {
  std::set<pid_t> orphans;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
    const std::string name = entry.path().filename();
    pid_t pid = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (error != std::errc{} || end != name.data() + name.size() || pid == 1) continue;
    std::ifstream status{entry.path() / "status"};
    std::string line;
    bool zombie = false;
    while (std::getline(status, line)) {
      if (line.starts_with("State:")) zombie = line.find("zombie") != std::string::npos;
      if (line == "PPid:\t1" && !zombie) orphans.insert(pid);
    }
  }
  return orphans;
}

}  // namespace

Server::~Server() {
  if (output_end_) loop_.forget(output_end_);
  if (errors_end_) loop_.forget(errors_end_);
}

std::string Server::drain(Fd& stream) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(stream.get(), buffer.data(), buffer.size());
  if (got > 0) return {buffer.data(), static_cast<std::size_t>(got)};
  loop_.forget(stream);
  stream.close();
  return {};
}

void Server::start(const std::vector<std::string>& arguments, const std::string& directory, const std::string& user) {
  auto [output_read, output_write] = make_pipe();
  auto [errors_read, errors_write] = make_pipe();
  strangers_ = find_orphans();
  started_ = checked(::fork(), "fork");
  if (started_ == 0) {
    std::string name = "dnsmasq";
    std::vector<std::string> words = arguments;
    std::vector<char*> argv{name.data()};
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, STDIN_FILENO);
    ::dup2(output_write.get(), STDOUT_FILENO);
    ::dup2(errors_write.get(), STDERR_FILENO);
    if (::chdir(directory.c_str()) != 0 || !become(user)) ::_exit(126);
    ::execv(program_.c_str(), argv.data());
    ::_exit(127);
  }
  serving_ = started_;
  ended_.clear();
  output_end_ = std::move(output_read);
  errors_end_ = std::move(errors_read);
  loop_.watch(output_end_, [this] { output_ += drain(output_end_); });
  loop_.watch(errors_end_, [this] {
    const std::string text = drain(errors_end_);
    errors_ += text;
    listener_(text);
  });
}

void Server::reap() {
  int status = 0;
  for (pid_t ended = 0; (ended = ::waitpid(-1, &status, WNOHANG)) > 0;) ended_[ended] = status;
}

bool Server::starter_ended() {
  reap();
  return ended_.contains(started_);
}

std::string Server::starter_end() const {
  const auto found = ended_.find(started_);
  return found == ended_.end() ? "still running" : end_text(found->second);
}

pid_t Server::pid() {
  if (started_ == 0) return 0;
  reap();
  if (serving_ != 0 && !ended_.contains(serving_)) return serving_;
  std::set<pid_t> orphans = find_orphans();
  std::erase_if(orphans, [this](pid_t pid) { return strangers_.contains(pid); });
  serving_ = orphans.empty() ? 0 : *orphans.begin();
  return serving_;
}

void Server::signal(int number) {
  const pid_t target = pid();
  if (target == 0) throw std::runtime_error("no server to send a signal to");
  checked(::kill(target, number), "kill");
}

std::string Server::wait_for_end(Milliseconds limit) {
  const auto ended = [this] {
    reap();
    return ended_.contains(serving_);
  };
  if (!loop_.run(limit, ended)) return "still running";
  return end_text(ended_.at(serving_));
}

}  // namespace swapmasq::compat
