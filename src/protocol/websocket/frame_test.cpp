#include "protocol/websocket/frame.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/rng.hpp"

namespace calldocker::protocol::websocket {
namespace {

constexpr MaskingKey key{0x37, 0xfa, 0x21, 0x3d};
constexpr std::size_t limit = 70000;

/// Events as text, so that a failed comparison prints what happened.
std::string described(const Event& event) {
    struct Visitor {
        std::string operator()(const Text& e) const { return "text:" + std::string(e.text); }
        std::string operator()(const Ping& e) const { return "ping:" + std::string(e.payload); }
        std::string operator()(const Pong& e) const { return "pong:" + std::string(e.payload); }
        std::string operator()(const Close& e) const { return "close " + std::to_string(e.code) + ":" + std::string(e.reason); }
        std::string operator()(const Failure& e) const { return "failure " + std::to_string(e.code); }
    };
    return std::visit(Visitor{}, event);
}

using Events = std::vector<std::string>;

void feed(Decoder& decoder, std::string_view bytes, Events& events) {
    std::vector<char> buffer(bytes.begin(), bytes.end());  // exactly as long as the bytes, for the sanitizers
    std::span<char> unread{buffer};
    while (const auto event = decoder.next(unread)) events.push_back(described(*event));
    EXPECT_TRUE(unread.empty());
}

Events decode(std::string_view bytes, Decoder::Role role = Decoder::Role::server) {
    Decoder decoder(role, limit);
    Events events;
    feed(decoder, bytes, events);
    return events;
}

/// A masked frame with any first byte, and the length in any of its three forms.
std::string frame(unsigned first, std::string_view payload, unsigned length_bytes = 0) {
    std::string out{static_cast<char>(first)};
    if (length_bytes == 0) length_bytes = payload.size() < 126 ? 1 : payload.size() <= 0xffff ? 2 : 8;
    if (length_bytes == 1) {
        out.push_back(static_cast<char>(0x80u | payload.size()));
    } else {
        out.push_back(static_cast<char>(0x80u | (length_bytes == 2 ? 126u : 127u)));
        for (unsigned i = length_bytes; i-- > 0;) out.push_back(static_cast<char>((payload.size() >> (8 * i)) & 0xffu));
    }
    for (const std::uint8_t byte : key) out.push_back(static_cast<char>(byte));
    std::string masked(payload);
    apply_mask(masked, key);
    return out + masked;
}

std::string close_body(unsigned code, std::string_view reason = "") {
    return std::string{static_cast<char>(code >> 8u), static_cast<char>(code & 0xffu)} + std::string(reason);
}

TEST(FrameDecoder, ReadsTheExampleOfTheRfc) {
    EXPECT_EQ(decode("\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"), Events{"text:Hello"});
    EXPECT_EQ(decode("\x81\x05Hello", Decoder::Role::client), Events{"text:Hello"});
}

TEST(FrameDecoder, ReadsMessagesOfEveryLengthForm) {
    for (const std::size_t size : {0u, 1u, 125u, 126u, 65535u, 65536u, 70000u}) {
        const std::string text(size, 'x');
        EXPECT_EQ(decode(frame(0x81, text)), Events{"text:" + text}) << size;
    }
}

TEST(FrameDecoder, GivesAWholeFrameOutOfTheCallersBytes) {
    std::string bytes = frame(0x81, "in place");
    Decoder decoder(Decoder::Role::server, limit);
    std::span<char> unread{bytes};

    const auto event = decoder.next(unread);

    const auto text = std::get<Text>(*event).text;
    EXPECT_EQ(text, "in place");
    EXPECT_EQ(text.data(), bytes.data() + 6);
}

TEST(FrameDecoder, AnswersTheSameHoweverTheBytesAreCut) {
    const std::string stream = frame(0x01, "fragm\xe2\x82") + frame(0x89, "ping in between") + frame(0x00, "") + frame(0x80, "\xac end") +
                               frame(0x81, std::string(200, 'y')) + frame(0x8a, "") + frame(0x88, close_body(1000, "bye"));
    const Events expected{"ping:ping in between", "text:fragm€ end", "text:" + std::string(200, 'y'), "pong:", "close 1000:bye"};
    ASSERT_EQ(decode(stream), expected);

    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        Decoder decoder(Decoder::Role::server, limit);
        Events events;
        feed(decoder, std::string_view(stream).substr(0, cut), events);
        feed(decoder, std::string_view(stream).substr(cut), events);
        EXPECT_EQ(events, expected) << "cut at " << cut;
    }
    Decoder decoder(Decoder::Role::server, limit);
    Events events;
    for (const char byte : stream) feed(decoder, {&byte, 1}, events);
    EXPECT_EQ(events, expected);
}

TEST(FrameDecoder, RandomStreamsGiveTheSameEventsInRandomPieces) {
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        Rng random(seed);
        std::string stream;
        for (std::size_t frames = 1 + random.below(6); frames > 0; --frames) {
            constexpr std::array<unsigned, 9> firsts{0x81, 0x81, 0x01, 0x00, 0x80, 0x89, 0x8a, 0x88, 0x82};
            std::string payload(random.below(140), 'a');
            if (random.below(4) == 0) payload += "\xc3\xbc";
            if (random.below(20) == 0) payload += "\xff";
            stream += frame(firsts[random.below(firsts.size())], payload);
        }
        if (random.below(3) == 0) stream[random.below(stream.size())] = static_cast<char>(random.below(256));
        const Events whole = decode(stream);

        Decoder decoder(Decoder::Role::server, limit);
        Events pieces;
        for (std::size_t at = 0; at < stream.size();) {
            const std::size_t size = 1 + random.below(40);
            feed(decoder, std::string_view(stream).substr(at, size), pieces);
            at += size;
        }

        ASSERT_EQ(pieces, whole) << "seed " << seed;
    }
}

TEST(FrameDecoder, ReservedBitsAndOpcodesAreProtocolErrors) {
    for (const unsigned first : {0xc1u, 0xa1u, 0x91u, 0x83u, 0x87u, 0x8bu, 0x8fu})
        EXPECT_EQ(decode(frame(first, "x")), Events{"failure 1002"}) << first;
}

TEST(FrameDecoder, TheMaskBitIsCheckedBeforeAnythingElseOfTheFrameArrives) {
    EXPECT_EQ(decode("\x81\x05"), Events{"failure 1002"});
    EXPECT_EQ(decode("\x81\x85", Decoder::Role::client), Events{"failure 1002"});
}

TEST(FrameDecoder, ControlFramesAreShortAndWhole) {
    EXPECT_EQ(decode(frame(0x89, std::string(125, 'x'))).front(), "ping:" + std::string(125, 'x'));
    EXPECT_EQ(decode(frame(0x89, std::string(126, 'x'))), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x09, "x")), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x08, "")), Events{"failure 1002"});
}

TEST(FrameDecoder, FragmentsFollowOneAnotherOrFail) {
    EXPECT_EQ(decode(frame(0x80, "x")), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x00, "x")), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x01, "x") + frame(0x81, "y")), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x01, "x") + frame(0x82, "y")), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x01, "") + frame(0x80, "")), Events{"text:"});
}

TEST(FrameDecoder, LengthsMustBeInTheirShortestForm) {
    EXPECT_EQ(decode(frame(0x81, "x", 2)), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x81, std::string(125, 'x'), 2)), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x81, std::string(65535, 'x'), 8)), Events{"failure 1002"});
    EXPECT_EQ(decode(std::string("\x81\xff\x80\0\0\0\0\0\0\0", 10)), Events{"failure 1002"});
}

TEST(FrameDecoder, AMessageTooBigIsRefusedFromItsHeader) {
    EXPECT_EQ(decode(std::string("\x81\xff\0\0\0\0\0\x01\x11\x71", 10)), Events{"failure 1009"});  // 70001
    EXPECT_EQ(decode(std::string("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10)), Events{"failure 1009"});
    EXPECT_EQ(decode(frame(0x01, std::string(limit, 'x')) + "\x80\x81"), Events{"failure 1009"});
    EXPECT_EQ(decode(frame(0x01, std::string(limit, 'x')) + frame(0x80, "")).size(), 1u);
}

TEST(FrameDecoder, EmptyFragmentsDoNotComeWithoutEnd) {
    std::string stream = frame(0x01, "");
    for (std::size_t i = 0; i < limit; ++i) stream += frame(0x00, "");

    EXPECT_EQ(decode(stream), Events{"failure 1009"});
}

TEST(FrameDecoder, TheLimitStartsAgainWithEachMessage) {
    const std::string big = frame(0x81, std::string(limit, 'x'));

    EXPECT_EQ(decode(big + big).size(), 2u);
}

TEST(FrameDecoder, BinaryMessagesAreUnsupported) {
    EXPECT_EQ(decode(frame(0x82, "x")), Events{"failure 1003"});
    EXPECT_EQ(decode(frame(0x02, "x")), Events{"failure 1003"});
}

TEST(FrameDecoder, TextThatIsNotUtf8FailsAsSoonAsItIsSeen) {
    EXPECT_EQ(decode(frame(0x81, "caf\xe9!")), Events{"failure 1007"});
    EXPECT_EQ(decode(frame(0x81, "cut \xe2\x82")), Events{"failure 1007"});
    EXPECT_EQ(decode(frame(0x01, "a\xed\xa0")), Events{"failure 1007"});
    const std::string whole = frame(0x81, "\xff" + std::string(100, 'x'));
    EXPECT_EQ(decode(std::string_view(whole).substr(0, 8)), Events{"failure 1007"});
}

TEST(FrameDecoder, CloseCodesAndReasonsAreChecked) {
    for (const unsigned code : {1000u, 1001u, 1002u, 1003u, 1007u, 1011u, 1012u, 1014u, 3000u, 4999u}) {
        EXPECT_EQ(decode(frame(0x88, close_body(code, "why"))), Events{"close " + std::to_string(code) + ":why"});
    }
    for (const unsigned code : {0u, 999u, 1004u, 1005u, 1006u, 1015u, 1016u, 2999u, 5000u, 65535u}) {
        EXPECT_EQ(decode(frame(0x88, close_body(code))), Events{"failure 1002"}) << code;
    }
    EXPECT_EQ(decode(frame(0x88, "")), Events{"close 1005:"});
    EXPECT_EQ(decode(frame(0x88, "x")), Events{"failure 1002"});
    EXPECT_EQ(decode(frame(0x88, close_body(1000, "\xff"))), Events{"failure 1007"});
}

TEST(FrameDecoder, NothingIsReadAfterCloseOrFailure) {
    EXPECT_EQ(decode(frame(0x88, close_body(1000)) + frame(0x81, "late")).size(), 1u);
    EXPECT_EQ(decode(frame(0x82, "x") + frame(0x81, "late")).size(), 1u);
}

TEST(FrameDecoder, KnowsWhetherAFrameOrMessageIsUnfinished) {
    Decoder decoder(Decoder::Role::server, limit);
    Events events;
    EXPECT_TRUE(decoder.is_idle());
    feed(decoder, "\x81", events);
    EXPECT_FALSE(decoder.is_idle());

    Decoder fragmented(Decoder::Role::server, limit);
    feed(fragmented, frame(0x01, "x"), events);
    EXPECT_FALSE(fragmented.is_idle());
    feed(fragmented, frame(0x80, "y"), events);
    EXPECT_TRUE(fragmented.is_idle());
}

TEST(FrameEncoder, WhatTheServerSendsTheClientReads) {
    std::string out;
    append_text(out, "short");
    append_text(out, std::string(126, 'a'));
    append_text(out, std::string(65536, 'b'));
    append_ping(out, "p");
    append_pong(out, "");
    append_close(out, 1008, "Invalid token");

    const Events expected{"text:short", "text:" + std::string(126, 'a'), "text:" + std::string(65536, 'b'), "ping:p",
                          "pong:",      "close 1008:Invalid token"};
    EXPECT_EQ(decode(out, Decoder::Role::client), expected);
}

TEST(FrameEncoder, WhatTheClientSendsTheServerReads) {
    std::string out;
    append_masked_text(out, "masked, longer than eight bytes", key);
    append_masked_ping(out, "p", key);
    append_masked_pong(out, "q", key);
    append_masked_close(out, 1000, "", key);

    EXPECT_EQ(decode(out), (Events{"text:masked, longer than eight bytes", "ping:p", "pong:q", "close 1000:"}));
    EXPECT_EQ(out.find("masked"), std::string::npos);
}

TEST(FrameEncoder, ACloseMayHaveNoBodyAndCutsALongReasonAtACharacter) {
    std::string empty;
    append_close(empty, close_code::none, "ignored");
    std::string cut;
    append_close(cut, 1000, std::string(122, 'r') + "€");

    EXPECT_EQ(decode(empty, Decoder::Role::client), Events{"close 1005:"});
    EXPECT_EQ(decode(cut, Decoder::Role::client), Events{"close 1000:" + std::string(122, 'r')});
}

TEST(FrameEncoder, AControlFrameTooLongIsABug) {
    std::string out;
    EXPECT_THROW(append_ping(out, std::string(126, 'x')), std::logic_error);
}

TEST(FrameMask, IsTheSameInOnePieceOrMany) {
    std::string whole = "0123456789abcdefghijklmnop";
    std::string pieces = whole;
    apply_mask(whole, key);
    for (std::size_t at = 0, size = 1; at < pieces.size(); at += size, ++size) {
        size = std::min(size, pieces.size() - at);
        apply_mask(std::span<char>(pieces).subspan(at, size), key, at);
    }

    EXPECT_EQ(pieces, whole);
}

}  // namespace
}  // namespace calldocker::protocol::websocket
