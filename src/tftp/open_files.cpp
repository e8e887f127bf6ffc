#include "tftp/open_files.hpp"

#include <cerrno>

namespace swapmasq::tftp {

bool may_serve(const FileStatus& status, std::uint32_t user, bool secure) {
  if (status.kind == FileStatus::Kind::special) return false;
  if (user == 0) return status.world_readable;
  return !secure || status.owner == user;
}

Result<std::shared_ptr<SharedFile>, Errno> OpenFiles::open(const std::string& path) {
  auto opened = source_.open(path);
  if (!opened) return tl::unexpected(opened.error());
  const auto& status = (*opened)->status();
  if (!may_serve(status, source_.user(), secure_)) return tl::unexpected(EACCES);

  std::erase_if(files_, [](const auto& entry) { return entry.second.expired(); });
  auto& known = files_[Key{status.device, status.inode, path}];
  if (auto shared = known.lock()) return shared;
  auto file = std::make_shared<SharedFile>(std::move(*opened));
  known = file;
  return file;
}

}  // namespace swapmasq::tftp
