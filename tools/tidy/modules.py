"""Modules and the arrows between them: what CMake's DEPENDS declare, what the layers allow, what the code includes."""
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from .tree import Problem, Tree, is_cpp

# Which layers a layer may include; docs/decisions/0001 has the reasons. Its own layer is in the set where modules of it
# may use each other. Tests follow the rules of their module.
LAYERS = {
    "base": set(),
    "domain": {"base", "domain"},
    "protocol": {"base", "protocol"},
    "ports": {"base", "domain"},
    "app": {"base", "domain", "ports", "app"},
    "adapters": {"base", "domain", "ports", "protocol"},
    "server": {"base", "domain", "protocol", "ports", "app", "server"},
    "main": {"base", "domain", "protocol", "ports", "app", "adapters", "server"},
}
# Single modules beyond the layer's row: the wire's values are encoded where they are defined.
ALSO = {"protocol": {"domain_messages"}}

# Engines and the only layers that may include them, by the start of the header's name.
ENGINES = {
    "boost/asio": {"server", "adapters", "main"},
    "boost/beast": {"server"},
    "soci": {"adapters"},
    "sqlite3": {"adapters"},
    "cjose": {"adapters"},
    "spdlog": {"adapters", "main"},
    "CLI/": {"main"},
    "prometheus/": {"server", "adapters", "main"},
}
# What domain and protocol are pure of.
IMPURE_HEADERS = {"thread", "mutex", "shared_mutex", "condition_variable", "future", "fstream", "filesystem", "iostream",
                  "sys/socket.h", "unistd.h", "fcntl.h", "ctime", "time.h"}
IMPURE_CALLS = re.compile(r"(_clock::now\(|\bgetenv\(|\brandom_device\b|\bstd::this_thread\b)")

SECTIONS = ("DEPENDS", "LIBRARIES", "HEADERS", "SOURCES", "PROGRAM", "TESTS", "BENCHMARKS", "FUZZERS", "ALONE")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


@dataclass(frozen=True)
class Module:
    name: str
    folder: str                      # below src/
    path: str                        # of the CMakeLists.txt that declares it
    line: int
    sections: dict[str, list[str]]

    @property
    def layer(self) -> str:
        return PurePosixPath(self.folder).parts[0]

    @property
    def depends(self) -> list[str]:
        return self.sections["DEPENDS"]

    def files(self) -> list[str]:
        return [name for section in SECTIONS[2:-1] for name in self.sections[section]]


def parse_modules(tree: Tree) -> list[Module]:
    modules = []
    for path in tree.paths:
        if not (path.startswith("src/") and path.endswith("CMakeLists.txt")):
            continue
        text = re.sub(r"#[^\n]*", "", tree.text(path))
        for call in re.finditer(r"\bcalldocker_module\s*\(([^)]*)\)", text):
            words = call.group(1).split()
            sections: dict[str, list[str]] = {section: [] for section in SECTIONS}
            current = None
            for word in words[1:]:
                if word in sections:
                    current = word
                elif current:
                    sections[current].append(word)
            folder = str(PurePosixPath(path).parent.relative_to("src"))
            modules.append(Module(words[0], folder, path, text.count("\n", 0, call.start()) + 1, sections))
    return modules


def owner(modules: list[Module], path: str) -> Module | None:
    """The module whose folder holds the file, the deepest one where folders nest. `path` is below src/."""
    holding = [module for module in modules if path.startswith(module.folder + "/")]
    return max(holding, key=lambda module: len(module.folder), default=None)


def may_depend(user: Module, used: Module) -> bool:
    return used.layer in LAYERS.get(user.layer, set()) or used.name in ALSO.get(user.layer, set())


def check_declarations(tree: Tree, modules: list[Module]) -> list[Problem]:
    problems = []
    by_name = {module.name: module for module in modules}
    for module in modules:
        def say(text: str, module: Module = module) -> None:
            problems.append(Problem(module.path, module.line, text))

        if module.layer not in LAYERS:
            say(f"src/{module.layer} is no layer")
        if module.name != module.folder.replace("/", "_"):
            say(f"the module of src/{module.folder} is named {module.folder.replace('/', '_')}, not {module.name}")
        for name in module.depends:
            used = by_name.get(name)
            if used is None:
                say(f"{module.name} depends on {name}, which is no module")
            elif not may_depend(module, used):
                say(f"{module.name} may not depend on {name}: {module.layer} stands below or beside {used.layer}")
        for name in module.files():
            if f"src/{module.folder}/{name}" not in tree.paths:
                say(f"{name} is listed and does not exist")
    return problems


def check_listed(tree: Tree, modules: list[Module]) -> list[Problem]:
    """A source that no module lists is compiled by nobody and tested by nobody."""
    problems = []
    for path in tree.paths:
        if not (path.startswith("src/") and is_cpp(path)):
            continue
        module = owner(modules, path[4:])
        if module is None:
            problems.append(Problem(path, 1, "is in no module's folder"))
        elif path[4 + len(module.folder) + 1:] not in module.files():
            problems.append(Problem(path, 1, f"is not listed in {module.path}"))
    return problems


def check_cycles(modules: list[Module]) -> list[Problem]:
    by_name = {module.name: module for module in modules}
    done: set[str] = set()
    problems = []

    def visit(name: str, trail: list[str]) -> None:
        if name in trail:
            module = by_name[name]
            problems.append(Problem(module.path, module.line, "cycle: " + " → ".join([*trail[trail.index(name):], name])))
            return
        if name in done or name not in by_name:
            return
        for used in by_name[name].depends:
            visit(used, [*trail, name])
        done.add(name)

    for module in modules:
        visit(module.name, [])
    return problems


def check_includes(tree: Tree, modules: list[Module]) -> list[Problem]:
    problems = []
    for path in tree.paths:
        module = owner(modules, path[4:]) if path.startswith("src/") and is_cpp(path) else None
        if module is None:
            continue
        for number, line in enumerate(tree.lines(path), 1):
            include = INCLUDE.match(line)
            if include:
                problems += [Problem(path, number, text) for text in judge_include(tree, modules, module, *include.groups())]
            if module.layer in ("domain", "protocol") and not path.endswith("_bench.cpp") and IMPURE_CALLS.search(line):
                problems.append(Problem(path, number, f"{module.layer} reads no clock, no environment and no random device"))
    return problems


def judge_include(tree: Tree, modules: list[Module], module: Module, bracket: str, name: str) -> list[str]:
    if bracket == '"':
        used = owner(modules, name)
        if f"src/{name}" not in tree.paths or used is None:
            return [f'"{name}" is no file below src/: includes name the path from there']
        if used.name != module.name and used.name not in module.depends:
            return [f"{module.name} does not declare that it depends on {used.name}"]
        return []
    texts = []
    if module.layer in ("domain", "protocol") and name in IMPURE_HEADERS:
        texts.append(f"<{name}> does not belong in {module.layer}: no clock, socket, file or thread")
    for engine, layers in ENGINES.items():
        if name.startswith(engine) and module.layer not in layers:
            texts.append(f"<{name}> belongs in {' or '.join(sorted(layers))}, not in {module.layer}")
    return texts


def check_modules(tree: Tree) -> list[Problem]:
    modules = parse_modules(tree)
    return [*check_declarations(tree, modules), *check_listed(tree, modules), *check_cycles(modules), *check_includes(tree, modules)]
