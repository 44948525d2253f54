#!/usr/bin/env python3
"""Runs the tests and checks one after the other, goes on after a failure, and sums up.

  tools/run_tests.py                 every step that needs no long time (what `make test` runs)
  tools/run_tests.py --with-slow     the C++ tests under sanitizers instead, and a short fuzz of every parser (what CI runs)
  tools/run_tests.py STEP...         these steps
  tools/run_tests.py --list          their names

Each step's output is in build/logs/STEP.log; a failing one shows its end. The last line is `N passed, M failed`.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / "build" / "logs"
SECONDS_PER_FUZZER = 10
TAIL_LINES = 60
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed)


@dataclass(frozen=True)
class Step:
    name: str
    what: str
    run: Callable[["Step"], Count]
    when: str = "always"  # or "slow": with --with-slow; or "quick": without, in its place


def log_path(step: Step) -> Path:
    return LOGS / f"{step.name}.log"


def execute(step: Step, command: list[str], append: bool = False, **environment: str) -> int:
    """Runs the command into the step's log and returns its exit code."""
    with open(log_path(step), "ab" if append else "wb") as log:
        log.write(("$ " + " ".join(command) + "\n").encode())
        log.flush()
        try:
            code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                  env={**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "0", **environment}).returncode
        except FileNotFoundError as error:
            log.write(f"{error}\n".encode())
            code = 127
        if code != 0:
            print(f"-- exit code {code}: {' '.join(command)}", flush=True)
        return code


def settled(count: Count, code: int) -> Count:
    """A step that failed without a failed test of its own (a crash, a build error, nothing run) is one failure."""
    if code != 0 and count.failed == 0:
        return count + Count(0, 1)
    if code == 0 and count == Count():
        return Count(0, 1)
    return count


def counted(text: str) -> Count:
    """What the runners' own closing lines say, added up over all that are in the text."""
    total = Count()
    text = ANSI.sub("", text)
    for failed, passed in re.findall(r"^ *Tests +(?:(\d+) failed \| )?(\d+) passed", text, re.M):  # Vitest
        total += Count(int(passed), int(failed or 0))
    for word, number in re.findall(r"^(?:#|ℹ) (pass|fail|cancelled) (\d+)$", text, re.M):  # node:test
        total += Count(int(number), 0) if word == "pass" else Count(0, int(number))
    for number, word in re.findall(r"^ {2}(\d+) (passed|failed|interrupted|did not run)\b", text, re.M):  # Playwright
        total += Count(int(number), 0) if word == "passed" else Count(0, int(number))
    for ran, verdict in re.findall(r"^Ran (\d+) tests? in [\d.]+s\n\n(OK|FAILED.*)$", text, re.M):  # unittest
        bad = sum(int(n) for n in re.findall(r"=(\d+)", verdict)) if verdict != "OK" else 0
        total += Count(int(ran) - bad, bad)
    return total


def suite(*command: str) -> Callable[[Step], Count]:
    def run(step: Step) -> Count:
        code = execute(step, list(command))
        return settled(counted(log_path(step).read_text(errors="replace")), code)
    return run


def check(*commands: list[str]) -> Callable[[Step], Count]:
    """Commands without tests of their own: each is one check."""
    def run(step: Step) -> Count:
        total = Count()
        for index, command in enumerate(commands):
            code = execute(step, command, append=index > 0)
            total += Count(1, 0) if code == 0 else Count(0, 1)
        return total
    return run


def gtest_count(folder: Path) -> Count:
    total = Count()
    for report in folder.glob("*.json"):
        result = json.loads(report.read_text())
        failed = result["failures"] + result.get("errors", 0)
        total += Count(result["tests"] - failed, failed)
    return total


def unit(preset: str) -> Callable[[Step], Count]:
    def run(step: Step) -> Count:
        reports = ROOT / "build" / preset / "test-reports"
        reports.mkdir(parents=True, exist_ok=True)
        for old in reports.glob("*.json"):
            old.unlink()
        code = execute(step, ["cmake", "--preset", preset])
        if code == 0:
            code = execute(step, ["cmake", "--build", "--preset", preset], append=True)
        if code != 0:
            return Count(0, 1)
        code = execute(step, ["ctest", "--preset", preset, "--no-tests=error"], append=True, GTEST_OUTPUT=f"json:{reports}/")
        return settled(gtest_count(reports), code)
    return run


def fuzz(step: Step) -> Count:
    code = execute(step, ["cmake", "--preset", "fuzz"])
    if code == 0:
        code = execute(step, ["cmake", "--build", "--preset", "fuzz"], append=True)
    if code != 0:
        return Count(0, 1)
    total = Count()
    for source in sorted((ROOT / "src").rglob("*_fuzz.cpp")):
        program = next((path for path in (ROOT / "build/fuzz").rglob(source.stem) if path.is_file()), None)
        if program is None:
            with open(log_path(step), "a") as log:
                log.write(f"{source.stem} was not built: is it in its module's FUZZERS?\n")
            total += Count(0, 1)
            continue
        corpus = ROOT / "build/fuzz/corpus" / source.stem
        corpus.mkdir(parents=True, exist_ok=True)
        seeds = source.parent / "corpus" / source.stem
        folders = [str(corpus)] + ([str(seeds)] if seeds.is_dir() else [])
        command = [str(program), f"-max_total_time={SECONDS_PER_FUZZER}", "-timeout=5", "-rss_limit_mb=2048", "-print_final_stats=1",
                   f"-artifact_prefix={LOGS}/{source.stem}-", *folders]
        total += Count(1, 0) if execute(step, command, append=True) == 0 else Count(0, 1)
    return settled(total, 0)


def npm(folder: str, *script: str) -> list[str]:
    return ["npm", "--prefix", folder, *script]


def scripts() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in [*ROOT.glob("*.sh"), *ROOT.glob("tools/*.sh"), ROOT / ".ci/run"])


STEPS = [
    Step("tidy", "structure, forbidden words, formatting, scripts",
         check(["tools/tidy/tidy.py"], ["shellcheck", *scripts()])),
    Step("tools", "the tests of the tools", suite("python3", "-m", "unittest", "discover", "-s", "tools", "-t", ".", "-p", "*_test.py")),
    Step("build", "the server and the pages as they are shipped", check(["tools/build.sh"])),
    # The same tests, of the libraries that `build` has built. CI has them under sanitizers instead.
    Step("unit", "C++ tests, of what is shipped", unit("unit"), when="quick"),
    Step("asan", "C++ tests under AddressSanitizer and UBSan", unit("asan"), when="slow"),
    Step("tsan", "C++ tests under ThreadSanitizer", unit("tsan"), when="slow"),
    Step("fuzz", f"every parser for {SECONDS_PER_FUZZER} s", fuzz, when="slow"),
    Step("frontend-check", "types, lint, unused code",
         check(npm("frontend", "run", "typecheck"), npm("frontend", "run", "lint"), npm("frontend", "run", "knip"),
               npm("tests", "run", "typecheck"))),
    Step("frontend", "TypeScript tests", suite(*npm("frontend", "test"))),
    Step("integration", "the protocol against the real server", suite(*npm("tests", "run", "integration"))),
    Step("browser", "people talking in real browsers", suite(*npm("tests", "run", "browser"))),
    Step("long", "the same, where somebody has to be gone for half a minute and more", suite(*npm("tests", "run", "long")), when="slow"),
]


def tail(path: Path) -> str:
    return "\n".join(path.read_text(errors="replace").splitlines()[-TAIL_LINES:])


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs CallDocker's tests and checks.")
    parser.add_argument("steps", nargs="*", metavar="STEP", help="only these steps")
    parser.add_argument("--with-slow", action="store_true", help="the C++ tests under sanitizers, the fuzzers, and what takes long")
    parser.add_argument("--list", action="store_true", help="the names of the steps")
    arguments = parser.parse_args()
    if arguments.list:
        for step in STEPS:
            print(f"{step.name:16}{step.what}{'' if step.when == 'always' else f' ({step.when})'}")
        return 0
    unknown = set(arguments.steps) - {step.name for step in STEPS}
    if unknown:
        parser.error(f"no such step: {', '.join(sorted(unknown))} (see --list)")

    wanted = {"always", "slow" if arguments.with_slow else "quick"}
    chosen = [step for step in STEPS if (step.name in arguments.steps if arguments.steps else step.when in wanted)]
    LOGS.mkdir(parents=True, exist_ok=True)
    results: list[tuple[Step, Count, float]] = []
    for step in chosen:
        print(f"== {step.name}: {step.what}", flush=True)
        started = time.monotonic()
        count = step.run(step)
        results.append((step, count, time.monotonic() - started))
        if count.failed:
            print(tail(log_path(step)))
            print(f"-- {step.name} failed; all of it is in {log_path(step).relative_to(ROOT)}", flush=True)

    print("\nstep              passed  failed  seconds")
    for step, count, seconds in results:
        print(f"{step.name:16}{count.passed:8}{count.failed:8}{seconds:9.0f}")
    left_out = [step.name for step in STEPS if step not in chosen]
    if left_out:
        print(f"not run: {', '.join(left_out)}")
    total = sum((count for _, count, _ in results), Count())
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
