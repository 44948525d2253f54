#include "domain/permissions/supervision.hpp"

#include <gtest/gtest.h>

namespace calldocker::domain {
namespace {

const UserId sue{"sue"}, amina{"amina"}, ben{"ben"};

Identity identity(Role role, bool anonymous = false) { return {CompanyId{"acme"}, sue, role, "", "", anonymous, {}}; }

Configuration with_teams(std::vector<std::string> of_sue, std::vector<std::string> of_amina) {
    Configuration configuration;
    configuration.agents[sue] = {sue, "", {}, {}, std::move(of_sue)};
    configuration.agents[amina] = {amina, "", {}, {}, std::move(of_amina)};
    return configuration;
}

Contact contact_of(const UserId& agent) {
    Contact contact;
    contact.agent = agent;
    contact.state = agent.empty() ? ContactState::queued : ContactState::connected;
    return contact;
}

TEST(Supervision, WhereNoTeamsAreSetUpASupervisorLooksAfterEverybody) {
    const Configuration none;

    EXPECT_TRUE(Supervision(identity(Role::supervisor), none).covers(amina));
    EXPECT_TRUE(Supervision(identity(Role::supervisor), none).covers(contact_of({})));
}

TEST(Supervision, WhereTeamsAreSetUpASupervisorLooksAfterTheirAgentsAlone) {
    const Configuration teams = with_teams({"north"}, {"north", "east"});

    EXPECT_TRUE(Supervision(identity(Role::supervisor), teams).covers(amina));
    EXPECT_FALSE(Supervision(identity(Role::supervisor), teams).covers(ben)) << "who has no profile is in no team";
    EXPECT_FALSE(Supervision(identity(Role::supervisor), with_teams({"south"}, {"north"})).covers(contact_of(amina)));
    EXPECT_TRUE(Supervision(identity(Role::supervisor), with_teams({"south"}, {"north"})).covers(contact_of({}))) << "nobody has it yet";
}

TEST(Supervision, WhereTeamsAreSetUpASupervisorWithoutOneLooksAfterNobody) {
    const Configuration teams = with_teams({}, {"north"});

    EXPECT_FALSE(Supervision(identity(Role::supervisor), teams).covers(amina));
    EXPECT_FALSE(Supervision(identity(Role::supervisor), teams).covers(contact_of({})));
    EXPECT_TRUE(Supervision(identity(Role::admin), teams).covers(amina));
}

TEST(Supervision, AgentsCustomersAndAnonymousStaffLookAfterNobody) {
    const Configuration none;

    for (const Role role : {Role::customer, Role::agent}) EXPECT_FALSE(Supervision(identity(role), none).covers(amina));
    for (const Role role : {Role::supervisor, Role::admin}) EXPECT_FALSE(Supervision(identity(role, true), none).covers(amina));
}

}  // namespace
}  // namespace calldocker::domain
