#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ports/blobs.hpp"

namespace calldocker::ports {

/// What every Blobs must do. An adapter's test says how to make one:
///
///     struct MemoryBlobsUnderTest {
///         Blobs& blobs();       // of an empty installation
///         void run();           // until every call made so far has been answered, on the calling thread
///         void restart();       // the process ended, abruptly, and a new one has started
///     };
///     INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BlobsContract, MemoryBlobsUnderTest);
template <class UnderTest>
class BlobsContract : public testing::Test {
protected:
    static Blob blob(std::string bytes, std::string content_type = "audio/webm") {
        return {std::move(content_type), std::make_shared<const std::string>(std::move(bytes))};
    }

    Result<> put(const CompanyId& company, const BlobId& id, Blob blob) {
        std::optional<Result<>> answer;
        under_test.blobs().put(company, id, std::move(blob), [&](Result<> done) { answer = std::move(done); });
        under_test.run();
        return answer.value();
    }
    Result<Blob> get(const CompanyId& company, const BlobId& id) {
        std::optional<Result<Blob>> answer;
        under_test.blobs().get(company, id, [&](Result<Blob> got) { answer = std::move(got); });
        under_test.run();
        return answer.value();
    }
    Result<> remove(const CompanyId& company, const BlobId& id) {
        std::optional<Result<>> answer;
        under_test.blobs().remove(company, id, [&](Result<> done) { answer = std::move(done); });
        under_test.run();
        return answer.value();
    }
    /// The bytes, for short comparisons.
    std::string bytes_of(const CompanyId& company, const BlobId& id) {
        const auto got = get(company, id);
        return got ? *got->bytes : "<" + std::string(name_of(got.error().code)) + ">";
    }

    const CompanyId acme{"acme"};
    const CompanyId other{"other"};
    const BlobId r1{"r1"};
    UnderTest under_test;
};

TYPED_TEST_SUITE_P(BlobsContract);

TYPED_TEST_P(BlobsContract, WhatWasPutComesBackAsItWas) {
    std::string bytes("\0\r\n\xff bytes", 9);
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);

    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob(bytes, "audio/ogg")));
    EXPECT_TRUE(this->put(this->acme, BlobId("empty"), this->blob("")));

    EXPECT_EQ(this->get(this->acme, this->r1)->content_type, "audio/ogg");
    EXPECT_EQ(this->bytes_of(this->acme, this->r1), bytes);
    EXPECT_EQ(this->bytes_of(this->acme, BlobId("empty")), "");
}

TYPED_TEST_P(BlobsContract, TheNewerOneTakesThePlaceOfTheOlder) {
    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob("a longer one")));
    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob("short", "audio/mp4")));

    EXPECT_EQ(this->bytes_of(this->acme, this->r1), "short");
    EXPECT_EQ(this->get(this->acme, this->r1)->content_type, "audio/mp4");
}

TYPED_TEST_P(BlobsContract, CompaniesAreIslands) {
    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob("of acme")));
    EXPECT_EQ(this->bytes_of(this->other, this->r1), "<not_found>");
    EXPECT_TRUE(this->put(this->other, this->r1, this->blob("of other")));
    EXPECT_TRUE(this->remove(this->other, this->r1));

    EXPECT_EQ(this->bytes_of(this->acme, this->r1), "of acme");
    EXPECT_EQ(this->bytes_of(this->other, this->r1), "<not_found>");
}

TYPED_TEST_P(BlobsContract, NoNameMeansAnythingButItself) {
    const std::vector<std::string> names{"..",          ".",   "/",      "../acme", "acme/..", "a/b", "a", "a.part",
                                         "/etc/passwd", "con", "%2e%2e", "a b",     "ü😀",      "-rf", "A", std::string(128, 'x')};
    for (const std::string& company : names)
        for (const std::string& name : names)
            ASSERT_TRUE(this->put(CompanyId(company), BlobId(name), this->blob(company + " has " + name))) << company << " " << name;

    for (const std::string& company : names)
        for (const std::string& name : names) EXPECT_EQ(this->bytes_of(CompanyId(company), BlobId(name)), company + " has " + name);
}

TYPED_TEST_P(BlobsContract, WhatWasRemovedIsGoneAndRemovingItAgainDoesNoHarm) {
    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob("x")));
    EXPECT_TRUE(this->remove(this->acme, this->r1));
    EXPECT_TRUE(this->remove(this->acme, this->r1));

    EXPECT_EQ(this->bytes_of(this->acme, this->r1), "<not_found>");
}

TYPED_TEST_P(BlobsContract, AnswersComeLaterAndInTheOrderOfTheCalls) {
    std::vector<std::string> order;
    auto& blobs = this->under_test.blobs();
    blobs.put(this->acme, this->r1, this->blob("1"), [&](auto) { order.push_back("put"); });
    blobs.get(this->acme, this->r1, [&](Result<Blob> got) { order.push_back("got " + *got->bytes); });
    blobs.put(this->acme, this->r1, this->blob("2"), [&](auto) { order.push_back("put again"); });
    blobs.get(this->acme, this->r1, [&](Result<Blob> got) { order.push_back("got " + *got->bytes); });
    blobs.remove(this->acme, this->r1, [&](auto) { order.push_back("removed"); });
    EXPECT_TRUE(order.empty());
    this->under_test.run();

    EXPECT_THAT(order, testing::ElementsAre("put", "got 1", "put again", "got 2", "removed"));
}

TYPED_TEST_P(BlobsContract, WhatSucceededSurvivesACrash) {
    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob("x")));

    this->under_test.restart();

    EXPECT_EQ(this->bytes_of(this->acme, this->r1), "x");
}

TYPED_TEST_P(BlobsContract, TheLargestIsKeptAndALargerOneRefused) {
    EXPECT_TRUE(this->put(this->acme, this->r1, this->blob(std::string(blob_bytes_max, 'x'))));
    EXPECT_EQ(this->put(this->acme, this->r1, this->blob(std::string(blob_bytes_max + 1, 'y'))).error().code, ErrorCode::too_large);

    EXPECT_EQ(this->bytes_of(this->acme, this->r1), std::string(blob_bytes_max, 'x'));
}

REGISTER_TYPED_TEST_SUITE_P(BlobsContract, WhatWasPutComesBackAsItWas, TheNewerOneTakesThePlaceOfTheOlder, CompaniesAreIslands,
                            NoNameMeansAnythingButItself, WhatWasRemovedIsGoneAndRemovingItAgainDoesNoHarm,
                            AnswersComeLaterAndInTheOrderOfTheCalls, WhatSucceededSurvivesACrash, TheLargestIsKeptAndALargerOneRefused);

}  // namespace calldocker::ports
