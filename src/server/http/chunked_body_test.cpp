#include "server/http/chunked_body.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace calldocker::server::http {
namespace {

using State = ChunkedBody::State;
using namespace std::string_literals;

struct Read {
    std::string content;
    State state{};
    std::size_t used{};
    friend bool operator==(const Read&, const Read&) = default;
};

Read read(std::string_view bytes, std::size_t piece = std::string_view::npos, std::size_t bytes_max = 100,
          std::size_t framing_bytes_max = 64) {
    ChunkedBody body(bytes_max, framing_bytes_max);
    Read result;
    while (!bytes.empty() && body.state() == State::needs_more) {
        const std::size_t used = body.take(bytes.substr(0, piece), result.content);
        result.used += used;
        bytes.remove_prefix(used);
    }
    result.state = body.state();
    return result;
}

TEST(ChunkedBody, HoldsWhatTheChunksHoldHoweverTheyAreCut) {
    const std::string bytes = "3\r\nabc\r\n0A;a=\"b;c\"\r\n0123456789\r\n0\r\n\r\n";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece)
        EXPECT_EQ(read(bytes, piece), (Read{"abc0123456789", State::complete, bytes.size()})) << piece;
}

TEST(ChunkedBody, EndsWhereItEndsAndLeavesWhatComesBehind) {
    const auto got = read("1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n");

    EXPECT_EQ(got, (Read{"a", State::complete, 11}));
}

TEST(ChunkedBody, TrailerFieldsAreIgnoredWhateverTheyAreCalled) {
    for (const char* trailer : {"X-A: b\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Host: x\r\n", "A:\r\nB: \tc\r\n"})
        EXPECT_EQ(read("1\r\na\r\n0\r\n"s + trailer + "\r\n").state, State::complete) << trailer;
}

TEST(ChunkedBody, TenThousandChunksOfOneByteAreABody) {
    std::string bytes;
    for (int i = 0; i < 10'000; ++i) bytes += "1\r\nx\r\n";

    EXPECT_EQ(read(bytes + "0\r\n\r\n", std::string_view::npos, 10'000).content, std::string(10'000, 'x'));
}

TEST(ChunkedBody, WhatTwoReadersCouldReadInTwoWaysIsMalformed) {
    for (const std::string& bytes : {"\r\n"s,
                                     "z\r\n"s,
                                     "-1\r\na"s,
                                     "+1\r\na"s,
                                     "0x1\r\na"s,
                                     " 1\r\na"s,
                                     "1 \r\na"s,
                                     "1\na"s,
                                     "1\r\ra"s,
                                     "1\r\nab\r\n"s,
                                     "1\r\na\n0\r\n"s,
                                     "1;\n\r\na"s,
                                     "1;\0\r\na"s,
                                     "0\r\nA\r\n\r\n"s,
                                     "0\r\n A: b\r\n\r\n"s,
                                     "0\r\n: b\r\n\r\n"s,
                                     "0\r\nA : b\r\n\r\n"s,
                                     "0\r\nA: b\n\r\n"s,
                                     "0\r\n\ra"s,
                                     ";a\r\n"s})
        EXPECT_EQ(read(bytes).state, State::malformed) << bytes;
}

TEST(ChunkedBody, ContentAndFramingAreBounded) {
    EXPECT_EQ(read("64\r\n"s + std::string(100, 'x') + "\r\n0\r\n\r\n").state, State::complete);
    EXPECT_EQ(read("65\r\n").state, State::too_large);
    EXPECT_EQ(read("64\r\n"s + std::string(100, 'x') + "\r\n1\r\n").state, State::too_large);
    EXPECT_EQ(read("ffffffffffffffffffff\r\n").state, State::too_large);
    EXPECT_EQ(read("1;" + std::string(64, 'x')).state, State::framing_too_large);
    EXPECT_EQ(read(std::string(66, '0')).state, State::framing_too_large);
    EXPECT_EQ(read("0\r\n" + std::string(65, 'x')).state, State::framing_too_large);
    std::string extensions;
    for (int i = 0; i < 33; ++i) extensions += "1;x\r\na\r\n";
    EXPECT_EQ(read(extensions).state, State::framing_too_large) << "many small ones, too";
}

}  // namespace
}  // namespace calldocker::server::http
