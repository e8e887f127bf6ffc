#include "script/lua_functions.hpp"

namespace swapmasq::script {

std::unique_ptr<LuaFunctions> LuaFunctions::load(const std::string& /*path*/) { return nullptr; }

}  // namespace swapmasq::script
