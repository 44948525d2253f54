#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ports/event_log.hpp"

/// Events of the log as lines of text.
namespace calldocker::main {

/// {"sequence":1,"at":"…","type":"contact.created","actor":"…","commandId":"…","data":{…}}, without a line's end.
[[nodiscard]] std::string export_line(const ports::StoredEvent& event);
/// @errors invalid: not such a line
[[nodiscard]] Result<ports::StoredEvent> import_line(std::string_view line);

/// "1042  2026-11-23T03:43:49.120Z  contact.offered  system  call=c1 agents=[amina,ben] why.decided_by=tier"
[[nodiscard]] std::string line_of(const ports::StoredEvent& event);

/// @return the contact that the event is of; empty: none
[[nodiscard]] std::string call_of(const ports::StoredEvent& event);

}  // namespace calldocker::main
