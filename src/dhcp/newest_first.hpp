// The lines of an option from the last configured one to the first: the order in which the reference looks at most of
// them.
#pragma once

#include <vector>

namespace swapmasq::dhcp {

// A view; the lines must outlive it.
template <typename Line>
class NewestFirst {
 public:
  explicit NewestFirst(const std::vector<Line>& lines) : lines_(lines) {}

  auto begin() const { return lines_.rbegin(); }
  auto end() const { return lines_.rend(); }

 private:
  const std::vector<Line>& lines_;
};

}  // namespace swapmasq::dhcp
