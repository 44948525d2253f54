"""Rules for C++ that neither the compiler nor clang-format holds."""
import re

from .tree import Problem, Tree, is_cpp

LITERAL_OR_COMMENT = re.compile(
    r'R"(?P<tag>[^()\\ ]{0,16})\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.S)
LAMBDA = re.compile(r"(?:^|[(,=&|!{;]|\breturn)\s*\[[^\[\]]*\]\s*(?:\(|\{|mutable\b|<)")
BRACED_TEMPORARY = re.compile(r"[\w>,(]\s*\{")


def code_only(text: str) -> str:
    """The text with comments and literals blanked out, every line where it was."""
    def blank(match: re.Match[str]) -> str:
        kept = re.sub(r"[^\n]", " ", match.group())
        return '""' + kept[2:] if match.group()[0] in "\"R" and len(kept) >= 2 and "\n" not in kept[:2] else kept
    return LITERAL_OR_COMMENT.sub(blank, text)


def awaiting_expression(code: str, at: int) -> str:
    """The full expression around a co_await: back to the statement's start, on to its end."""
    start = max(code.rfind(mark, 0, at) for mark in ";{}") + 1
    depth = 0
    for position in range(at, len(code)):
        character = code[position]
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        if depth < 0 or (character == ";" and depth == 0):
            return code[start:position]
    return code[start:]


def check_awaits(path: str, code: str) -> list[Problem]:
    problems = []
    for match in re.finditer(r"\bco_await\b", code):
        expression = awaiting_expression(code, match.start())
        awaited = expression[expression.index("co_await"):]
        line = code.count("\n", 0, match.start()) + 1
        for what, found in (("a lambda", LAMBDA.search(awaited)),
                            ("a braced temporary", BRACED_TEMPORARY.search(awaited)),
                            ("?:", re.search(r"\?(?!\?)", expression))):
            if found:
                problems.append(Problem(path, line, f"{what} in an expression with co_await: g++ 12 may destroy it twice; name it first"))
                break
    return problems


def check_file(path: str, text: str) -> list[Problem]:
    code = code_only(text)
    problems = check_awaits(path, code)
    for number, line in enumerate(code.splitlines(), 1):
        if re.search(r"\busing namespace\b(?!.*literals\s*;)", line) and (path.endswith(".hpp") or re.search(r"namespace std\s*;", line)):
            problems.append(Problem(path, number, "a using directive here leaks names into everyone who includes it"))
        if re.search(r"^\s*namespace std\b", line):
            problems.append(Problem(path, number, "namespace std is not ours; specialise as `struct std::hash<...>`"))
        if re.search(r"\bgetenv\(", line) and not path.startswith("src/main/"):
            problems.append(Problem(path, number, "settings come from src/main, not from the environment"))
    if path.endswith(".hpp") and "#pragma once" not in code:
        problems.append(Problem(path, 1, "a header begins with #pragma once"))
    return problems


def check_cpp(tree: Tree) -> list[Problem]:
    return [problem for path in tree.paths if is_cpp(path) for problem in check_file(path, tree.text(path))]
