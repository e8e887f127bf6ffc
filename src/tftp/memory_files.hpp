// The fake of the file seam: files in memory, for tests. Content may change while a file is open, as on a disk.
#pragma once

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/bytes.hpp"
#include "tftp/files.hpp"

namespace swapmasq::tftp {

class MemoryFiles : public FileSource {
 public:
  struct Content {
    Bytes octets;
    FileStatus status;  // the size is that of the octets
    Errno open_error = 0;
    Errno read_error = 0;
    std::uint64_t version = 0;
    std::size_t reads = 0;
  };

  // A new file with an inode of its own, readable by everybody.
  Content& add(const std::string& path, Bytes octets) {
    auto content = std::make_shared<Content>();
    content->octets = std::move(octets);
    content->status.inode = ++inodes_;
    content->status.world_readable = true;
    contents_[path] = content;
    return *content;
  }
  Content& add(const std::string& path, std::string_view text) { return add(path, to_bytes(text)); }
  // A second name of the same file.
  void link(const std::string& path, const std::string& to) { contents_[path] = contents_.at(to); }
  void add_directory(const std::string& path) { directories_.insert(path); }
  Content& at(const std::string& path) { return *contents_.at(path); }
  // What has it open keeps it.
  void remove(const std::string& path) { contents_.erase(path); }
  std::size_t open_now() const { return *open_now_; }

  [[nodiscard]] Result<std::unique_ptr<File>, Errno> open(const std::string& path) override {
    const auto found = contents_.find(path);
    if (found == contents_.end()) return tl::unexpected(ENOENT);
    if (found->second->open_error != 0) return tl::unexpected(found->second->open_error);
    return std::make_unique<OpenFile>(found->second, open_now_);
  }

  [[nodiscard]] Errno check_directory(const std::string& path) override {
    return is_directory(path) ? 0 : contents_.contains(path) ? ENOTDIR : ENOENT;
  }

  bool is_directory(const std::string& path) override { return directories_.contains(path); }

  std::uint32_t user() const override { return user_id; }

  std::uint32_t user_id = 65534;

 private:
  class OpenFile : public File {
   public:
    OpenFile(std::shared_ptr<Content> content, std::shared_ptr<std::size_t> open_now)
        : content_(std::move(content)), open_now_(std::move(open_now)), status_(content_->status) {
      status_.size = content_->octets.size();
      ++*open_now_;
    }
    ~OpenFile() override { --*open_now_; }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    const FileStatus& status() const override { return status_; }
    std::uint64_t version() const override { return content_->version; }

    [[nodiscard]] Result<std::size_t, Errno> read(std::uint64_t offset,
                                                  std::span<const std::span<std::uint8_t>> parts) override {
      ++content_->reads;
      if (content_->read_error != 0) return tl::unexpected(content_->read_error);
      ByteView left{content_->octets};
      left = left.subspan(std::min<std::uint64_t>(offset, left.size()));
      std::size_t total = 0;
      for (const auto part : parts) {
        const auto taken = left.first(std::min(part.size(), left.size()));
        std::ranges::copy(taken, part.begin());
        left = left.subspan(taken.size());
        total += taken.size();
      }
      return total;
    }

   private:
    std::shared_ptr<Content> content_;
    std::shared_ptr<std::size_t> open_now_;
    FileStatus status_;
  };

  std::map<std::string, std::shared_ptr<Content>> contents_;
  std::set<std::string> directories_;
  std::uint64_t inodes_ = 0;
  std::shared_ptr<std::size_t> open_now_ = std::make_shared<std::size_t>(0);
};

}  // namespace swapmasq::tftp
