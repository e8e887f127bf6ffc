#include "system/identity.hpp"

#include <cap-ng.h>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/startup_error.hpp"

namespace swapmasq::system {

namespace {

constexpr auto default_group = "dip";

[[noreturn]] void unknown(const std::string& name) {
  throw StartupError(ExitCode::bad_config, fmt::format("unknown user or group: {}", name));
}

}  // namespace

Identity find_identity(const settings::Daemon& daemon) {
  Identity identity;
  const auto user = daemon.user.value_or(settings::Daemon::default_user);
  const passwd* entry = user.empty() ? nullptr : getpwnam(user.c_str());
  if (!user.empty() && !entry) unknown(user);
  if (entry) {
    identity.user_name = user;
    identity.uid = entry->pw_uid;
    identity.primary_group = entry->pw_gid;
  }
  if (!daemon.group) {
    if (const auto* dip = getgrnam(default_group)) {
      identity.group_name = default_group;
      identity.gid = dip->gr_gid;
    } else if (entry) {
      identity.gid = entry->pw_gid;
      const auto* primary = getgrgid(entry->pw_gid);
      identity.group_name = primary ? primary->gr_name : "";
    }
  } else if (!daemon.group->empty()) {
    const auto* group = getgrnam(daemon.group->c_str());
    if (!group) unknown(*daemon.group);
    identity.group_name = *daemon.group;
    identity.gid = group->gr_gid;
  }
  return identity;
}

Account find_account(const std::string& user) {
  const auto* entry = getpwnam(user.c_str());
  if (!entry) unknown(user);
  return {entry->pw_uid, entry->pw_gid};
}

void check_capabilities(const Privileges& needed) {
  if (capng_get_caps_process() != 0) return;  // unknown: what is missing shows when it is needed
  const auto require = [](bool wanted, unsigned capability, const char* name) {
    if (wanted && capng_have_capability(CAPNG_PERMITTED, capability) == 0) {
      throw StartupError(ExitCode::other, fmt::format("process is missing required capability {}", name));
    }
  };
  require(needed.net_admin, CAP_NET_ADMIN, "NET_ADMIN");
  require(needed.net_raw, CAP_NET_RAW, "NET_RAW");
  require(needed.net_bind_service, CAP_NET_BIND_SERVICE, "NET_BIND_SERVICE");
}

void become(const Identity& identity, const Privileges& keep) {
  if (getuid() != 0) return;
  if (identity.gid && (setgroups(0, nullptr) != 0 || setgid(*identity.gid) != 0)) {
    throw StartupError(ExitCode::other,
                       fmt::format("failed to change group-id to {}: {}", identity.group_name, strerror(errno)));
  }
  if (!identity.uid || *identity.uid == 0) return;
  const auto apply = [&](bool with_setuid) {
    const auto update = [](bool wanted, unsigned capability) {
      if (wanted) {
        capng_update(CAPNG_ADD, static_cast<capng_type_t>(CAPNG_EFFECTIVE | CAPNG_PERMITTED), capability);
      }
    };
    capng_clear(CAPNG_SELECT_CAPS);
    update(keep.net_admin, CAP_NET_ADMIN);
    update(keep.net_raw, CAP_NET_RAW);
    update(keep.net_bind_service, CAP_NET_BIND_SERVICE);
    update(with_setuid, CAP_SETUID);
    return capng_apply(CAPNG_SELECT_CAPS) == 0;
  };
  if (!apply(true) || prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == -1) {
    throw StartupError(ExitCode::other, fmt::format("setting capabilities failed: {}", strerror(errno)));
  }
  if (setuid(*identity.uid) != 0) {
    throw StartupError(ExitCode::other,
                       fmt::format("failed to change user-id to {}: {}", identity.user_name, strerror(errno)));
  }
  if (!apply(false)) {
    throw StartupError(ExitCode::other, fmt::format("setting capabilities failed: {}", strerror(errno)));
  }
}

}  // namespace swapmasq::system
