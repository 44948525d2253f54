#include "adapters/memory/memory_event_log.hpp"

#include <deque>
#include <memory>

#include "ports/event_log_contract.hpp"

namespace calldocker::adapters {
namespace {

class MemoryLogUnderTest {
public:
    MemoryLogUnderTest() { restart(); }
    MemoryEventLog& log() { return *log_; }
    void run() {
        while (!posted_.empty()) {
            const auto work = std::move(posted_.front());
            posted_.pop_front();
            work();
        }
    }
    void restart() {
        posted_.clear();
        log_ = std::make_unique<MemoryEventLog>(facts_, [this](std::function<void()> work) { posted_.push_back(std::move(work)); });
    }

private:
    MemoryFacts facts_;
    std::deque<std::function<void()>> posted_;
    std::unique_ptr<MemoryEventLog> log_;
};

TEST(MemoryEventLog, WhileWritesAreBrokenTheyFailAndNothingIsKept) {
    MemoryLogUnderTest under_test;
    std::vector<Result<Sequence>> answers;
    const auto append = [&] {
        under_test.log().append(CompanyId("acme"), Sequence{0}, {ports::StoredEvent{}}, [&](auto last) { answers.push_back(last); });
        under_test.run();
    };

    under_test.log().break_writes({ErrorCode::unavailable, "disk full"});
    append();
    under_test.log().heal();
    append();

    EXPECT_EQ(answers[0].error().detail, "disk full");
    EXPECT_EQ(answers[1], Sequence{1});
}

TEST(MemoryEventLog, WhatHasNotRunWhenItIsDestroyedHasNotHappened) {
    MemoryFacts facts;
    std::vector<std::function<void()>> posted;
    {
        MemoryEventLog log(facts, [&](std::function<void()> work) { posted.push_back(std::move(work)); });
        log.append(CompanyId("acme"), Sequence{0}, {ports::StoredEvent{}}, [](auto) { FAIL() << "answered after its end"; });
    }
    for (const auto& work : posted) work();

    EXPECT_TRUE(facts.companies.empty());
}

}  // namespace
}  // namespace calldocker::adapters

namespace calldocker::ports {
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, EventLogContract, adapters::MemoryLogUnderTest);
}
