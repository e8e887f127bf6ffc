// Who the process becomes: user, group and the capabilities it keeps (spec daemon.md section 4).
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

#include "settings/daemon.hpp"

namespace swapmasq::system {

// The looked-up run-time identity. Absent ids are not changed.
struct Identity {
  std::string user_name;
  std::string group_name;
  std::optional<uid_t> uid;
  std::optional<gid_t> gid;
  gid_t primary_group = 0;  // of the user: what the pid file is given to
};

// A user as another process is to run as.
struct Account {
  uid_t user = 0;
  gid_t group = 0;
};

// Capabilities that serving needs after root is gone.
struct Privileges {
  bool net_admin = false;
  bool net_raw = false;
  bool net_bind_service = false;
};

// Look the names up. Throw StartupError "unknown user or group: <name>".
Identity find_identity(const settings::Daemon& daemon);
Account find_account(const std::string& user);

// Throws StartupError "process is missing required capability <name>".
void check_capabilities(const Privileges& needed);

// Changes group, capabilities and user, in this order. Does nothing but the capability check unless started by root.
// Throws StartupError with what could not be changed.
void become(const Identity& identity, const Privileges& keep);

}  // namespace swapmasq::system
