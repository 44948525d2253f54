#pragma once
#include "app/codec/configuration_fields.hpp"
#include "app/codec/fact_fields.hpp"
#include "app/codec/state_fields.hpp"

/// The stored form of facts and state: for each type one list of its fields, which writes and reads it. Names are never
/// changed once written; a field that a text lacks keeps its default. One that is not known is refused: a newer version meant something by
/// it.
