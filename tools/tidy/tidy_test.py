"""Small trees that tidy must object to, each with one thing wrong, and one that it must not."""
import tempfile
import unittest
from pathlib import Path

from tools.tidy.cpp import check_cpp
from tools.tidy.modules import check_modules
from tools.tidy.prose import check_prose
from tools.tidy.tree import Tree
from tools.tidy.words import FORBIDDEN_IN_TESTS, check_words, long_files

HEADER = "#pragma once\n"
GOOD = {
    "src/base/CMakeLists.txt": "calldocker_module(base HEADERS id.hpp)",
    "src/base/id.hpp": HEADER,
    "src/domain/contacts/CMakeLists.txt": "calldocker_module(domain_contacts DEPENDS base\n  HEADERS contact.hpp SOURCES contact.cpp)",
    "src/domain/contacts/contact.hpp": HEADER + '#include "base/id.hpp"\n',
    "src/domain/contacts/contact.cpp": '#include "domain/contacts/contact.hpp"\n#include <vector>\n',
}


class TidyTest(unittest.TestCase):
    def problems(self, check, changes):
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {**GOOD, **changes}.items():
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            return [str(problem) for problem in check(Tree(Path(folder)))]

    def assert_one(self, check, changes, *words):
        found = self.problems(check, changes)
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])


class Modules(TidyTest):
    def test_a_tree_that_follows_the_rules_has_no_problem(self):
        self.assertEqual(self.problems(check_modules, {}), [])

    def test_an_include_that_depends_does_not_cover(self):
        self.assert_one(check_modules, {
            "src/domain/agents/CMakeLists.txt": "calldocker_module(domain_agents DEPENDS base HEADERS agent.hpp)",
            "src/domain/agents/agent.hpp": HEADER + '#include "domain/contacts/contact.hpp"\n',
        }, "agent.hpp:2", "domain_agents does not declare that it depends on domain_contacts")

    def test_an_include_that_reaches_through_another_module(self):
        self.assert_one(check_modules, {
            "src/app/CMakeLists.txt": "calldocker_module(app DEPENDS domain_contacts HEADERS island.hpp)",
            "src/app/island.hpp": HEADER + '#include "domain/contacts/contact.hpp"\n#include "base/id.hpp"\n',
        }, "island.hpp:3", "depends on base")

    def test_an_arrow_that_points_upwards(self):
        self.assert_one(check_modules, {
            "src/app/CMakeLists.txt": "calldocker_module(app HEADERS island.hpp)",
            "src/app/island.hpp": HEADER,
            "src/domain/agents/CMakeLists.txt": "calldocker_module(domain_agents DEPENDS app HEADERS agent.hpp)",
            "src/domain/agents/agent.hpp": HEADER,
        }, "domain_agents may not depend on app")

    def test_one_adapter_on_another(self):
        self.assert_one(check_modules, {
            "src/adapters/memory/CMakeLists.txt": "calldocker_module(adapters_memory)",
            "src/adapters/sql/CMakeLists.txt": "calldocker_module(adapters_sql DEPENDS adapters_memory)",
        }, "adapters_sql may not depend on adapters_memory")

    def test_a_server_that_knows_an_adapter(self):
        self.assert_one(check_modules, {
            "src/adapters/sql/CMakeLists.txt": "calldocker_module(adapters_sql)",
            "src/server/http/CMakeLists.txt": "calldocker_module(server_http DEPENDS adapters_sql)",
        }, "server_http may not depend on adapters_sql")

    def test_the_protocol_may_encode_the_messages_of_the_domain_and_nothing_else_of_it(self):
        self.assert_one(check_modules, {
            "src/domain/messages/CMakeLists.txt": "calldocker_module(domain_messages)",
            "src/protocol/signalling/CMakeLists.txt": "calldocker_module(protocol_signalling DEPENDS domain_messages domain_contacts)",
        }, "protocol_signalling may not depend on domain_contacts")

    def test_a_cycle(self):
        self.assert_one(check_modules, {
            "src/domain/a/CMakeLists.txt": "calldocker_module(domain_a DEPENDS domain_b)",
            "src/domain/b/CMakeLists.txt": "calldocker_module(domain_b DEPENDS domain_a)",
        }, "cycle: domain_a → domain_b → domain_a")

    def test_a_dependency_that_does_not_exist(self):
        self.assert_one(check_modules, {"src/app/CMakeLists.txt": "calldocker_module(app DEPENDS nothing)"}, "no module")

    def test_a_module_with_the_name_of_another_folder(self):
        self.assert_one(check_modules, {"src/domain/a/CMakeLists.txt": "calldocker_module(domain_b)"}, "is named domain_a")

    def test_a_source_that_nobody_builds(self):
        self.assert_one(check_modules, {"src/domain/contacts/lost_test.cpp": ""}, "lost_test.cpp", "is not listed")

    def test_a_listed_source_that_is_not_there(self):
        self.assert_one(check_modules, {"src/app/CMakeLists.txt": "calldocker_module(app SOURCES gone.cpp)"}, "gone.cpp", "does not exist")

    def test_a_comment_in_cmake_lists_nothing(self):
        self.assert_one(check_modules, {
            "src/app/CMakeLists.txt": "calldocker_module(app HEADERS\n # island.hpp\n)", "src/app/island.hpp": HEADER,
        }, "island.hpp", "is not listed")

    def test_an_include_relative_to_its_own_folder(self):
        self.assert_one(check_modules, {"src/domain/contacts/contact.cpp": '#include "contact.hpp"\n'}, "name the path from there")

    def test_a_thread_in_the_domain(self):
        self.assert_one(check_modules, {"src/domain/contacts/contact.cpp": "#include <thread>\n"}, "<thread>")

    def test_a_clock_in_the_domain(self):
        self.assert_one(check_modules, {"src/domain/contacts/contact.cpp": "auto t = std::chrono::system_clock::now();\n"}, "no clock")

    def test_an_engine_outside_its_layer(self):
        self.assert_one(check_modules, {"src/domain/contacts/contact.cpp": "#include <boost/asio/io_context.hpp>\n"}, "belongs in")


class Cpp(TidyTest):
    def assert_await(self, statement, *words):
        self.assert_one(check_cpp, {"src/domain/contacts/contact.cpp": f"Task f() {{\n    {statement}\n}}\n"}, "contact.cpp:2", *words)

    def test_a_braced_temporary_beside_co_await(self):
        self.assert_await("co_await append(company, Event{1, 2});", "braced temporary")

    def test_braces_alone_as_an_argument_of_co_await(self):
        self.assert_await("auto r = co_await append(company, {1, 2});", "braced temporary")

    def test_a_lambda_beside_co_await(self):
        self.assert_await("co_await pool.run([company](auto& t) { return t.all(company); });", "lambda")

    def test_a_conditional_beside_co_await(self):
        self.assert_await("auto r = ready ? now : co_await later();", "?:")

    def test_plain_awaits_pass(self):
        body = """
Task f() {
    auto last = co_await pool_.run(std::move(insert));
    if (!(co_await ready())) { co_return Answer{1}; }
    for (auto& x : co_await all(a[0], "{?")) { use(x); }
    // co_await pool.run([] {});
}
"""
        self.assertEqual(self.problems(check_cpp, {"src/domain/contacts/contact.cpp": body}), [])

    def test_a_using_directive_in_a_header(self):
        self.assert_one(check_cpp, {"src/base/id.hpp": HEADER + "using namespace calldocker::domain;\n"}, "using directive")

    def test_the_whole_of_std_in_a_source(self):
        self.assert_one(check_cpp, {"src/domain/contacts/contact.cpp": "using namespace std;\n"}, "using directive")

    def test_literals_are_no_leak(self):
        self.assertEqual(self.problems(check_cpp, {"src/base/id.hpp": HEADER + "using namespace std::chrono_literals;\n"}), [])

    def test_something_added_to_std(self):
        self.assert_one(check_cpp, {"src/base/id.hpp": HEADER + "namespace std {\n}\n"}, "namespace std")

    def test_a_header_without_its_guard(self):
        self.assert_one(check_cpp, {"src/base/id.hpp": "struct Id {};\n"}, "#pragma once")

    def test_the_environment_read_outside_main(self):
        self.assert_one(check_cpp, {"src/domain/contacts/contact.cpp": 'auto home = std::getenv("HOME");\n'}, "environment")


class Words(TidyTest):
    def test_something_unfinished(self):
        self.assert_one(check_words, {"docs/a.md": "one\nTO" "DO: two\n"}, "docs/a.md:2")

    def test_a_registry_in_a_file(self):
        self.assert_one(check_words, {"a.sh": "curl https://registry.npm" "js.org/x\n"}, "registry's host")

    def test_a_lock_file_that_says_where_it_was_made(self):
        self.assert_one(check_words, {"frontend/package-lock.json": '  "resolved": "https://packages.example/x.tgz",\n'}, "registry's host")

    def test_the_path_of_a_checkout(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "checkout").mkdir()
            Path(folder, "checkout", "a.md").write_text(f"see {Path(folder).resolve()}/checkout/b\n")

            self.assertEqual(len(check_words(Tree(Path(folder, "checkout")))), 1)

    def test_each_word_that_makes_a_test_worthless(self):
        for word in FORBIDDEN_IN_TESTS:
            for path in ("src/base/id_test.cpp", "frontend/packages/client/calls.test.ts", "tests/e2e/calls.spec.mjs"):
                with self.subTest(word=word, path=path):
                    self.assert_one(check_words, {path: f"x{word}\n"}, f"{path}:1")

    def test_the_same_words_outside_tests(self):
        self.assertEqual(self.problems(check_words, {"src/main/main.cpp": "sleep" "_for(1s);\n"}), [])

    def test_a_page_that_asks_a_third_party(self):
        self.assert_one(check_words, {"frontend/site/index.html": '<script src="https://cdn.example/x.js"></script>\n'}, "own server")

    def test_a_long_file_is_a_warning(self):
        self.assertEqual(len(self.problems(long_files, {"src/base/long.hpp": HEADER * 501})), 1)


class Prose(TidyTest):
    def test_a_phrase_in_a_page_with_what_to_write_instead(self):
        self.assert_one(check_prose, {"README.md": "# Calls\n\nWhat is left out\nis as by\ndefault.\n"}, "README.md:4:", '"as by default"', "the default applies")

    def test_a_phrase_in_a_cell_of_a_table(self):
        self.assert_one(check_prose, {"docs/widget.md": "| a | b |\n|---|---|\n| `x` | it waits so long |\n"}, "docs/widget.md:3:", '"so long"')

    def test_a_phrase_in_upper_case(self):
        self.assert_one(check_prose, {"docs/widget.md": "No more calls come.\n"}, '"No more"')

    def test_a_sentence_whose_subject_is_a_clause(self):
        self.assert_one(check_prose, {"docs/widget.md": "Two agents accept.\nWho is first wins.\n"}, "docs/widget.md:2:", '"Who …" as a subject')

    def test_a_question_and_a_label_may_begin_with_who(self):
        self.assertEqual(self.problems(check_prose, {"docs/widget.md": "It rings. Who may answer it? An agent.\n\n| `by` | Who asks |\n"}), [])

    def test_so_long_as_is_english(self):
        self.assertEqual(self.problems(check_prose, {"docs/widget.md": "It rings so long as the visitor waits.\n"}), [])


if __name__ == "__main__":
    unittest.main()
