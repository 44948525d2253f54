"""Words that have no place in a file. Spelt in halves here, so that this file may speak of them."""
import re

from .tree import Problem, Tree, is_test

UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
REGISTRIES = re.compile(r"(registry\.npm" r"js\.org|registry\.yarn" r"pkg\.com|(?:deb|security)\.deb" r"ian\.org|py" r"pi\.org)", re.I)
FORBIDDEN_IN_TESTS = {
    "sleep" "_for": "tests wait for what happens, not for time",
    "sleep" "_until": "tests wait for what happens, not for time",
    "waitFor" "Timeout": "tests wait for what happens, not for time",
    "GTEST" "_SKIP": "no test is skipped",
    "DIS" "ABLED_": "no test is skipped",
    ".sk" "ip(": "no test is skipped",
    ".on" "ly(": "no test is run alone",
    ".fix" "me(": "no test is skipped",
    "EXPECT_TRUE(" "true)": "a test must be able to fail",
}
FOREIGN_REQUEST = re.compile(r"""(?:\bsrc\s*=\s*|\bhref\s*=\s*|url\(\s*|@import\s+)["']?(?:https?:)?//""", re.I)
LONG_FILE_LINES = 500


def check_words(tree: Tree) -> list[Problem]:
    problems = []
    checkout = f"{tree.root.resolve().parent}/"
    for path in tree.text_paths():
        lock_file = path.endswith("package-lock.json")
        for number, line in enumerate(tree.lines(path), 1):
            def say(text: str, number: int = number, path: str = path) -> None:
                problems.append(Problem(path, number, text))

            if not lock_file and (word := UNFINISHED.search(line)):
                say(f"{word.group(1)}: finish it, or file an issue")
            if REGISTRIES.search(line) or (lock_file and '"resolved": "http' in line):
                say("names a package registry's host; where packages come from is the machine's business")
            if len(checkout) > 2 and checkout in line:
                say("bears a path of this machine")
            if is_test(path):
                for word, reason in FORBIDDEN_IN_TESTS.items():
                    if word in line:
                        say(f"{word.rstrip('(')}: {reason}")
            if path.startswith("frontend/") and path.endswith((".html", ".css")) and FOREIGN_REQUEST.search(line):
                say("a page asks nobody but its own server")
    return problems


def long_files(tree: Tree) -> list[Problem]:
    """Warnings, not problems."""
    sources = [path for path in tree.paths if path.endswith((".cpp", ".hpp", ".ts", ".tsx", ".mjs", ".py", ".css"))
               and "generated" not in path]
    counts = {path: len(tree.lines(path)) for path in sources}
    return [Problem(path, count, f"{count} lines: would you want to live in it?")
            for path, count in counts.items() if count > LONG_FILE_LINES]
