// The functions of a dhcp-luascript (spec leases-and-scripts.md section 6), in a Lua state that lives as long as this.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "log/line.hpp"
#include "script/event.hpp"

namespace swapmasq::script {

class LuaFunctions {
 public:
  virtual ~LuaFunctions() = default;

  // Runs the file, which has to define `lease`, and calls `init` if that is there. Throws StartupError "failed to load
  // Lua script: ...". Null in a build without Lua.
  static std::unique_ptr<LuaFunctions> load(const std::string& path);

  // The function that is meant for events of this kind, if there is one. `tell` gets its errors.
  virtual void call(const Event& event, const std::function<void(const log::Line&)>& tell) = 0;
  // Calls `shutdown` if that is there.
  virtual void shut_down() = 0;
};

}  // namespace swapmasq::script
