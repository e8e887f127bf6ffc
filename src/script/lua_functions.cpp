#include "script/lua_functions.hpp"

#include <charconv>
#include <fmt/format.h>
#include <lua.hpp>
#include <string_view>

#include "base/startup_error.hpp"
#include "log/script_lines.hpp"

namespace swapmasq::script {
namespace {

struct Close {
  void operator()(lua_State* state) const { lua_close(state); }
};
using State = std::unique_ptr<lua_State, Close>;

std::string take_error(lua_State* state) {
  std::size_t size = 0;
  const auto* text = lua_tolstring(state, -1, &size);
  std::string error = text ? std::string{text, size} : "unknown error";
  lua_pop(state, 1);
  return error;
}

// Pushes the global function of this name; false, and nothing pushed, when it is something else.
bool push_function(lua_State* state, const char* name) {
  lua_getglobal(state, name);
  if (lua_isfunction(state, -1)) return true;
  lua_pop(state, 1);
  return false;
}

void push(lua_State* state, std::string_view text) { lua_pushlstring(state, text.data(), text.size()); }

void push_table(lua_State* state, const Event& event) {
  lua_newtable(state);
  for (const auto& value : event.values) {
    if (!value.places.field) continue;
    push(state, value.name);
    if (value.places.number) {
      std::int64_t number = 0;
      std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
      lua_pushnumber(state, static_cast<lua_Number>(number));
    } else {
      push(state, value.text);
    }
    lua_settable(state, -3);
  }
}

const char* function_for(std::string_view action) {
  if (action == "tftp") return "tftp";
  if (action == "relay-snoop") return "snoop";
  if (action.starts_with("arp-")) return "arp";
  return "lease";
}

class Loaded : public LuaFunctions {
 public:
  explicit Loaded(State state) : state_(std::move(state)) {}

  void call(const Event& event, const std::function<void(const log::Line&)>& tell) override {
    if (!push_function(state_.get(), function_for(event.action))) return;
    push(state_.get(), event.action);
    push_table(state_.get(), event);
    if (lua_pcall(state_.get(), 2, 0, 0) != 0) tell(log::lua_script_failed(take_error(state_.get())));
  }

  void shut_down() override {
    if (push_function(state_.get(), "shutdown") && lua_pcall(state_.get(), 0, 0, 0) != 0) take_error(state_.get());
  }

 private:
  State state_;
};

[[noreturn]] void not_loaded(const std::string& why) {
  throw StartupError(ExitCode::other, fmt::format("failed to load Lua script: {}", why));
}

}  // namespace

std::unique_ptr<LuaFunctions> LuaFunctions::load(const std::string& path) {
  State state{luaL_newstate()};
  if (!state) not_loaded("out of memory");
  luaL_openlibs(state.get());
  if (luaL_loadfile(state.get(), path.c_str()) != 0 || lua_pcall(state.get(), 0, 0, 0) != 0) {
    not_loaded(take_error(state.get()));
  }
  if (!push_function(state.get(), "lease")) not_loaded("lease() function missing in Lua script");
  lua_pop(state.get(), 1);
  if (push_function(state.get(), "init") && lua_pcall(state.get(), 0, 0, 0) != 0) not_loaded(take_error(state.get()));
  return std::make_unique<Loaded>(std::move(state));
}

}  // namespace swapmasq::script
