"""The pure part: what is found in a piece of code, and what becomes of it."""
import unittest

from tools.mutants.operators import mutants_of, parse_ignored


def afters(line, kind=None):
    return [mutant.after for mutant in mutants_of("a.cpp", line) if kind in (None, mutant.kind)]


class Operators(unittest.TestCase):
    def test_comparisons_move_by_one_and_equality_turns_round(self):
        for before, after in (("<", "<="), ("<=", "<"), (">", ">="), (">=", ">"), ("==", "!="), ("!=", "=="), ("===", "!=="), ("!==", "===")):
            with self.subTest(before=before):
                self.assertEqual(afters(f"return a {before} b;"), [f"return a {after} b;"])

    def test_logic_and_sums(self):
        self.assertEqual(afters("return a && b || c;"), ["return a || b || c;", "return a && b && c;"])
        self.assertEqual(afters("return a + b - c;"), ["return a - b - c;", "return a + b + c;"])
        self.assertIn("sum -= x;", afters("sum += x;"))

    def test_templates_references_and_joined_texts_are_no_operators(self):
        for line in ("std::vector<int> f(T&& a, auto&& b);", 'return a + "x";', "return 'x' + a;", "const auto f = [](const A& a) { return a; };"):
            with self.subTest(line=line):
                self.assertEqual(afters(line, "operator"), [])

    def test_a_negation_is_dropped(self):
        self.assertEqual(afters("return !a.empty();"), ["return a.empty();"])
        self.assertEqual(afters("return a != b;", "negation"), [])

    def test_constants(self):
        self.assertEqual(afters("return 0;"), ["return 1;"])
        self.assertEqual(afters("constexpr auto pause = 15'000ms;"), ["constexpr auto pause = 15001ms;"])
        self.assertEqual(afters("const pause = 1_000;"), ["const pause = 1001;"])
        self.assertEqual(afters("return true;"), ["return false;"])
        for line in ("return a1;", "return 0.5;", "return 0xff;", 'return "1 < 2 && true";', "// 1 < 2", "return `a ${1} b`;"):
            with self.subTest(line=line):
                self.assertEqual(afters(line), [])

    def test_a_condition_is_turned_round_behind_what_it_declares(self):
        self.assertEqual(afters("if (is_over()) return;", "condition"), ["if (!(is_over())) return;"])
        self.assertEqual(afters("if (auto x = find(a); x && *x) return;", "condition"), ["if (auto x = find(a); !(x && *x)) return;"])
        self.assertEqual(afters('if (a == f("(")) return;', "condition"), ['if (!(a == f("("))) return;'])
        self.assertEqual(afters("if (const auto* x = find(a)) return;", "condition"), [])

    def test_a_condition_over_several_lines(self):
        source = "  if (a &&\n      b)\n    go();\n"
        negated = next(mutant for mutant in mutants_of("a.cpp", source) if mutant.kind == "condition")

        self.assertEqual(negated.applied(source), "  if (!(a &&\n      b))\n    go();\n")
        self.assertEqual(negated.line, 1)

    def test_a_statement_goes_and_a_declaration_or_an_answer_stays(self):
        for line in ("    agent.next.reset();", "    agent.idle_since = at;", "    ++agent.taken;", "    continue;", "    this.send(text);"):
            with self.subTest(line=line):
                self.assertEqual(afters(line, "statement"), [";"])
        for line in ("    const int a = 1;", "    Agent agent(a);", "    return a;", "    Instant at{};", "    if (a) b();"):
            with self.subTest(line=line):
                self.assertEqual(afters(line, "statement"), [])

    def test_what_holds_no_behaviour_is_left_alone(self):
        for line in ("#if A > 1", "static_assert(a == b);", "import a from 'b';", "  | { readonly stage: 1 }", "export type A = 1;", "  readonly a: 1;"):
            with self.subTest(line=line):
                self.assertEqual(afters(line), [])

    def test_each_mutant_differs_from_the_source_in_its_line_alone(self):
        source = "int f(int a) {\n    // a < 1\n    if (a < 1) return 2;\n    g(a);\n    return a - 1;\n}\n"
        found = mutants_of("a.cpp", source)

        self.assertEqual([(mutant.line, mutant.kind) for mutant in found], [(3, "condition"), (3, "operator"), (3, "constant"), (3, "constant"),
                                                                         (4, "statement"), (5, "operator"), (5, "constant")])
        for mutant in found:
            changed = [number for number, (old, new) in enumerate(zip(source.splitlines(), mutant.applied(source).splitlines()), 1) if old != new]
            self.assertEqual(changed, [mutant.line])


class IgnoredMutants(unittest.TestCase):
    TEXT = "# Words.\n\na.cpp\n- return a < b;\n+ return a <= b;\nThey are never equal,\nbeing keys.\n"

    def test_one_is_known_by_its_lines_wherever_they_are(self):
        [ignored] = parse_ignored(self.TEXT)
        [mutant] = mutants_of("a.cpp", "\n\n    return a < b;\n")

        self.assertTrue(ignored.is_of(mutant))
        self.assertEqual(ignored.reason, "They are never equal, being keys.")
        self.assertFalse(ignored.is_of(mutants_of("b.cpp", "return a < b;")[0]))

    def test_one_without_a_reason_is_refused(self):
        with self.assertRaises(ValueError):
            parse_ignored("a.cpp\n- return a < b;\n+ return a <= b;\n")

    def test_nothing_is_nothing(self):
        self.assertEqual(parse_ignored("# Words.\n"), [])


if __name__ == "__main__":
    unittest.main()
