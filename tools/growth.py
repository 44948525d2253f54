#!/usr/bin/env python3
"""How costs grow: tables of what is measured at 1x, 4x and 16x, and the plots of docs/performance.md.

  tools/growth.py RESULTS...                prints a table of Google Benchmark's and the load generator's JSON files
  tools/growth.py --plots FOLDER RESULTS... draws it, too: one SVG for each row, FOLDER/growth-NAME.svg

Of repeated measurements the median counts. The last column says how much more is paid for the sixteenfold.
"""
import argparse
import json
import re
import statistics
import sys
from dataclasses import dataclass, field
from pathlib import Path

MICROSECONDS = {"ns": 0.001, "us": 1.0, "ms": 1000.0, "s": 1e6}
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 520, 240, 64, 40, 40, 24


@dataclass
class Growth:
    """One cost by size; in microseconds."""
    name: str
    by: str
    costs: dict[int, list[float]] = field(default_factory=dict)

    def points(self) -> list[tuple[int, float]]:
        return [(size, statistics.median(costs)) for size, costs in sorted(self.costs.items())]

    def ratio(self) -> float:
        points = self.points()
        return points[-1][1] / points[0][1] if points[0][1] > 0 else float("nan")

    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")


def add(found: dict[str, Growth], name: str, by: str, size: int, cost: float) -> None:
    found.setdefault(name, Growth(name, by)).costs.setdefault(size, []).append(cost)


def read_benchmarks(document: dict, found: dict[str, Growth]) -> None:
    for run in document["benchmarks"]:
        # growth/WHAT, by WHICH/SIZE[/manual_time]
        parts = run["name"].split("/")
        if parts[0] != "growth" or run.get("run_type") == "aggregate" or run.get("error_occurred"):
            continue
        name, _, by = parts[1].partition(", by ")
        measured = run["real_time"] if "manual_time" in parts else run["cpu_time"]
        add(found, name, by or "the same", int(parts[2]), measured * MICROSECONDS[run["time_unit"]])


def read_load(outcomes: list, found: dict[str, Growth]) -> None:
    for outcome in outcomes:
        beside = re.fullmatch(r"(connect|calls) beside (\d+)", outcome["scenario"])
        if beside and outcome["count"] > 0:
            what = {"connect": "the server opens a connection", "calls": "the server carries a call, on disk"}[beside[1]]
            add(found, what, "visitors who are there", int(beside[2]), outcome["serverCpuSeconds"] / outcome["count"] * 1e6)


def read(files: list[Path]) -> list[Growth]:
    found: dict[str, Growth] = {}
    for file in files:
        document = json.loads(file.read_text())
        if isinstance(document, list):
            read_load(document, found)
        else:
            read_benchmarks(document, found)
    return list(found.values())


def in_words(microseconds: float) -> str:
    if microseconds >= 1000:
        return f"{microseconds / 1000:.3g} ms"
    return f"{microseconds:.3g} µs"


def table(rows: list[Growth]) -> str:
    lines = ["| what | by | 1× | 4× | 16× | 16× : 1× |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = [f"{in_words(cost)} ({size:,})" for size, cost in row.points()]
        lines.append(f"| {row.name} | {row.by} | {' | '.join(cells)} | {row.ratio():.2f} |")
    return "\n".join(lines)


def plot(row: Growth) -> str:
    """Cost over size, both from zero. Readable on light and dark pages: it takes its colours from the page's scheme."""
    points = row.points()
    size_max, cost_max = points[-1][0], max(cost for _, cost in points) * 1.15

    def x(size: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * size / size_max

    def y(cost: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * cost / cost_max

    def text(at_x: float, at_y: float, words: str, anchor: str = "middle") -> str:
        return f'<text x="{at_x:.1f}" y="{at_y:.1f}" text-anchor="{anchor}">{words}</text>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
        f'aria-label="{row.name}, by {row.by}: {row.ratio():.2f} times as much for the sixteenfold">',
        "<style>text{font:12px system-ui,sans-serif;fill:#24292f}.axis{stroke:#57606a}.line{stroke:#0969da;fill:none;stroke-width:2}"
        ".dot{fill:#0969da}@media (prefers-color-scheme:dark){text{fill:#e6edf3}.axis{stroke:#8b949e}.line{stroke:#58a6ff}"
        ".dot{fill:#58a6ff}}</style>",
        text(LEFT, 18, f"{row.name}: {row.ratio():.2f} × for 16 ×", "start"),
        f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>',
        f'<path class="line" d="M{" L".join(f"{x(size):.1f} {y(cost):.1f}" for size, cost in points)}"/>',
    ]
    for index, (size, cost) in enumerate(points):
        last = index == len(points) - 1
        parts.append(f'<circle class="dot" cx="{x(size):.1f}" cy="{y(cost):.1f}" r="3.5"/>')
        parts.append(text(x(size), y(cost) - 9, in_words(cost), "end" if last else "middle"))
        parts.append(text(x(size), HEIGHT - BOTTOM + 16, f"{size:,}", "end" if last else "middle"))
    parts += [text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, row.by), text(LEFT - 8, HEIGHT - BOTTOM, "0", "end"), "</svg>", ""]
    return "\n".join(parts)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plots", type=Path, metavar="FOLDER")
    parser.add_argument("results", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    rows = read(given.results)
    print(table(rows))
    if given.plots:
        for row in rows:
            (given.plots / f"growth-{row.slug()}.svg").write_text(plot(row))


if __name__ == "__main__":
    main(sys.argv[1:])
