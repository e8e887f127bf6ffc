// Which is to be believed at start: the lease file or the journals beside it (docs/design.md, "Leases").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "leases/journal.hpp"

namespace swapmasq::leases {

// The journal that knows more than the lease file; nothing: the file is to be believed, because there is no journal or
// somebody else has changed the file since it was written. `file` counts as ours when it is what the newer journal
// begins with, what the older one begins with, or a mixture: the one half overwritten by the other.
std::optional<Journal> believed_journal(std::string_view file, std::optional<Journal> first,
                                        std::optional<Journal> second);

}  // namespace swapmasq::leases
