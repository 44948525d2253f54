#pragma once
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/client.hpp"

namespace calldocker::simulation {

// What is left out, or is of another type, is empty.
[[nodiscard]] std::string text_in(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::optional<std::uint64_t> number_in(const boost::json::object& object, std::string_view name);
[[nodiscard]] const boost::json::object* object_in(const boost::json::object& object, std::string_view name);
[[nodiscard]] std::vector<const boost::json::object*> objects_in(const boost::json::object& object, std::string_view name);

/// For people, to compare two.
[[nodiscard]] std::string in_words(const Screen& screen);
/// Shows what a message of version 2 tells, as a page does: a snapshot replaces everything, a change one contact, one room or the label.
void show(Screen& screen, std::string_view type, const boost::json::object& said);

}  // namespace calldocker::simulation
