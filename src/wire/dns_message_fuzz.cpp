#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "wire/dns_message.hpp"

// Reads a message as far as it goes; what was understood is written again and must read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace swapmasq;
  const ByteView message{data, size};
  wire::Reader in{message};
  const auto header = wire::DnsHeader::read(in);
  if (!header) return 0;
  wire::Writer out;
  if (!header->write(out) || !std::ranges::equal(out.view(), message.first(wire::dns_header_size))) std::abort();

  if (const auto question = wire::read_question(message)) {
    wire::Writer name;
    if (!question->name.write(name)) std::abort();
    wire::Reader again{name.view()};
    const auto reread = wire::DnsName::read(again);
    if (!reread || !(*reread == question->name) || !again.at_end()) std::abort();
    static_cast<void>(wire::printable_text(question->name.wire()));
  }
  const auto start = wire::end_of_questions(message, header->questions);
  if (!start) return 0;
  wire::DnsRecords records{message, *header, *start};
  while (const auto record = records.next()) {
    if (record->end() > message.size()) std::abort();
    static_cast<void>(wire::name_at(message, record->start));
    auto edns = wire::Edns::from(message, *record);
    edns.set_extended_error(0);
  }
  return 0;
}
