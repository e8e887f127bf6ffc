#include "script/report.hpp"

#include <gtest/gtest.h>

#include "log/script_lines.hpp"

namespace swapmasq::script {
namespace {

TEST(Report, ComesOutOfTheStreamInOrderHoweverItArrives) {
  const std::vector<Report> sent{Ready{}, Failed{5, "why"}, log::script_output("text"), log::script_exited(3)};
  Bytes all;
  for (const auto& report : sent) {
    const auto octets = encode(report);
    all.insert(all.end(), octets.begin(), octets.end());
  }
  Bytes stream;
  std::vector<Report> received;
  for (const auto octet : all) {
    stream.push_back(octet);
    while (auto report = take_report(stream)) received.push_back(*report);
  }
  EXPECT_EQ(received, sent);
  EXPECT_TRUE(stream.empty());
}

TEST(Report, WhatIsNoneEmptiesTheStream) {
  for (Bytes stream : {Bytes{9, 0, 0, 0, 0, 1}, Bytes{2, 0, 0, 0, 0}, Bytes{2, 7, 9, 0, 0}}) {
    EXPECT_FALSE(take_report(stream));
    EXPECT_TRUE(stream.empty());
  }
}

TEST(Report, FitsIntoOneWriteToAPipe) { EXPECT_LE(encode(log::script_output(std::string(100000, 'x'))).size(), 4096U); }

}  // namespace
}  // namespace swapmasq::script
