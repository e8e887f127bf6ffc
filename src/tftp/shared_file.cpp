#include "tftp/shared_file.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace swapmasq::tftp {

std::shared_ptr<const Stretch> SharedFile::stretch(const StretchName& name) {
  const auto version = file_->version();
  if (const auto known = kept_.find(name); known != kept_.end() && known->second.version == version) {
    if (auto stretch = known->second.stretch.lock()) return stretch;
  }
  const std::shared_ptr<Stretch> stretch{read_stretch(name).release(),
                                         [this, name](Stretch* last) { forget(name, std::unique_ptr<Stretch>{last}); }};
  if (!stretch->failure) kept_.insert_or_assign(name, Kept{version, stretch});
  return stretch;
}

std::unique_ptr<Stretch> SharedFile::read_stretch(const StretchName& name) {
  auto stretch = std::make_unique<Stretch>(Stretch{room_for(name), std::nullopt});
  auto& packets = stretch->packets;
  const auto offset = (name.first - 1) * name.block_size;
  const auto wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(name.count * name.block_size, status().size - offset));
  std::vector<std::span<std::uint8_t>> parts;
  for (std::size_t left = wanted; left > 0; left -= parts.back().size()) {
    parts.push_back(packets.payload(parts.size()).first(std::min(left, name.block_size)));
  }
  const auto got = file_->read(offset, parts);
  if (got && *got == wanted) {
    packets.finish(name.count, name.first, wanted - (name.count - 1) * name.block_size);
  } else {
    packets.finish(got.value_or(0) / name.block_size, name.first, name.block_size);
    stretch->failure = got ? 0 : got.error();
  }
  return stretch;
}

wire::TftpDataPackets SharedFile::room_for(const StretchName& name) {
  auto spare = std::exchange(spare_, std::nullopt);
  if (spare && spare->block_size() == name.block_size && spare->capacity() == name.count) return std::move(*spare);
  return {name.count, name.block_size};
}

void SharedFile::forget(const StretchName& name, std::unique_ptr<Stretch> stretch) {
  // A newer one of the same name may have taken its place.
  if (const auto known = kept_.find(name); known != kept_.end() && known->second.stretch.expired()) kept_.erase(known);
  spare_ = std::move(stretch->packets);
}

}  // namespace swapmasq::tftp
