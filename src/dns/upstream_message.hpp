// A client's query as it goes upstream (spec dns-forwarding.md section 6), and the question that must come back.
#pragma once

#include <cstdint>
#include <functional>

#include "base/bytes.hpp"
#include "dns/parsed_query.hpp"
#include "wire/dns_message.hpp"

namespace swapmasq::dns {

// Without what follows the sections, and with an OPT of ours over UDP.
Bytes upstream_message(const ParsedQuery& query, std::uint16_t id, std::uint16_t edns_packet_max, bool tcp);

// Flips the case of letters in the question of `message`, at random (do-0x20-encode): a forged answer has to guess it.
void scramble_case(Bytes& message, std::uint32_t random);

enum class QuestionMatch { none, but_for_case, exact };
// Whether `question`, a reply's, is the one asked in `message`.
QuestionMatch match_question(const wire::DnsQuestion& question, ByteView message);

}  // namespace swapmasq::dns
