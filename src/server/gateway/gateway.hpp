#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "server/gateway/admission.hpp"
#include "server/gateway/company.hpp"
#include "server/net/link.hpp"

namespace calldocker::server {

struct GatewaySettings {
    unsigned shard{};
    unsigned shards{1};
    bool registered_only{};  ///< only `companies` exist; otherwise every company that a valid token names does
    std::set<CompanyId> companies;
};

/// @return the shard on which a company lives; the same for as long as `shards` is
[[nodiscard]] unsigned shard_of(const CompanyId& company, unsigned shards);

/// The companies of one shard, and the way in to them. One thread: its shard's; admit() too, for its own accepts.
///
/// One company's bug costs that company: its exceptions end here, whoever called it. The gateway drops its island and its sessions, closes
/// its links with 1013, and loads its log again after a growing pause. docs/decisions/0009
class Gateway final : public LinkAcceptor, private LinkHandler {
public:
    /// @param wake_at  asked to call tick() at that moment at the latest; a later call replaces an earlier one
    Gateway(GatewaySettings settings, GatewayPorts ports, std::function<void(Instant)> wake_at);
    ~Gateway() override;

    Admission admit(const UpgradeRequest& request, Instant now) override;
    Admission admit_by_message(std::string_view text, Instant now) override;
    LinkHandler& opened(Link& link, const std::shared_ptr<const void>& ticket, Instant now) override;

    void tick(Instant now);
    /// Sends version 2 clients the time, since the server's clock has been corrected: to some hundred clients a round.
    /// @return whether there are more, with which the next call goes on
    bool tell_time(Instant now);
    /// Brings a company's island to life without waiting for a client, so that timers of live contacts go on after a restart.
    void wake(const CompanyId& company);
    /// docs/configuration.md. `told` is called on this shard, at once or later.
    /// @errors not_found (the company does not exist), and those of Island::configure()
    void tell_configuration(const CompanyId& company, Reply::Told told);
    void configure(const domain::Identity& by, std::string json, Reply::Told told);
    /// The same of the company's doors (Company). @errors not_found (the company does not exist), and those of Company
    void recognise(const domain::Identity& who, ReplyOf<void>::Told told);
    void sign_out(const domain::Identity& by, const std::string& id, ReplyOf<void>::Told told);
    void make_sign_in_code(const domain::Identity& who, ReplyOf<NewCode>::Told told);
    void make_resume_code(const domain::Identity& who, std::string resume_token, ReplyOf<NewCode>::Told told);
    void redeem(const CodeClaim& claim, ReplyOf<RedeemedCode>::Told told);
    /// @errors not_found, and those of Island::clear()
    void clear(const domain::Identity& by, app::Island::Waiting what, bool strangers_only, Reply::Told told);
    /// The present numbers, summed over this shard's companies.
    [[nodiscard]] app::Island::Figures figures();
    /// Counts since the start, also of companies that have been unloaded.
    [[nodiscard]] const app::Tally& tally() const { return tally_; }
    [[nodiscard]] std::size_t companies() const { return companies_.size(); }
    /// To look at, in tests. @return null while the company is not loaded
    [[nodiscard]] const app::Island* island_of(const CompanyId& company) const;

private:
    void received(Link& link, std::string_view text, Instant now) override;
    void flooded(Link& link, Instant now) override;
    void closed(Link& link, std::uint16_t code, Instant now) override;

    [[nodiscard]] Admission admit(const Credentials& credentials, bool version_2, Instant now);
    [[nodiscard]] bool exists(const CompanyId& company) const;
    Company& company(const CompanyId& id);
    /// Every way into a company. @return false if it failed: the object is another one then
    template <class Work>
    bool enter(Company& company, std::string_view doing, const Work& work);
    void replace(Company& failed, std::string_view doing, std::string_view what);
    void turn_everybody_away(const Company& failed);
    /// Asks the company, if it exists. @param question  (Company&, SharedReplyOf<Answer>)
    template <class Answer, class Ask>
    void ask(const CompanyId& id, std::string_view doing, std::function<void(Result<Answer>)> told, const Ask& question);
    void reschedule(Company& company);
    void unschedule(Company& company);

    using Due = std::pair<Instant, Company*>;
    /// Those due at one moment in the order of their names: a simulation that is run again is the same.
    struct Sooner {
        bool operator()(const Due& one, const Due& other) const {
            return one.first != other.first ? one.first < other.first : one.second->id() < other.second->id();
        }
    };

    GatewaySettings settings_;
    app::Tally tally_;
    GatewayPorts ports_;
    Counter uncounted_;  // for those who count nothing
    std::function<void(Instant)> wake_at_;
    std::uint64_t session_keys_ = 0;
    std::map<CompanyId, std::unique_ptr<Company>> companies_;
    std::unordered_map<const Link*, std::unique_ptr<Visit>> visits_;
    std::vector<const Link*> to_be_told_the_time_;
    std::vector<std::unique_ptr<Visit>> finished_;  // freed at the next round: their owner may still be on the stack
    std::unordered_map<const Company*, Instant> due_;
    std::set<Due, Sooner> agenda_;
};

}  // namespace calldocker::server
