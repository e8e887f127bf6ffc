// The two who hear of TFTP transfers, as one: lease-change scripts of complete files, the boot trace of everything.
#pragma once

#include "tftp/audience.hpp"

namespace swapmasq::app {

class TftpAudience : public tftp::Audience {
 public:
  // Each may be nothing; both are borrowed.
  TftpAudience(tftp::Audience* scripts, tftp::Audience* stories) : scripts_(scripts), stories_(stories) {}

  void file_sent(const tftp::SentFile& file) override {
    if (scripts_ != nullptr) scripts_->file_sent(file);
  }
  void transfer_began(const tftp::TransferBegin& begin) override {
    if (stories_ != nullptr) stories_->transfer_began(begin);
  }
  void transfer_ended(const tftp::TransferEnd& end) override {
    if (stories_ != nullptr) stories_->transfer_ended(end);
  }
  void request_refused(const tftp::TransferRefusal& refusal) override {
    if (stories_ != nullptr) stories_->request_refused(refusal);
  }

 private:
  tftp::Audience* scripts_;
  tftp::Audience* stories_;
};

}  // namespace swapmasq::app
