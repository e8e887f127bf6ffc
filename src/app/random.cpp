#include "app/random.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <sys/random.h>
#include <system_error>

namespace swapmasq::app {

std::uint32_t random_u32() {
  // One system call fills many numbers.
  static thread_local std::array<std::uint32_t, 64> pool;
  static thread_local std::size_t used = pool.size();
  if (used == pool.size()) {
    if (getrandom(pool.data(), sizeof pool, 0) != static_cast<ssize_t>(sizeof pool)) {
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    used = 0;
  }
  return pool[used++];
}

}  // namespace swapmasq::app
