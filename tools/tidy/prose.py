"""Words that make a sentence hard to read, and what to write instead. Reads documents, comments and the English texts of the screens."""
import io
import json
import re
import tokenize
from dataclasses import dataclass
from itertools import chain
from typing import Iterator

from .tree import Problem, Tree


@dataclass(frozen=True)
class Phrase:
    pattern: str
    instead: str


# Each of these was found in text that had to be read twice. A phrase is added once the text is free of it.
PHRASES = [
    Phrase(r"as by default", "the default applies"),
    Phrase(r"but for", "except for"),
    Phrase(r"no more", "at most, only, or not any more"),
    Phrase(r"so long(?! as)", "say how long, or: for this time"),
    Phrase(r"stands?(?!-)", "say what it does: is, waits, means, comes"),
    Phrase(r"(?:am|is|are|was|were|be|been|being) told", "say who tells, sends or shows it"),
    Phrase(r"whom", "begin with the person who acts"),
    Phrase(r"turns? of (?:a|an|its|one|the) (?:event )?loops?", "round of the loop: a turn is a queue's"),
]
# A clause as a subject hides who acts. A label ("Who asks") and a question may begin like that, a further sentence may not.
CLAUSE_AS_SUBJECT = re.compile(r"(?<=[.:;!?)*] )(Who|Whoever|Whose|What|Whatever)\b (?![^.;!?]*\?)")

# Files and folders that nobody has gone through yet.
NOT_YET = ("docs/decisions/0012-the-loop.md", "frontend/", "src/adapters/sql/", "src/protocol/json/", "src/server/net/", "tests/simulation/")

WORDS = [(re.compile(rf"\b{phrase.pattern}\b", re.I), phrase.instead) for phrase in PHRASES]
PAGES = re.compile(r"(?:README|CONTRIBUTING|SECURITY|CHANGELOG|tests/README|docs/.+)\.md")
LINE_COMMENT = re.compile(r"(?:^|(?<=\s))//[/!]?<?(?: |$)")
TITLE = re.compile(r"""^\s*(?:test|it|describe)(?:\.\w+)*\((['"`])((?:(?!\1)[^\\]|\\.)*)\1""")
TITLE_WITHOUT_SUBJECT = re.compile(r"(?:who|whoever|what|whatever) ")
BLOCK_COMMENT = re.compile(r"/\*+(.*?)\*/", re.S)


@dataclass
class Passage:
    """Text that is read in one go: a paragraph, a cell of a table, a comment. Each part is a line's."""
    parts: list[tuple[int, str]]

    def text(self) -> str:
        return " ".join(part for _, part in self.parts)

    def line_of(self, offset: int) -> int:
        for line, part in self.parts:
            if offset <= len(part):
                return line
            offset -= len(part) + 1
        return self.parts[-1][0]


def passages_of_page(lines: list[str]) -> Iterator[Passage]:
    parts: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        is_row = text.startswith("|")
        if parts and (not text or is_row or re.match(r"[-*#>]|\d+\.", text)):
            yield Passage(parts)
            parts = []
        if is_row:
            yield from (Passage([(number, cell.strip())]) for cell in re.split(r"(?<!\\)\|", text) if cell.strip())
        elif text:
            parts.append((number, text))
    if parts:
        yield Passage(parts)


def passages_of_code(text: str) -> Iterator[Passage]:
    """Comments of C++ and TypeScript. Line comments that begin in the same column of successive lines are one."""
    parts: list[tuple[int, str]] = []
    column = -1
    for number, line in enumerate(text.splitlines(), 1):
        comment = LINE_COMMENT.search(line)
        if parts and (comment is None or comment.start() != column):
            yield Passage(parts)
            parts = []
        if comment is not None:
            column = comment.start()
            parts.append((number, line[comment.end():].strip()))
    if parts:
        yield Passage(parts)
    for block in BLOCK_COMMENT.finditer(text):
        first = text.count("\n", 0, block.start()) + 1
        yield Passage([(first + index, line.strip(" *")) for index, line in enumerate(block.group(1).split("\n"))])


def titles_of_tests(path: str, lines: list[str]) -> Iterator[Passage]:
    """The names of tests in TypeScript, which are sentences about behaviour."""
    if not path.endswith((".spec.ts", ".test.ts", ".test.tsx")):
        return
    for number, line in enumerate(lines, 1):
        if title := TITLE.match(line):
            yield Passage([(number, title.group(2))])


def passages_of_python(text: str) -> Iterator[Passage]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        is_comment = token.type == tokenize.COMMENT
        if is_comment or (token.type == tokenize.STRING and token.string.startswith('"""')):
            lines = token.string.strip('"# ').split("\n")
            yield Passage([(token.start[0] + index, line.strip()) for index, line in enumerate(lines)])


def passages_of_texts(text: str) -> Iterator[Passage]:
    """A catalogue of the screens' texts has each on a line of its own."""
    for number, line in enumerate(text.splitlines(), 1):
        if value := re.search(r':\s*("(?:[^"\\]|\\.)*"),?$', line):
            yield Passage([(number, json.loads(value.group(1)))])


def passages(tree: Tree, path: str) -> Iterator[Passage]:
    if path.startswith(NOT_YET) or "generated" in path:
        return iter(())
    if PAGES.fullmatch(path):
        return passages_of_page(tree.lines(path))
    if path.startswith("frontend/") and path.endswith(".en.json"):
        return passages_of_texts(tree.text(path))
    if path.startswith(("src/", "frontend/", "tests/", "tools/")) and path.endswith((".hpp", ".cpp", ".ts", ".tsx")):
        return chain(passages_of_code(tree.text(path)), titles_of_tests(path, tree.lines(path)))
    if path.startswith("tools/") and path.endswith(".py") and not path.startswith("tools/tidy/"):
        return passages_of_python(tree.text(path))
    return iter(())


def check_prose(tree: Tree) -> list[Problem]:
    problems = []
    for path in tree.text_paths():
        if not path.startswith(NOT_YET):
            problems += [Problem(path, title.parts[0][0], f'"{title.text()[:20]}…": begin a test\'s name with who or what acts')
                         for title in titles_of_tests(path, tree.lines(path)) if TITLE_WITHOUT_SUBJECT.match(title.text())]
        for passage in passages(tree, path):
            text = passage.text()
            for words, instead in WORDS:
                problems += [Problem(path, passage.line_of(found.start()), f'"{found.group()}": {instead}') for found in words.finditer(text)]
            problems += [Problem(path, passage.line_of(found.start()), f'"{found.group(1)} …" as a subject: begin with who or what acts')
                         for found in CLAUSE_AS_SUBJECT.finditer(text)]
    return problems
