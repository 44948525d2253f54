#pragma once
#include <cstdint>
#include <string>

#include "adapters/sql/database.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace calldocker::adapters::sql {

/// A secret of this installation (the key of resume tokens), made once and kept with its data. Several processes may
/// ask at once: all get the one that was first.
/// @param fresh  fresh random text, kept if there is none yet
/// @errors unavailable
Result<Secret<std::string>> load_or_create_secret(Database& database, const std::string& name, const Secret<std::string>& fresh);

/// The generation of the keys that resume tokens and codes are made under; 0 in a new database. @errors unavailable
Result<std::uint64_t> key_generation(Database& database);
/// Begins the next one: what was made before is void, for servers that read it again. @return it. @errors unavailable
Result<std::uint64_t> begin_key_generation(Database& database);

}  // namespace calldocker::adapters::sql
