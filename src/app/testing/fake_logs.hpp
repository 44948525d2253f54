#pragma once
#include <functional>
#include <map>
#include <string_view>

#include "app/testing/fake_log.hpp"

namespace calldocker::app::testing {

/// The logs of several companies, each in memory as a FakeLog.
class FakeLogs final : public ports::EventLog {
public:
    /// Asked before each call, and may throw as a bug of the adapter would.
    std::function<void(const CompanyId& company, std::string_view call)> before;

    FakeLog& of(const CompanyId& company) { return logs_[company]; }

    void append(const CompanyId& company, Sequence expected, std::vector<ports::StoredEvent> events, Appended done) override {
        if (before) before(company, "append");
        of(company).append(company, expected, std::move(events), std::move(done));
    }
    void load(const CompanyId& company, Loaded done) override {
        if (before) before(company, "load");
        of(company).load(company, std::move(done));
    }
    void keep_snapshot(const CompanyId& company, ports::StoredSnapshot snapshot, Done done) override {
        if (before) before(company, "keep_snapshot");
        of(company).keep_snapshot(company, std::move(snapshot), std::move(done));
    }
    void companies(Companies done) override { done(std::vector<CompanyId>{}); }

    void settle() {
        for (auto& [company, log] : logs_) log.settle();
    }

private:
    std::map<CompanyId, FakeLog> logs_;
};

}  // namespace calldocker::app::testing
