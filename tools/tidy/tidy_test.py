"""Small trees that tidy must object to, each with one thing wrong, and one that it must not."""
import tempfile
import unittest
from pathlib import Path

from tools.tidy.cpp import check_cpp
from tools.tidy.frontend import check_frontend, imports_of
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


TABLE = """# Architecture
| part | may import |
|---|---|
| `client` | |
| `client/call` | `client`, `client/signalling` |
| `client/signalling` | `client` |
| `client/index.ts` | `client`, `client/call` |
| `mock-engine` | `client` |
| `desk` | `client` |
| `desk/home` | `desk` |
| `*/vite.config.ts` | `vite.shared.ts` |
| `vite.shared.ts` | |
| `tests` | `mock-engine` |

The end.
"""
FRONTEND = {
    "docs/architecture.md": TABLE,
    "frontend/vite.shared.ts": "export const shared = {};\n",
    "frontend/packages/client/src/index.ts": "export { call } from './call/call.ts';\n",
    "frontend/packages/client/src/limits.ts": "export const most = 1;\n",
    "frontend/packages/client/src/call/call.ts": "import type { Socket } from '../signalling/socket.ts';\n",
    "frontend/packages/client/src/signalling/socket.ts": "import { most } from '../limits.ts';\n",
    "frontend/packages/mock-engine/src/index.ts": "import type { call } from '@calldocker/client';\n",
    "frontend/apps/desk/vite.config.ts": "import { shared } from '../../vite.shared.ts';\n",
    "frontend/apps/desk/src/desk.css": "",
    "frontend/apps/desk/src/view.ts": "import { call } from '@calldocker/client';\nimport './desk.css';\n",
    "frontend/apps/desk/src/view.test.ts": "import { contact } from '@calldocker/mock-engine';\nimport { view } from './view';\n",
    "frontend/apps/desk/src/home/Home.tsx": "import { view } from '../view.ts';\n",
}


class Frontend(TidyTest):
    def check(self, changes):
        return self.problems(check_frontend, {**FRONTEND, **changes})

    def assert_import(self, path, text, *words, line=1):
        found = self.check({path: text})
        self.assertEqual(len(found), 1, found)
        for word in (f"{path}:{line}:", *words):
            self.assertIn(word, found[0])

    def test_a_front_end_that_follows_the_table_has_no_problem(self):
        self.assertEqual(self.check({}), [])

    def test_each_form_of_an_import_that_the_table_does_not_cover(self):
        for text in ("import { call } from '../call/call.ts';", "import type { Call } from '../call/call.ts';", 'import "../call/call.ts";',
                     "import call, { type Call } from '../call/call.ts';", "import * as call from '../call/call';", "export * from '../call/call.ts';",
                     "export type { Call } from '../call/call.ts';", "import {\n  call,\n} from '../call/call.ts';",
                     "const call = await import('../call/call.ts');", "type Call = import('../call/call.ts').Call;",
                     "import text from '../call/call.ts?raw';", "import(/* soon */ `../call/call.ts`);"):
            with self.subTest(text=text):
                self.assert_import("frontend/packages/client/src/signalling/other.ts", text, "client/signalling may not import client/call",
                                   line=text.count("\n") + 1)

    def test_a_package_that_the_table_does_not_give(self):
        self.assert_import("frontend/packages/client/src/limits.ts", "import type { contact } from '@calldocker/mock-engine/more';\n",
                           "client may not import mock-engine")

    def test_a_feature_has_its_own_row_and_not_its_package_s(self):
        self.assert_import("frontend/apps/desk/src/home/Home.tsx", "import { call } from '@calldocker/client';\n", "desk/home may not import client")

    def test_the_ground_does_not_stand_on_a_feature(self):
        self.assert_import("frontend/apps/desk/src/other.ts", "import { Home } from './home/Home.tsx';\n", "desk may not import desk/home")

    def test_a_path_into_another_package(self):
        self.assert_import("frontend/apps/desk/src/view.ts", "import { most } from '../../../packages/client/src/limits.ts';\n",
                           "reaches into another package: import @calldocker/client")

    def test_a_package_that_names_itself(self):
        self.assert_import("frontend/packages/client/src/limits.ts", "import { call } from '@calldocker/client';\n", "its own package")

    def test_a_path_out_of_every_package(self):
        self.assert_import("frontend/apps/desk/src/view.ts", "import { shared } from '../../../vite.shared.ts';\n",
                           "desk may not import vite.shared.ts")

    def test_only_tests_import_what_the_table_gives_to_tests(self):
        self.assert_import("frontend/apps/desk/src/view.ts", "import { contact } from '@calldocker/mock-engine';\n",
                           "desk may not import mock-engine")

    def test_an_import_that_is_computed(self):
        for name in ("name", "`./${name}.ts`"):
            with self.subTest(name=name):
                self.assert_import("frontend/apps/desk/src/view.ts", f"void import({name});\n", "computed")

    def test_an_import_of_nothing(self):
        self.assert_import("frontend/apps/desk/src/view.ts", "import { gone } from './gone.ts';\n", "./gone.ts is no file")

    def test_a_package_without_a_row(self):
        self.assert_import("frontend/packages/extra/src/index.ts", "import { shared } from 'vite';\n", "belongs to no part")

    def test_a_cycle_of_files_in_one_part_types_included(self):
        found = self.check({
            "frontend/packages/client/src/limits.ts": "// The bounds.\nimport type { Watched } from './watched.ts';\n",
            "frontend/packages/client/src/watched.ts": "import { most } from './more.ts';\n",
            "frontend/packages/client/src/more.ts": "export type { Most } from './limits.ts';\n",
        })
        self.assertEqual(found, ["frontend/packages/client/src/limits.ts:2: cycle: limits.ts → watched.ts → more.ts → limits.ts; "
                                 "move what both need into a file below them"])

    def test_a_file_that_imports_itself(self):
        self.assert_import("frontend/packages/client/src/limits.ts", "import { most } from './limits.ts';\n", "cycle: limits.ts → limits.ts")

    def test_a_cycle_of_parts(self):
        found = self.check({"docs/architecture.md": TABLE.replace("| `client/signalling` | `client` |", "| `client/signalling` | `client`, `client/call` |")})
        self.assertEqual(found, ["docs/architecture.md:5: cycle: client/call → client/signalling → client/call"])

    def test_a_row_and_an_arrow_that_speak_of_nothing(self):
        found = self.check({"docs/architecture.md": TABLE.replace("| `desk/home` | `desk` |", "| `desk/home` | `desk`, `desk/gone` |\n| `lost` | |")})
        self.assertEqual(len(found), 2, found)
        self.assertIn("desk/home may import desk/gone, which is no part", found[0])
        self.assertIn("lost is no part", found[1])

    def test_a_document_without_the_table(self):
        self.assertIn("has no table", " ".join(self.check({"docs/architecture.md": "# Architecture\n"})))

    def test_comments_strings_and_exports_of_one_s_own_import_nothing(self):
        text = """
// import { a } from './a.ts';
/* export * from './b.ts'; */
const words = "import { c } from './c.ts'";
export const from = './d.ts';
export { words };
catalogue.import('e');
it('keeps what it exports from', () => {});
"""
        self.assertEqual(imports_of(text), [])


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

    def test_a_phrase_in_a_comment_that_goes_over_two_lines(self):
        self.assert_one(check_prose, {"src/base/id.hpp": HEADER + "/// A client that is\n/// told the time.\n"}, "src/base/id.hpp:2:", '"is told"')

    def test_a_phrase_beside_code_and_in_a_block(self):
        self.assert_one(check_prose, {"tests/e2e/a.ts": "const a = 1; // it rings no more\n"}, "tests/e2e/a.ts:1:", '"no more"')
        self.assert_one(check_prose, {"tests/e2e/a.ts": "/**\n * Whom it rings.\n */\n"}, "tests/e2e/a.ts:2:", '"Whom"')

    def test_a_phrase_in_code_is_no_text(self):
        self.assertEqual(self.problems(check_prose, {"tests/e2e/a.ts": "const whom = 'https://a.example/whom';\n"}), [])

    def test_a_phrase_in_a_comment_of_python(self):
        self.assert_one(check_prose, {"tools/bench.py": "x = 1  # so long\n"}, "tools/bench.py:1:", '"so long"')

    def test_a_test_whose_name_has_no_subject(self):
        self.assert_one(check_prose, {"tests/e2e/a.spec.ts": "test('who declines is not rung again', () => {});\n"}, "tests/e2e/a.spec.ts:1:", "a test's name")
        self.assert_one(check_prose, {"tests/e2e/a.spec.ts": "test('an agent is told why', () => {});\n"}, '"is told"')

    def test_so_long_as_is_english(self):
        self.assertEqual(self.problems(check_prose, {"docs/widget.md": "It rings so long as the visitor waits.\n"}), [])


if __name__ == "__main__":
    unittest.main()
