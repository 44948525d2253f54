#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "app/codec/field_lists.hpp"
#include "base/result.hpp"
#include "domain/messages/names.hpp"

namespace calldocker::app::codec {

/// Checks JSON that people wrote against the field lists that read it: it reports an unknown member, or one of another kind, with its path
/// instead of ignoring it.
class JsonShape {
public:
    JsonShape(const boost::json::object& object, std::string path, std::string& problem)
        : object_(object), path_(std::move(path)), problem_(problem) {}

    template <class T>
    void operator()(std::string_view name, const T& like) {
        names_.push_back(name);
        const auto* found = object_.if_contains(boost::json::string_view(name.data(), name.size()));
        if (found != nullptr) check(*found, like, path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name), problem_);
    }
    template <class T>
    void always(std::string_view name, const T& like) {
        (*this)(name, like);
    }
    template <class T>
    void later(std::string_view name, const T& like) {
        (*this)(name, like);
    }
    void check_names() const {
        for (const auto& member : object_) {
            const std::string_view name(member.key().data(), member.key().size());
            if (std::find(names_.begin(), names_.end(), name) == names_.end())
                report(problem_, path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name), "there is no such member");
        }
    }

    template <class T>
    static void check(const boost::json::value& value, const T& like, const std::string& path, std::string& problem) {
        if constexpr (std::is_enum_v<T>) {
            const auto* text = value.if_string();
            if (text == nullptr || !domain::value_named<T>({text->data(), text->size()}))
                report(problem, path, "must be one of the documented words");
        } else if (const auto* object = value.if_object()) {
            JsonShape shape(*object, path, problem);
            fields(shape, like);
            shape.check_names();
        } else {
            report(problem, path, "must be an object");
        }
    }

private:
    static void report(std::string& problem, const std::string& path, std::string_view what) {
        if (problem.empty()) problem = fmt::format("{} {}", path, what);
    }
    static void check(const boost::json::value& value, const std::string&, const std::string& path, std::string& problem) {
        if (!value.is_string()) report(problem, path, "must be text");
    }
    template <class Tag>
    static void check(const boost::json::value& value, const Id<Tag>&, const std::string& path, std::string& problem) {
        if (!value.is_string()) report(problem, path, "must be text");
    }
    static void check(const boost::json::value& value, const UserId&, const std::string& path, std::string& problem) {
        if (!value.is_string()) report(problem, path, "must be text");
    }
    static void check(const boost::json::value& value, bool, const std::string& path, std::string& problem) {
        if (!value.is_bool()) report(problem, path, "must be true or false");
    }
    static void check(const boost::json::value& value, int, const std::string& path, std::string& problem) {
        const auto* number = value.if_int64();
        if (number == nullptr || *number < -1'000'000'000 || *number > 1'000'000'000) report(problem, path, "must be a whole number");
    }
    template <class T>
    static void check(const boost::json::value& value, const std::vector<T>&, const std::string& path, std::string& problem) {
        const auto* array = value.if_array();
        if (array == nullptr) return report(problem, path, "must be a list");
        for (std::size_t i = 0; i < array->size(); ++i) check((*array)[i], T{}, fmt::format("{}[{}]", path, i), problem);
    }
    template <class V>
    static void check(const boost::json::value& value, const std::map<std::string, V>&, const std::string& path, std::string& problem) {
        const auto* object = value.if_object();
        if (object == nullptr) return report(problem, path, "must be an object");
        for (const auto& member : *object)
            check(member.value(), V{}, fmt::format("{}.{}", path, std::string_view(member.key().data(), member.key().size())), problem);
    }

    const boost::json::object& object_;
    std::string path_;
    std::string& problem_;
    std::vector<std::string_view> names_;
};

/// @errors invalid: the first misfit, with its path
template <class T>
[[nodiscard]] Result<> check_shape(const boost::json::value& value, const T& like) {
    std::string problem;
    JsonShape::check(value, like, {}, problem);
    if (!problem.empty()) return fail(ErrorCode::invalid, std::move(problem));
    return {};
}

}  // namespace calldocker::app::codec
