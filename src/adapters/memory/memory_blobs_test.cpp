#include "adapters/memory/memory_blobs.hpp"

#include <deque>
#include <memory>

#include "ports/blobs_contract.hpp"

namespace calldocker::adapters {
namespace {

class MemoryBlobsUnderTest {
public:
    MemoryBlobsUnderTest() { restart(); }
    MemoryBlobs& blobs() { return *blobs_; }
    void run() {
        while (!posted_.empty()) {
            const auto work = std::move(posted_.front());
            posted_.pop_front();
            work();
        }
    }
    void restart() {
        posted_.clear();
        blobs_ = std::make_unique<MemoryBlobs>(kept_, [this](std::function<void()> work) { posted_.push_back(std::move(work)); });
    }

private:
    KeptBlobs kept_;
    std::deque<std::function<void()>> posted_;
    std::unique_ptr<MemoryBlobs> blobs_;
};

TEST(MemoryBlobs, WhileWritesAreBrokenTheyFailAndNothingIsKept) {
    MemoryBlobsUnderTest under_test;
    Result<> put;
    Result<ports::Blob> got;

    under_test.blobs().break_writes({ErrorCode::unavailable, "disk full"});
    under_test.blobs().put(CompanyId("acme"), ports::BlobId("r1"), {"audio/webm", std::make_shared<const std::string>("x")},
                           [&](auto done) { put = done; });
    under_test.blobs().get(CompanyId("acme"), ports::BlobId("r1"), [&](auto blob) { got = blob; });
    under_test.run();

    EXPECT_EQ(put.error().detail, "disk full");
    EXPECT_EQ(got.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace calldocker::adapters

namespace calldocker::ports {
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BlobsContract, adapters::MemoryBlobsUnderTest);
}
