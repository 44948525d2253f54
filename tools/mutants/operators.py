"""Finds the small changes that a test should notice, and applies one. Text in, text out: nothing is built here.

Works on lines as clang-format and Biome leave them: spaces around binary operators, none around the brackets of templates.
"""
import re
from dataclasses import dataclass

LITERAL_OR_COMMENT = re.compile(r"""//[^\n]*|/\*.*?\*/|R"\(.*?\)"|`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])*'""", re.S)

SWAPS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "===": "!==", "!==": "===", "&&": "||", "||": "&&",
         "+": "-", "-": "+", "+=": "-=", "-=": "+="}
OPERATOR = re.compile(r"(?<=\s)(?:[<>]=?|[=!]==?|&&|\|\||[+-]=?)(?=\s)")
NEGATION = re.compile(r"(?<![\w)\]!=<>])!(?=[A-Za-z_(])")
CONDITION = re.compile(r"\b(?:if|while) \(")
NUMBER = re.compile(r"(?<![\w.'])\d(?:['_]?\d)*(?=(?:ms|s|min|h|u|U)?(?![\w.']))")
TRUTH = re.compile(r"\b(?:true|false)\b")
# A whole statement on its line: a call, an assignment, or a way out. A declaration has a space before its name.
STATEMENT = re.compile(r"^[ ]+(?:(?:void |await )?[A-Za-z_][\w.:\[\]()*>-]*(?:\(.*\)|\s[+-]?=\s[^=].*)|\+\+[\w.]+|continue|return|break);$", re.M)
# Lines that hold no behaviour of their own: the preprocessor's, types, what is compared at compile time.
NO_CODE = re.compile(r"^\s*(?:#|static_assert|template|import\b|export (?:type|interface|\{|\*)|type\b|interface\b|readonly\b|\||using\b|namespace\b)")


@dataclass(frozen=True, order=True)
class Mutant:
    path: str
    start: int   # of what is replaced, in the file's text
    end: int
    text: str    # what comes in its place
    kind: str    # operator, negation, condition, constant, statement
    line: int
    before: str  # the line as it is, without its indentation
    after: str

    def applied(self, source: str) -> str:
        return source[:self.start] + self.text + source[self.end:]


def blanked(source: str) -> str:
    """Comments and literals as spaces, a literal's quotes kept; everything else where it was."""
    def blank(match: re.Match[str]) -> str:
        token = match.group()
        inside = re.sub(r"[^\n]", " ", token)
        return inside if token.startswith("/") else token[0] + inside[1:-1] + token[-1]
    return LITERAL_OR_COMMENT.sub(blank, source)


def closing(code: str, opened: int) -> int | None:
    depth = 0
    for position in range(opened, len(code)):
        if code[position] in "([{":
            depth += 1
        elif code[position] in ")]}":
            depth -= 1
            if depth == 0:
                return position
    return None


def condition_within(code: str, opened: int) -> tuple[int, int] | None:
    """What an if or a while asks, between its parentheses: behind a declaration's `;`; none where it declares what it asks."""
    end = closing(code, opened)
    if end is None:
        return None
    start = max(opened + 1, code.rfind(";", opened, end) + 1)
    if re.search(r"[^=!<>]=[^=>]", code[start:end]):
        return None
    while code[start] == " ":
        start += 1
    return start, end


def changes(code: str) -> list[tuple[int, int, str, str]]:
    """Start, end, replacement and kind of each change."""
    found = []
    for match in OPERATOR.finditer(code):
        beside = code[:match.start()].rstrip()[-1:] + code[match.end():].lstrip()[:1]
        is_text = match.group() in "+-" and any(quote in beside for quote in "\"'`")
        if not is_text:
            found.append((match.start(), match.end(), SWAPS[match.group()], "operator"))
    found += [(match.start(), match.end(), "", "negation") for match in NEGATION.finditer(code)]
    for match in CONDITION.finditer(code):
        within = condition_within(code, match.end() - 1)
        if within:
            found.append((*within, f"!({code[within[0]:within[1]]})", "condition"))
    for match in NUMBER.finditer(code):
        found.append((match.start(), match.end(), str(int(re.sub(r"['_]", "", match.group())) + 1), "constant"))
    found += [(match.start(), match.end(), "false" if match.group() == "true" else "true", "constant") for match in TRUTH.finditer(code)]
    for match in STATEMENT.finditer(code):
        start = match.end() - len(match.group().lstrip())
        found.append((start, match.end(), ";", "statement"))
    return found


def mutants_of(path: str, source: str) -> list[Mutant]:
    code = blanked(source)
    mutants = []
    for start, end, text, kind in changes(code):
        line_start = source.rfind("\n", 0, start) + 1
        line_end = source.find("\n", end)
        line_end = len(source) if line_end < 0 else line_end
        if NO_CODE.match(code[line_start:line_end]):
            continue
        if kind == "condition":
            text = f"!({source[start:end]})"  # with its literals
        before = " ".join(source[line_start:line_end].split())
        after = " ".join((source[line_start:start] + text + source[end:line_end]).split())
        mutants.append(Mutant(path, start, end, text, kind, source.count("\n", 0, start) + 1, before, after))
    return sorted(mutants)


@dataclass(frozen=True)
class Ignored:
    path: str
    before: str
    after: str
    reason: str

    def is_of(self, mutant: Mutant) -> bool:
        return (self.path, self.before, self.after) == (mutant.path, mutant.before, mutant.after)


def parse_ignored(text: str) -> list[Ignored]:
    """Blocks of a path, `- ` and the line as it is, `+ ` and as it would be, and why that changes nothing."""
    ignored = []
    kept = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for block in re.split(r"\n\s*\n", kept.strip()):
        lines = block.splitlines()
        if not lines:
            continue
        if len(lines) < 4 or not lines[1].startswith("- ") or not lines[2].startswith("+ "):
            raise ValueError(f"not a path, `- ` before, `+ ` after and a reason:\n{block}")
        ignored.append(Ignored(lines[0].strip(), lines[1][2:].strip(), lines[2][2:].strip(), " ".join(line.strip() for line in lines[3:])))
    return ignored
