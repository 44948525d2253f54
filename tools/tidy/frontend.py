"""The arrows between the parts of the front end: what the table in docs/architecture.md allows, and what the code imports.

A *part* is a row of the table: a package (`client`), a folder below its `src` (`client/call`), or a file there
(`client/index.ts`). A file belongs to the part with the longest name that fits; `*` stands for any one package or name.
Types count as much as values: a reader follows both.
"""
import posixpath
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from .tree import Problem, Tree, is_test

TABLE = "docs/architecture.md"
HEADING = "| part | may import |"
TESTS = "tests"  # the row of what every test may import beside what its part may
SCOPE = "@calldocker/"
SUFFIXES = (".ts", ".tsx", ".mts", ".mjs", ".js")
TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)
# In code whose literals have become «n»: what a module is imported by, and what has been imported.
IMPORT = re.compile(r"\b(?:import|export)\s+(?:type\s+)?(?:[\w$*{}\s,]+?\bfrom\s*)?«(?P<static>\d+)»"
                    r"|(?<!\.)\bimport\s*\(\s*(?:«(?P<dynamic>\d+)»|(?P<computed>[^\s«)]))")


@dataclass(frozen=True)
class Import:
    line: int
    name: str | None  # as it is written, without what follows a `?`; None: it is computed


def imports_of(text: str) -> list[Import]:
    literals: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        token = match.group()
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        if token.startswith("`") and "${" in token:
            return "computed" + "\n" * token.count("\n")
        literals.append(token[1:-1])
        return f"«{len(literals) - 1}»" + "\n" * token.count("\n")

    code = TOKEN.sub(replaced, text)
    found = []
    for match in IMPORT.finditer(code):
        index = match["static"] or match["dynamic"]
        name = literals[int(index)].split("?")[0] if index else None
        found.append(Import(code.count("\n", 0, match.end()) + 1, name))
    return found


@dataclass(frozen=True)
class Row:
    line: int
    name: str
    may: tuple[str, ...]

    def holds(self, place: str) -> bool:
        depth = self.name.count("/") + 1
        return fnmatchcase("/".join(place.split("/")[:depth]), self.name)


def parse_table(tree: Tree) -> list[Row]:
    rows: list[Row] = []
    lines = tree.lines(TABLE) if TABLE in tree.paths else []
    if HEADING not in lines:
        return rows
    for number, line in enumerate(lines[lines.index(HEADING) + 2:], lines.index(HEADING) + 3):
        if not line.startswith("|"):
            break
        names, may = (re.findall(r"`([^`]+)`", cell) for cell in line.strip("|").split("|")[:2])
        rows += [Row(number, name, tuple(may)) for name in names]
    return rows


def place_of(path: str) -> str:
    """Where a file is, as the table has it: its package and its path in it, without `src`. Outside frontend/: the first folder."""
    parts = path.split("/")
    if parts[0] != "frontend":
        return parts[0]
    if len(parts) > 3 and parts[1] in ("apps", "packages"):
        parts = parts[2:]
        return "/".join([parts[0], *parts[2:]] if parts[1] == "src" else parts)
    return "/".join(parts[1:])


def package_of(path: str) -> str | None:
    parts = path.split("/")
    return parts[2] if len(parts) > 3 and parts[0] == "frontend" and parts[1] in ("apps", "packages") else None


def row_of(rows: list[Row], path: str) -> Row | None:
    """The longest name that fits; of two as long, the one that names rather than leaves open."""
    return max((row for row in rows if row.holds(place_of(path))), key=lambda row: (row.name.count("/"), "*" not in row.name), default=None)


def resolve(tree: Tree, path: str, name: str) -> str | None:
    """The file that a relative import means; None where there is none."""
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
    return next((candidate for candidate in (base, base + ".ts", base + ".tsx", base + "/index.ts") if candidate in tree.known), None)


def sources(tree: Tree) -> list[str]:
    return [path for path in tree.paths if path.startswith("frontend/") and path.endswith(SUFFIXES)]


def judge(tree: Tree, rows: list[Row], path: str, one: Import) -> str | None:
    row = row_of(rows, path)
    if row is None:
        return f"belongs to no part of the table in {TABLE}"
    if one.name is None:
        return "imports something computed: nobody can say which part that is"
    if one.name.startswith(SCOPE):
        used = one.name[len(SCOPE):].split("/")[0]
        if used == package_of(path):
            return f"{SCOPE}{used} is its own package: import the file"
    elif one.name.startswith("."):
        target = resolve(tree, path, one.name)
        if target is None:
            return f"{one.name} is no file"
        package = package_of(target)
        if package is not None and package != package_of(path):
            return f"reaches into another package: import {SCOPE}{package}"
        of_target = row_of(rows, target)
        used = of_target.name if of_target else place_of(target)
    else:
        return None
    allowed = {row.name, *row.may, *(name for other in rows if other.name == TESTS and is_test(path) for name in other.may)}
    return None if used in allowed else f"{row.name} may not import {used} ({TABLE})"


def check_table(tree: Tree, rows: list[Row]) -> list[Problem]:
    """Rows that speak of nothing, and arrows in a circle."""
    names = {row.name for row in rows}
    problems = []
    for row in rows:
        if row.name != TESTS and not any(row.holds(place_of(path)) for path in tree.paths if path.startswith("frontend/")):
            problems.append(Problem(TABLE, row.line, f"{row.name} is no part of the front end"))
        for used in row.may:
            if used not in names and not any(place_of(path) == used for path in tree.paths):
                problems.append(Problem(TABLE, row.line, f"{row.name} may import {used}, which is no part of the front end"))
    arrows = {row.name: row.may for row in rows}
    return problems + [Problem(TABLE, next(row.line for row in rows if row.name == ring[0]), "cycle: " + " → ".join([*ring, ring[0]]))
                       for ring in rings(arrows)]


def rings(arrows: dict[str, tuple[str, ...]]) -> list[list[str]]:
    """One cycle for each knot of names that reach each other, from its first name on."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    knots: list[set[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for used in arrows.get(name, ()):
            if used not in index:
                visit(used)
                low[name] = min(low[name], low[used])
            elif used in stack:
                low[name] = min(low[name], index[used])
        if low[name] == index[name]:
            at = stack.index(name)
            knot = set(stack[at:])
            del stack[at:]
            if len(knot) > 1 or name in arrows.get(name, ()):
                knots.append(knot)

    for name in sorted(arrows):
        if name not in index:
            visit(name)
    return [shortest_ring(arrows, knot) for knot in knots]


def shortest_ring(arrows: dict[str, tuple[str, ...]], knot: set[str]) -> list[str]:
    first = min(knot)
    trails = [[first]]
    for trail in trails:
        for used in sorted(set(arrows.get(trail[-1], ())) & knot):
            if used == first:
                return trail
            if all(used not in other for other in trails):
                trails.append([*trail, used])
    return [first]


def check_frontend(tree: Tree) -> list[Problem]:
    files = sources(tree)
    if not files:
        return []
    rows = parse_table(tree)
    if not rows:
        return [Problem(TABLE, 1, f"has no table of the front end's parts, which begins with {HEADING}")]
    problems = check_table(tree, rows)
    arrows: dict[str, tuple[str, ...]] = {}
    for path in files:
        found = imports_of(tree.text(path))
        problems += [Problem(path, one.line, text) for one in found if (text := judge(tree, rows, path, one))]
        targets = (resolve(tree, path, one.name) for one in found if one.name and one.name.startswith("."))
        arrows[path] = tuple(dict.fromkeys(target for target in targets if target in files))
    for ring in rings(arrows):
        line = next(one.line for one in imports_of(tree.text(ring[0]))
                    if one.name and one.name.startswith(".") and resolve(tree, ring[0], one.name) == [*ring, ring[0]][1])
        trail = " → ".join(posixpath.relpath(path, posixpath.dirname(ring[0])) for path in [*ring, ring[0]])
        problems.append(Problem(ring[0], line, f"cycle: {trail}; move what both need into a file below them"))
    return problems
