#!/usr/bin/env python3
"""Checks what no compiler holds: the direction of includes and imports, that every source is built, words that have no place, plain English,
format.

  tools/tidy/tidy.py [FOLDER]    FOLDER is a checkout; without one, this

Prints one line for each problem and exits 1 where there is any. Warnings change nothing.
"""
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
from tools.tidy.cpp import check_cpp  # noqa: E402
from tools.tidy.frontend import check_frontend  # noqa: E402
from tools.tidy.modules import check_modules  # noqa: E402
from tools.tidy.prose import check_prose  # noqa: E402
from tools.tidy.tree import Problem, Tree, is_cpp  # noqa: E402
from tools.tidy.words import check_words, long_files  # noqa: E402


def check_format(tree: Tree) -> list[Problem]:
    sources = [path for path in tree.paths if is_cpp(path)]
    if not sources or not (tree.root / ".clang-format").exists():
        return []
    if shutil.which("clang-format") is None:
        return [Problem(".clang-format", 1, "clang-format is not installed: tools/setup.sh --test")]
    result = subprocess.run(["clang-format", "--dry-run", "--ferror-limit=1", *sources], cwd=tree.root, capture_output=True, text=True, check=False)
    badly = sorted({line.split(":")[0] for line in result.stderr.splitlines() if "[-Wclang-format-violations]" in line})
    return [Problem(path, 1, "is not formatted: make format") for path in badly]


def problems_of(tree: Tree) -> list[Problem]:
    return sorted({*check_modules(tree), *check_cpp(tree), *check_frontend(tree), *check_words(tree), *check_prose(tree), *check_format(tree)})


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent.parent
    tree = Tree(root)
    for warning in long_files(tree):
        print(f"warning: {warning}")
    problems = problems_of(tree)
    for problem in problems:
        print(problem)
    print(f"tidy: {len(tree.paths)} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
