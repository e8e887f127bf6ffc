#include "script/runner.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sstream>
#include <system_error>
#include <thread>
#include <tuple>

#include "base/startup_error.hpp"
#include "log/script_lines.hpp"
#include "script/lua_functions.hpp"

namespace swapmasq::script {
namespace {

using testing::ElementsAre;

class RunnerTest : public testing::Test {
 protected:
  // Each test has its own folder: a runner's process goes on when its test is over.
  RunnerTest() {
    auto name = testing::TempDir() + "runner_test.XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), name);
    folder_ = name;
  }
  ~RunnerTest() override {
    std::error_code still_written_to;
    std::filesystem::remove_all(folder_, still_written_to);
  }

  std::string file(const std::string& name, const std::string& content) {
    const auto path = folder_ / name;
    std::ofstream{path} << content;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }
  std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream{folder_ / name}.rdbuf();
    return text.str();
  }
  std::string path(const std::string& name) const { return folder_ / name; }

  static std::vector<log::Line> reports(Runner& runner, std::size_t count) {
    std::vector<log::Line> lines;
    while (lines.size() < count && !runner.process_gone()) {
      pollfd ready{runner.report_descriptor(), POLLIN, 0};
      ::poll(&ready, 1, -1);
      for (auto& line : runner.take_reports()) lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  std::filesystem::path folder_;
};

Event event(const std::string& text) {
  return {"add", {{"first", text, {.argument = true}}, {"tags", text, {.variable = true, .field = true}}}};
}

TEST_F(RunnerTest, RunsTheProgramForEachEventAndTellsWhatItPrints) {
  Runner runner{{.program = file("script", "#!/bin/sh\necho \"$1 $2 $DNSMASQ_TAGS\"; echo error >&2; exit 3\n")}};
  runner.send(event("a"));
  runner.send(event("b"));
  EXPECT_THAT(reports(runner, 6),
              ElementsAre(log::script_output("add a a"), log::script_output("error"), log::script_exited(3),
                          log::script_output("add b b"), log::script_output("error"), log::script_exited(3)));
}

TEST_F(RunnerTest, TellsSignalsAndProgramsThatAreNotThere) {
  Runner killed{{.program = file("script", "#!/bin/sh\nkill -9 $$\n")}};
  killed.send(event("a"));
  EXPECT_THAT(reports(killed, 1), ElementsAre(log::script_killed(9)));
  const auto absent = path("absent");
  Runner missing{{.program = absent}};
  missing.send(event("a"));
  EXPECT_THAT(reports(missing, 1), ElementsAre(log::script_not_executed(absent, "No such file or directory")));
}

TEST_F(RunnerTest, InheritedVariablesAreReplaced) {
  setenv("DNSMASQ_DOMAIN", "inherited", 1);
  setenv("OTHER", "kept", 1);
  Runner runner{{.program = file("script", "#!/bin/sh\necho \"$DNSMASQ_DOMAIN$DNSMASQ_TAGS$OTHER\"\n")}};
  unsetenv("DNSMASQ_DOMAIN");
  runner.send(event("a"));
  EXPECT_THAT(reports(runner, 1), ElementsAre(log::script_output("akept")));
}

TEST_F(RunnerTest, NobodyWaitsForAProgram) {
  constexpr std::size_t more_than_fit = 5000;
  Runner runner{{.program = file("script", "#!/bin/sh\nwhile [ -e " + path("script") + " ]; do sleep 0.01; done\n")}};
  std::size_t sent = 0;
  for (; sent < more_than_fit && runner.has_room(); ++sent) runner.send(event(std::string(20, 'x')));
  EXPECT_GT(sent, 100U);
  EXPECT_LT(sent, more_than_fit);
}

TEST_F(RunnerTest, GoesOnWhenTheDaemonHasGone) {
  const auto calls = path("calls");
  const auto script = file("script", "#!/bin/sh\nsleep 0.05; echo $2 >>" + calls + "\necho printed\n[ $2 = c ] && mv " +
                                         calls + " " + path("done") + "\n");
  {
    Runner runner{{.program = script}};
    for (const auto* text : {"a", "b", "c"}) runner.send(event(text));
    runner.start_farewell();
  }
  while (!std::filesystem::exists(path("done"))) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  EXPECT_EQ(content("done"), "a\nb\nc\n");
}

TEST_F(RunnerTest, LuaGetsTheEventAsATable) {
  const auto out = path("out");
  const RunnerOptions options{
      .lua_file =
          file("script.lua", "function put(...)\n  local f = io.open('" + out +
                                 "', 'a')\n  f:write(table.concat({...}, ' '), '\\n')\n  f:close()\nend\n"
                                 "function init() put('init') end\n"
                                 "function shutdown() put('shutdown') end\n"
                                 "function lease(action, t)\n  put(action, t.tags, math.type(t.n) or '?', t.n)\n"
                                 "  if t.tags == 'b' then error('oh') end\nend\n"
                                 "function tftp(action, t) put(action, t.file_size) end\n")};
  if (!LuaFunctions::load(options.lua_file)) GTEST_SKIP() << "a build without Lua";
  std::filesystem::remove(out);
  {
    Runner runner{options};
    auto first = event("a");
    first.values.push_back({"n", "1600", {.field = true, .number = true}});
    runner.send(first);
    runner.send(event("b"));
    runner.send({"tftp", {{"file_size", "6", {.argument = true, .field = true}}}});
    runner.send({"arp-add", {}});
    const auto lines = reports(runner, 1);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines.front().text, testing::EndsWith("oh"));
  }
  while (content("out").find("shutdown") == std::string::npos)
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  EXPECT_EQ(content("out"), "init\nadd a float 1600.0\nadd b ?\ntftp 6\nshutdown\n");
}

TEST_F(RunnerTest, LuaFilesThatCannotBeUsedEndTheStart) {
  const auto good = file("good.lua", "function lease() end\n");
  if (!LuaFunctions::load(good)) GTEST_SKIP() << "a build without Lua";
  for (const auto& [name, content, message] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"empty.lua", "", "failed to load Lua script: lease() function missing in Lua script"},
           {"broken.lua", "function", "failed to load Lua script: "}}) {
    const auto lua_file = file(name, content);
    try {
      Runner runner{{.lua_file = lua_file}};
      ADD_FAILURE() << name;
    } catch (const StartupError& error) {
      EXPECT_EQ(error.code(), 5);
      EXPECT_THAT(error.what(), testing::StartsWith(message));
    }
  }
}

}  // namespace
}  // namespace swapmasq::script
