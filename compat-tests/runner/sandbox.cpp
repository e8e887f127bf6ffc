#include "sandbox.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <set>
#include <string_view>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sockets.hpp"

namespace swapmasq::compat {

namespace fs = std::filesystem;

namespace {

constexpr int namespaces = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID;
constexpr const char* new_root = "/tmp";  // covered by a file system in memory before anything is put there

void bind(const fs::path& from, const fs::path& to) {
  checked(::mount(from.c_str(), to.c_str(), nullptr, MS_BIND | MS_REC, nullptr), "bind " + from.string());
}

void make_device(const fs::path& path, unsigned major, unsigned minor) {
  checked(::mknod(path.c_str(), S_IFCHR | 0666, makedev(major, minor)), "mknod " + path.string());
}

void make_devices(const fs::path& dev) {
  fs::create_directories(dev / "net");
  make_device(dev / "null", 1, 3);
  make_device(dev / "zero", 1, 5);
  make_device(dev / "random", 1, 8);
  make_device(dev / "urandom", 1, 9);
  make_device(dev / "net/tun", 10, 200);
  fs::create_symlink("/proc/self/fd", dev / "fd");
  fs::create_symlink("/proc/self/fd/2", dev / "stderr");
}

// Everything in / that a scenario does not own: a link stays a link, a directory is shared.
void share_machine(const fs::path& root) {
  const std::set<std::string> own{"etc", "dev", "run", "tmp", "var", "srv", "home", "mnt", "proc", "sys"};
  for (const fs::directory_entry& entry : fs::directory_iterator{"/"}) {
    const std::string name = entry.path().filename();
    if (own.contains(name)) continue;
    if (entry.is_symlink()) {
      fs::copy_symlink(entry.path(), root / name);
    } else if (entry.is_directory()) {
      fs::create_directory(root / name);
      bind(entry.path(), root / name);
    }
  }
}

// What programs need from the real /etc to find their libraries.
void share_library_paths(const fs::path& etc) {
  fs::create_directories(etc);
  for (const char* name : {"ld.so.cache", "ld.so.conf"}) {
    if (fs::exists(fs::path{"/etc"} / name)) fs::copy_file(fs::path{"/etc"} / name, etc / name);
  }
  if (fs::exists("/etc/alternatives")) {
    fs::create_directory(etc / "alternatives");
    bind("/etc/alternatives", etc / "alternatives");
  }
}

// git keeps no owners, and a clone's permission bits depend on its owner's umask: both are set to known values.
void copy_tree(const fs::path& from, const fs::path& root) {
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator{from}) {
    const fs::path to = root / entry.path().lexically_relative(from);
    if (entry.is_symlink()) {
      fs::copy_symlink(entry.path(), to);
    } else if (entry.is_directory()) {
      fs::create_directories(to);
    } else {
      fs::copy_file(entry.path(), to, fs::copy_options::overwrite_existing);
      const bool executable = (fs::status(entry.path()).permissions() & fs::perms::owner_exec) != fs::perms::none;
      fs::permissions(to, fs::perms{executable ? 0755U : 0644U});
    }
  }
}

void enter_new_root(const SandboxSetup& setup) {
  checked(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "make mounts private");
  // Sources may lie below a directory that is about to be covered: they are held open and reached through /proc.
  const Fd program{checked(::open(setup.program.c_str(), O_PATH | O_CLOEXEC), "open " + setup.program.string())};
  std::vector<Fd> trees;
  for (const fs::path& tree : setup.trees) {
    trees.emplace_back(checked(::open(tree.c_str(), O_PATH | O_CLOEXEC), "open " + tree.string()));
  }
  const auto held = [](const Fd& fd) { return fs::path{fmt::format("/proc/self/fd/{}", fd.get())}; };

  checked(::mount("root", new_root, "tmpfs", 0, "mode=755"), "mount root");
  const fs::path root{new_root};
  for (const char* directory : {"etc", "dev", "run", "var/lib/misc", "srv", "home", "mnt", "proc", "program"}) {
    fs::create_directories(root / directory);
  }
  for (const char* directory : {"tmp", "var/tmp"}) {
    fs::create_directory(root / directory);
    fs::permissions(root / directory, fs::perms{01777});
  }
  fs::create_symlink("/run", root / "var/run");
  share_machine(root);
  share_library_paths(root / "etc");
  make_devices(root / "dev");
  for (const Fd& tree : trees) copy_tree(held(tree) / ".", root);
  const fs::path inside = root / fs::path{program_in_sandbox}.relative_path();
  Fd{checked(::open(inside.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0755), "create " + inside.string())}.close();
  bind(held(program), inside);
  checked(::mount("proc", (root / "proc").c_str(), "proc", 0, nullptr), "mount /proc");

  checked(::chdir(new_root), "chdir");
  checked(::chroot("."), "chroot");
  checked(::chdir("/"), "chdir");
  constexpr std::string_view host_name = "server";
  checked(::sethostname(host_name.data(), host_name.size()), "sethostname");
}

void set_environment() {
  for (const char* name : {"LANG", "LC_MESSAGES", "LANGUAGE", "LISTEN_FDS", "LISTEN_PID"}) ::unsetenv(name);
  ::setenv("LC_ALL", "C", 1);
  ::setenv("TZ", "UTC0", 1);
  ::setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
}

constexpr char good = '+';
constexpr char bad = '-';

// Body of process 1: the first octet written says whether the rest is the outcome or an error.
std::string outcome_of(const SandboxSetup& setup, const std::function<std::string()>& action) {
  try {
    ::umask(022);
    set_environment();
    enter_new_root(setup);
    return good + action();
  } catch (const std::exception& error) {
    return std::string{bad} + error.what();
  }
}

void write_all(const Fd& fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd.get(), text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_until_end(const Fd& fd, int time_limit_seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{time_limit_seconds};
  std::string text;
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd waiting{fd.get(), POLLIN, 0};
    if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) <= 0) return {};
    const ssize_t got = ::read(fd.get(), buffer.data(), buffer.size());
    if (got <= 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string why_no_sandbox() {
  if (::geteuid() != 0) return "needs root, for network and mount namespaces";
  const pid_t child = ::fork();
  if (child == 0) ::_exit(::unshare(namespaces) == 0 ? 0 : 1);
  int status = 1;
  if (child < 0 || ::waitpid(child, &status, 0) < 0 || status != 0) return "this machine allows no namespaces";
  return {};
}

Result<std::string> in_sandbox(const SandboxSetup& setup, const std::function<std::string()>& action) {
  std::array<int, 2> ends{};
  checked(::pipe2(ends.data(), O_CLOEXEC), "pipe");
  Fd reading{ends[0]};
  Fd writing{ends[1]};
  const pid_t keeper = checked(::fork(), "fork");
  if (keeper == 0) {
    // The keeper cannot be process 1 of the namespace it makes; its child is. Both die with the runner.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    reading.close();
    if (::unshare(namespaces) != 0) ::_exit(1);
    const pid_t init = ::fork();
    if (init == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      write_all(writing, outcome_of(setup, action));
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(init, &status, 0);
    ::_exit(0);
  }
  writing.close();
  const std::string text = read_until_end(reading, setup.time_limit_seconds);
  ::kill(keeper, SIGKILL);
  ::waitpid(keeper, nullptr, 0);
  if (text.empty()) return tl::make_unexpected(std::string{"the scenario died or ran out of time"});
  if (text.front() == bad) return tl::make_unexpected(text.substr(1));
  return text.substr(1);
}

}  // namespace swapmasq::compat
