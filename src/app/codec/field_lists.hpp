#pragma once
#include "app/codec/configuration_fields.hpp"
#include "app/codec/fact_fields.hpp"
#include "app/codec/state_fields.hpp"

/// The stored form of facts and state: for each type one list of its fields, which writes and reads it. Names never change once written. A
/// field that a text lacks keeps its default. A text with an unknown field is refused: a newer version meant something by it.
