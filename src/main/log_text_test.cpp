#include "main/log_text.hpp"

#include <gtest/gtest.h>

namespace calldocker::main {
namespace {

ports::StoredEvent event(std::string data) {
    return {Sequence{7}, from_unix_ms(1'795'405'429'120), "contact.offered", "amina", "tab c7", std::move(data)};
}

TEST(LogText, AnExportedLineIsOneObjectOfAllThatIsKept) {
    EXPECT_EQ(export_line(event(R"({"call":"c1","n":[1,{"x":"\n"}]})")),
              R"({"sequence":7,"at":"2026-11-23T03:43:49.120Z","type":"contact.offered","actor":"amina","commandId":"tab c7",)"
              R"("data":{"call":"c1","n":[1,{"x":"\n"}]}})");
}

TEST(LogText, WhatWasExportedIsReadBackByteForByte) {
    const auto kept = event(R"({"call":"c \"1\" ü\u000a","n":[1, {"x":"\n"}]})");

    const auto read = import_line(export_line(kept));

    ASSERT_TRUE(read);
    EXPECT_EQ(read->sequence, kept.sequence);
    EXPECT_EQ(read->at, kept.at);
    EXPECT_EQ(read->type, kept.type);
    EXPECT_EQ(read->actor, kept.actor);
    EXPECT_EQ(read->command_id, kept.command_id);
    EXPECT_EQ(read->data, kept.data);
}

TEST(LogText, ALineThatIsNoEventIsRefused) {
    const std::string good = export_line(event("{}"));
    ASSERT_TRUE(import_line(good));

    for (const char* line :
         {"", "{}", "[]", "nonsense", R"({"sequence":"7","at":"2026-11-23T03:43:49.120Z","type":"x","data":{}})",
          R"({"sequence":7,"at":"yesterday","type":"x","data":{}})", R"({"sequence":7,"at":"2026-11-23T03:43:49.120Z","data":{}})",
          R"({"sequence":7,"at":"2026-11-23T03:43:49.120Z","type":"x","data":[]})"})
        EXPECT_EQ(import_line(line).error().code, ErrorCode::invalid) << line;
    EXPECT_FALSE(import_line(good.substr(0, good.size() - 1)));
}

TEST(LogText, ForPeopleMembersStandOnOneLine) {
    EXPECT_EQ(
        line_of(event(R"({"call":"c1","agents":["amina","ben"],"ring":20000,"why":{"decided_by":"tier","candidates":2},)"
                      R"("excluded":[{"agent":"carla","reason":"skill"}],"note":"two words","up":true,"none":[],"empty":""})")),
        "7  2026-11-23T03:43:49.120Z  contact.offered  amina  call=c1 agents=[amina,ben] ring=20000 why.decided_by=tier why.candidates=2 "
        "excluded=[(agent=carla reason=skill)] note=\"two words\" up=true none=[] empty=\"\"");
}

TEST(LogText, ATextCannotPassForAnotherMember) {
    EXPECT_EQ(line_of(event(R"({"note":"x by=boss","other":"a\nb"})")),
              R"(7  2026-11-23T03:43:49.120Z  contact.offered  amina  note="x by=boss" other="a\nb")");
}

TEST(LogText, KnowsWhichContactAnEventIsOf) {
    EXPECT_EQ(call_of(event(R"({"call":"c\u0031"})")), "c1");
    EXPECT_EQ(call_of(event(R"({"agent":"amina"})")), "");
}

}  // namespace
}  // namespace calldocker::main
