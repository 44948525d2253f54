"""The counting of run_tests.py, on the closing lines that the runners really print."""
import unittest

from tools.run_tests import Count, counted, settled


class Counting(unittest.TestCase):
    def test_adds_up_the_workspaces_of_vitest(self):
        text = " Test Files  1 failed | 3 passed (4)\n      Tests  2 failed | 31 passed (33)\n      Tests  4 passed (4)\n"

        self.assertEqual(counted(text), Count(35, 2))

    def test_counts_a_cancelled_node_test_as_failed(self):
        text = "# tests 5\n# suites 0\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 0\n"

        self.assertEqual(counted(text), Count(3, 2))

    def test_counts_playwright_tests_that_did_not_run_as_failed(self):
        text = "  1 failed\n    [chromium] › calls.spec.ts:3:1 › a call\n  2 did not run\n  7 passed (1.2m)\n"

        self.assertEqual(counted(text), Count(7, 3))

    def test_reads_colours_as_nothing(self):
        self.assertEqual(counted("\x1b[2m      Tests \x1b[22m \x1b[1m\x1b[32m8 passed\x1b[39m (8)\n"), Count(8, 0))

    def test_counts_unittest_errors_and_failures(self):
        text = "Ran 6 tests in 0.010s\n\nFAILED (failures=1, errors=2)\n"

        self.assertEqual(counted(text), Count(3, 3))

    def test_a_step_that_ran_nothing_has_failed(self):
        self.assertEqual(settled(Count(), 0), Count(0, 1))

    def test_a_step_that_crashed_after_its_last_test_has_failed(self):
        self.assertEqual(settled(Count(9, 0), 134), Count(9, 1))


if __name__ == "__main__":
    unittest.main()
