// Watches the reading of a configuration: keeps every option for the checks, and makes a finding of every error.
#pragma once

#include <vector>

#include "check/entries.hpp"
#include "check/finding.hpp"
#include "config/observer.hpp"
#include "grammar/diagnosis.hpp"
#include "settings/settings.hpp"

namespace swapmasq::check {

class Collector : public config::Observer {
 public:
  void reading(const config::SourceLine& line, const grammar::Directive& directive) override;
  void accepted(const config::SourceLine& line, const grammar::Directive& directive) override;
  void ignored(const config::SourceLine& line, const grammar::Directive& directive) override;
  void failed(const config::SourceLine& line, const StartupError& error) override;
  void failed(const StartupError& error) override;
  void finished(const config::Draft& draft) override;

  const Entries& entries() const { return entries_; }
  const settings::Settings& settings() const { return settings_; }
  Report& report() { return report_; }

 private:
  struct Open {
    const config::SourceLine* line;
    Entry entry;
  };

  void close(const config::SourceLine& line, Entry::Fate fate);

  std::vector<Open> open_;  // the options that are being read: includes, and the innermost line
  Entries entries_;
  settings::Settings settings_;
  Report report_;
  grammar::Diagnosis diagnosis_;
};

}  // namespace swapmasq::check
