#!/usr/bin/env python3
"""Changes one small thing in the code and asks the tests whether they notice; again and again.

  tools/mutants/mutants.py --count 20 --seed 7            20 mutants of the rules in C++, 20 of tested TypeScript
  tools/mutants/mutants.py --language cpp --under src/domain/routing --list

A mutant that no test notices has *survived*: write the test, simplify the code, or say in tools/mutants/ignored.txt why the
mutant changes nothing. Works on what is committed, in build/mutants, and leaves the checkout as it is. The same seed draws
the same mutants of the same code. Exits 1 where one survived.

C++: src/domain and src/app, with the tests of the module first, then those of app, then a short simulation.
TypeScript: each file of frontend/ with a test beside it, with that test first, then all that import the file.
"""
import argparse
import fcntl
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
from tools.mutants.operators import Ignored, Mutant, mutants_of, parse_ignored  # noqa: E402
from tools.tidy.modules import Module, owner, parse_modules  # noqa: E402
from tools.tidy.tree import Tree, is_test  # noqa: E402

PLACE = ROOT / "build" / "mutants"
COPY = PLACE / "tree"
BUILD = COPY / "build" / "dev"  # as in any checkout, so that ccache finds what others have compiled
LOG = PLACE / "log.txt"
IGNORED = "tools/mutants/ignored.txt"
SIMULATION = ["--seeds=40", "--gtest_filter=-*HundredsOfAgents*"]
BUILD_SECONDS = 300
# A mutant may loop for ever, and take memory while it does.
TEST_SECONDS_LEAST = 10
TEST_TIMES = 8
CPP_BYTES_MAX = 4 << 30
SYNTAX_ERROR = re.compile(r"Transform failed|PARSE_ERROR|SyntaxError: ")

# The files of a mutated module are compiled one by one, and a mutant may leave a variable unused; all other modules are compiled
# in one go each.
ONE_BY_ONE = """\
function(calldocker_one_by_one)
  foreach(target IN LISTS CALLDOCKER_MUTATED)
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    target_compile_options(${target} PRIVATE -w)
  endforeach()
endfunction()
cmake_language(DEFER CALL calldocker_one_by_one)
"""


class Broken(Exception):
    """The code as it is does not build, or its tests fail: nothing can be said about mutants."""


@dataclass(frozen=True)
class Verdict:
    mutant: Mutant
    outcome: str  # killed, survived, timed_out, not_compiled
    by: str       # the last tests that it went through
    seconds: float


@dataclass(frozen=True)
class Ran:
    outcome: str  # passed, failed, timed_out
    seconds: float
    output: str


def run(command: list[str], folder: Path, seconds: float, bytes_max: int | None = None) -> Ran:
    """Runs the command in a process group of its own, which ends with it."""
    def limit() -> None:
        if bytes_max is not None:
            resource.setrlimit(resource.RLIMIT_AS, (bytes_max, bytes_max))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    started = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, errors="replace", start_new_session=True, preexec_fn=limit,
                               env={**os.environ, "NO_COLOR": "1", "CI": "1"})
    try:
        output, _ = process.communicate(timeout=seconds)
        outcome = "passed" if process.returncode == 0 else "failed"
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        outcome = "timed_out"
    with open(LOG, "a") as log:
        log.write(f"$ {' '.join(command)}\n{output}\n-- {outcome}\n")
    return Ran(outcome, time.monotonic() - started, output)


def git(*arguments: str, folder: Path = ROOT) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def copy_of_what_is_committed() -> None:
    LOG.write_text("")
    commit = git("rev-parse", "HEAD")
    if (COPY / ".git").exists():
        git("checkout", "--force", "--detach", commit, folder=COPY)
    else:
        git("worktree", "add", "--force", "--detach", str(COPY), commit)  # --force: `make clean` may have removed it


def sources(tree: Tree, language: str) -> list[str]:
    if language == "cpp":
        return [path for path in tree.paths if path.startswith(("src/domain/", "src/app/")) and path.endswith(".cpp")
                and not path.endswith(("_test.cpp", "_bench.cpp", "_fuzz.cpp")) and "/testing/" not in path]
    return [path for path in tree.paths if path.startswith("frontend/") and path.endswith(".ts") and not is_test(path)
            and path.removesuffix(".ts") + ".test.ts" in tree.known]


def drawn(tree: Tree, language: str, arguments: argparse.Namespace, ignored: list[Ignored]) -> list[Mutant]:
    """Those of one file follow each other: fewer files are compiled anew."""
    found = [mutant for path in sources(tree, language) if path.startswith(tuple(arguments.under) or "")
             for mutant in mutants_of(path, tree.text(path)) if not any(one.is_of(mutant) for one in ignored)]
    print(f"{language}: {len(found)} mutants in all, seed {arguments.seed}", file=sys.stderr)
    return sorted(random.Random(arguments.seed).sample(found, min(arguments.count, len(found))))


class Cpp:
    """One build folder. A mutant costs the compilation of its file and the linking of the first program that notices it."""

    STAGES = 3  # the module's own tests, those of app, a short simulation
    BUILDING = ["cmake", "--build", str(BUILD), "--parallel", str(os.cpu_count() or 2), "--target"]

    def __init__(self, tree: Tree, mutants: list[Mutant]):
        self.modules = parse_modules(tree)
        self.times: dict[str, float] = {}
        mutated = sorted({self.module(mutant.path).name for mutant in mutants})
        (PLACE / "one_by_one.cmake").write_text(ONE_BY_ONE)
        self.must(["cmake", "--preset", "dev", "-DCMAKE_UNITY_BUILD=ON", "-DCALLDOCKER_BENCHMARKS=OFF", "-DCMAKE_CXX_FLAGS_DEBUG=-g1",
                   f"-DCMAKE_PROJECT_calldocker_INCLUDE={PLACE}/one_by_one.cmake",
                   "-DCALLDOCKER_MUTATED=" + ";".join(f"calldocker_{name}" for name in mutated)])

    def must(self, command: list[str]) -> None:
        if run(command, COPY, 3600).outcome != "passed":
            raise Broken(f"{' '.join(command[:3])} failed without a mutant; see {LOG}")

    def module(self, path: str) -> Module:
        found = owner(self.modules, path[4:])
        assert found is not None, path
        return found

    def stage(self, path: str, number: int) -> str | None:
        module = self.module(path)
        target = [f"{module.name}_test" if module.sections["TESTS"] else "app_test", "app_test", "simulation_test"][number]
        return None if number == 1 and target == self.stage(path, 0) else target

    def program(self, target: str) -> list[str]:
        folder = "tests/simulation" if target == "simulation_test" else f"src/{next(m.folder for m in self.modules if target == m.name + '_test')}"
        options = SIMULATION if target == "simulation_test" else ["--gtest_brief=1", "--gtest_fail_fast"]
        return [str(BUILD / folder / target), *options]

    def prepare(self, target: str) -> None:
        if target in self.times:
            return
        self.must([*self.BUILDING, target])
        ran = run(self.program(target), COPY, 600, CPP_BYTES_MAX)
        if ran.outcome != "passed":
            raise Broken(f"{target} {ran.outcome} without a mutant; see {LOG}")
        self.times[target] = ran.seconds

    def judge(self, target: str) -> str:
        if run([*self.BUILDING, target], COPY, BUILD_SECONDS).outcome != "passed":
            return "not_compiled"
        ran = run(self.program(target), COPY, TEST_SECONDS_LEAST + TEST_TIMES * self.times[target], CPP_BYTES_MAX)
        return {"passed": "survived", "failed": "killed", "timed_out": "timed_out"}[ran.outcome]


class TypeScript:
    """A mutant costs the start of Vitest: from the package's folder, one test file in one thread takes a quarter of the time
    that `vitest related` takes for all packages (2.1 s of CPU against 8.2; two cores, November 2026)."""

    STAGES = 2  # the test beside the file, all that import it

    def __init__(self, tree: Tree, mutants: list[Mutant]):
        self.times: dict[str, float] = {}
        self.bring_packages(tree)

    def bring_packages(self, tree: Tree) -> None:
        """The checkout's npm packages, but the copy's own: a link to the checkout would test that."""
        have, here = ROOT / "frontend/node_modules", COPY / "frontend/node_modules"
        if not have.is_dir():
            raise Broken("frontend/node_modules is not there: make setup")
        (here / "@calldocker").mkdir(parents=True, exist_ok=True)
        for entry in have.iterdir():
            if entry.name not in ("@calldocker", ".cache", ".vite", ".vite-temp") and not (here / entry.name).is_symlink():
                (here / entry.name).symlink_to(entry)
        for manifest in (path for path in tree.paths if re.fullmatch(r"frontend/(?:apps|packages)/[^/]+/package\.json", path)):
            link = here / "@calldocker" / Path(manifest).parent.name
            if not link.is_symlink():
                link.symlink_to(COPY / Path(manifest).parent)

    def stage(self, path: str, number: int) -> str | None:
        return path.removesuffix(".ts") + ".test.ts" if number == 0 else path

    def command(self, path: str) -> tuple[list[str], Path]:
        vitest = ["node", str(COPY / "frontend/node_modules/vitest/vitest.mjs")]
        options = ["--run", "--bail", "1", "--reporter", "dot"]
        if is_test(path):
            package = Path(*Path(path).parts[:3])
            alone = ["--no-isolate", "--pool=threads", "--poolOptions.threads.singleThread"]
            if (COPY / package / "vite.config.ts").exists():
                return [*vitest, *options, *alone, str(Path(path).relative_to(package))], COPY / package
            # Vitest would find the configuration of all packages, and none of them below this one.
            return [*vitest, *options, *alone, f"--project=@calldocker/{package.name}", path.removeprefix("frontend/")], COPY / "frontend"
        return [*vitest, "related", *options, path.removeprefix("frontend/")], COPY / "frontend"

    def prepare(self, path: str) -> None:
        if path in self.times:
            return
        ran = run(*self.command(path), 600)
        if ran.outcome != "passed":
            raise Broken(f"the tests of {path} {ran.outcome} without a mutant; see {LOG}")
        self.times[path] = ran.seconds

    def judge(self, path: str) -> str:
        ran = run(*self.command(path), TEST_SECONDS_LEAST + TEST_TIMES * self.times[path])
        if ran.outcome == "failed" and SYNTAX_ERROR.search(ran.output):
            return "not_compiled"
        return {"passed": "survived", "failed": "killed", "timed_out": "timed_out"}[ran.outcome]


def shown(verdict: Verdict) -> str:
    mutant = verdict.mutant
    head = f"{verdict.outcome:12} {mutant.path}:{mutant.line} ({mutant.kind}; {Path(verdict.by).name}, {verdict.seconds:.1f} s)"
    return head if verdict.outcome == "killed" else f"{head}\n    - {mutant.before}\n    + {mutant.after}"


def campaign(tree: Tree, language: str, mutants: list[Mutant]) -> list[Verdict]:
    """All mutants through the quickest tests, what survives through the next ones: those are built only where they are needed."""
    engine = Cpp(tree, mutants) if language == "cpp" else TypeScript(tree, mutants)
    verdicts: list[Verdict] = []
    seconds = dict.fromkeys(mutants, 0.0)
    waiting = mutants
    for number in range(engine.STAGES):
        left = []
        for mutant in waiting:
            stage = engine.stage(mutant.path, number)
            outcome = "survived"
            if stage is not None:
                engine.prepare(stage)
                begun = time.monotonic()
                outcome = judged(engine, tree, mutant, stage)
                seconds[mutant] += time.monotonic() - begun
            if outcome == "survived" and number + 1 < engine.STAGES:
                left.append(mutant)
                continue
            verdicts.append(Verdict(mutant, outcome, stage or "", seconds[mutant]))
            print(shown(verdicts[-1]), flush=True)
        waiting = left
    return verdicts


def judged(engine: Cpp | TypeScript, tree: Tree, mutant: Mutant, stage: str) -> str:
    source = tree.text(mutant.path)
    (COPY / mutant.path).write_text(mutant.applied(source))
    try:
        return engine.judge(stage)
    finally:
        (COPY / mutant.path).write_text(source)


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutates the code and sees whether the tests notice.")
    parser.add_argument("--language", choices=("cpp", "ts", "both"), default="both")
    parser.add_argument("--count", type=int, default=20, help="how many, of each language (default 20)")
    parser.add_argument("--seed", type=int, default=1, help="which ones (default 1)")
    parser.add_argument("--under", action="append", default=[], metavar="PATH", help="only in files whose path begins like this, or like another that is given")
    parser.add_argument("--list", action="store_true", help="print what would be drawn, and build nothing")
    parser.add_argument("--json", metavar="FILE", help="write the verdicts there, too")
    arguments = parser.parse_args()

    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            parser.error("another run is at work in build/mutants")
        return draw_and_judge(arguments)


def draw_and_judge(arguments: argparse.Namespace) -> int:
    copy_of_what_is_committed()
    tree = Tree(COPY)
    ignored = parse_ignored(tree.text(IGNORED)) if IGNORED in tree.known else []
    verdicts: list[Verdict] = []
    for one in ignored:
        if one.path not in tree.known or not any(one.is_of(mutant) for mutant in mutants_of(one.path, tree.text(one.path))):
            print(f"{IGNORED}: no such mutant any more: {one.path}: {one.before}", file=sys.stderr)
    try:
        for language in ("cpp", "ts") if arguments.language == "both" else (arguments.language,):
            mutants = drawn(tree, language, arguments, ignored)
            if arguments.list:
                print("\n".join(f"{mutant.path}:{mutant.line} ({mutant.kind})\n    - {mutant.before}\n    + {mutant.after}" for mutant in mutants))
            elif mutants:
                verdicts += campaign(tree, language, mutants)
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    if arguments.json:
        Path(arguments.json).write_text(json.dumps([asdict(verdict) for verdict in verdicts], indent=1) + "\n")
    counts = {outcome: sum(verdict.outcome == outcome for verdict in verdicts) for outcome in ("killed", "survived", "timed_out", "not_compiled")}
    if verdicts:
        average = sum(verdict.seconds for verdict in verdicts) / len(verdicts)
        print(", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in counts.items()) + f"; {average:.1f} s each")
    return 1 if counts["survived"] else 0


if __name__ == "__main__":
    sys.exit(main())
