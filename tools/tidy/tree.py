"""The files that tidy looks at, and what it says about them."""
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

BINARY_SUFFIXES = {".png", ".jpg", ".ico", ".woff2", ".wav", ".mp3", ".ogg", ".gz", ".br", ".webp", ".pdf"}


@dataclass(frozen=True, order=True)
class Problem:
    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Tree:
    """A checkout: what git knows and what is new in it, not what it ignores. A folder without git: all its files."""
    root: Path
    _texts: dict[str, str] = field(default_factory=dict, compare=False)

    @cached_property
    def paths(self) -> list[str]:
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=self.root,
                                capture_output=True, text=True, check=False) if (self.root / ".git").exists() else None
        if listed is not None and listed.returncode == 0:
            names = set(listed.stdout.split("\0")) - {""}
        else:
            names = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}
        return sorted(name for name in names if (self.root / name).is_file())

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.paths)

    def text_paths(self) -> list[str]:
        return [path for path in self.paths if Path(path).suffix not in BINARY_SUFFIXES]

    def text(self, path: str) -> str:
        if path not in self._texts:
            self._texts[path] = (self.root / path).read_text(errors="replace")
        return self._texts[path]

    def lines(self, path: str) -> list[str]:
        return self.text(path).splitlines()


def is_cpp(path: str) -> bool:
    return path.endswith((".cpp", ".hpp"))


def is_test(path: str) -> bool:
    """Tests of any language, and what only tests use."""
    name = Path(path).name
    return (name.endswith(("_test.cpp", "_test.py", "_contract.hpp", "_fixtures.hpp"))
            or ".test." in name or ".spec." in name or path.startswith("tests/"))
