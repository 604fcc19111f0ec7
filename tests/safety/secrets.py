"""No secret is in a tracked file: `python -m tests.safety.secrets`. detect-secrets says what looks like one, and
.secrets.toml what does and is none."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.scan import get_plugins, scan_file  # type: ignore[attr-defined]  # it re-exports none by name
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).parents[2]
_LOCKED = re.compile(r"(^|/)requirements(/\w+)?\.txt$")
"""Files of nothing but versions and hashes, which a test of their own reads."""

_OUR_OWN = {
    "name": "AccessTokenDetector",
    "path": (Path(__file__).parent / "access_tokens.py").as_uri(),
}


@dataclass(frozen=True)
class Finding:
    """What looks like a secret: the text itself is not kept, so that no log shows it."""

    path: str
    line: int
    kind: str
    text: str  # of the whole line, for .secrets.toml alone


@dataclass(frozen=True)
class Known:
    """What looks like a secret and is none, and why."""

    paths: tuple[str, ...]
    why: str
    kinds: tuple[str, ...] = ()
    lines: str = ""

    def holds(self, finding: Finding) -> bool:
        """Return whether this is about a finding."""
        return (
            any(fnmatchcase(finding.path, each) for each in self.paths)
            and (not self.kinds or finding.kind in self.kinds)
            and bool(re.search(self.lines, finding.text))
        )


def known(text: str) -> list[Known]:
    """Return the exceptions of a .secrets.toml. Raise ValueError for one without a reason, or without any bound
    but its paths."""
    found = []
    for each in tomllib.loads(text)["known"]:
        one = Known(
            tuple(each["paths"]),
            each.get("why", ""),
            tuple(each.get("kinds", ())),
            each.get("lines", ""),
        )
        if len(one.why.split()) < 3 or not (one.kinds or one.lines):
            msg = f".secrets.toml: say of {', '.join(one.paths)} what is known there, and why it is no secret"
            raise ValueError(msg)
        found.append(one)
    return found


def tracked() -> list[str]:
    """Return the files of the repository that git knows, but for the locked requirements."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    return [name for name in listed if name and not _LOCKED.search(name)]


def findings(paths: Iterable[str], root: Path = ROOT) -> list[Finding]:
    """Return what looks like a secret in these files below a folder; files that are no text are left out."""
    known: Iterable[type] = get_mapping_from_secret_type_to_class().values()
    theirs = [{"name": each.__name__} for each in known]
    with transient_settings({"plugins_used": [*theirs, _OUR_OWN]}):
        get_mapping_from_secret_type_to_class.cache_clear()  # it read the settings before ours
        plugins = list(get_plugins())
        return [each for path in paths for each in _of_file(root, path, plugins)]


def _of_file(root: Path, path: str, plugins: Sequence[Any]) -> Iterator[Finding]:
    file = root / path
    if not file.is_file():
        return
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    # Line by line and rule by rule it takes 12 ms a file: the whole text tells first whether there is any need.
    if any(each.analyze_line(filename=path, line=text, line_number=1) for each in plugins):
        lines = text.splitlines()
        for secret in scan_file(str(file)):
            yield Finding(path, secret.line_number, secret.type, lines[secret.line_number - 1])


def judged(found: Iterable[Finding], exceptions: Sequence[Known]) -> list[str]:
    """Return what is wrong: findings that nobody knows, and exceptions that hold for none."""
    used: set[Known] = set()
    wrong = []
    for each in found:
        holding = [one for one in exceptions if one.holds(each)]
        used.update(holding)
        if not holding:
            wrong.append(f"{each.path}:{each.line}: looks like a secret ({each.kind})")
    return wrong + [
        f".secrets.toml: nothing in {', '.join(one.paths)} needs this any more: {one.why}"
        for one in exceptions
        if one not in used
    ]


def main() -> int:
    """Read every tracked file, on two cores; print what is wrong and return the exit status."""
    paths = tracked()
    with ProcessPoolExecutor(2) as pool:
        halves = pool.map(findings, (paths[0::2], paths[1::2]))
        found = [each for half in halves for each in half]
    wrong = judged(found, known((ROOT / ".secrets.toml").read_text(encoding="utf-8")))
    sys.stdout.write("".join(f"{each}\n" for each in wrong))
    if wrong:
        sys.stdout.write(
            "If it is one, revoke it: it is in git's history. If not, say so in .secrets.toml.\n"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
