"""The licences of installed packages: `python -m tests.safety.licences` prints docs/licences.md, and with a folder of
packages it judges what is in there. The allowed ones are in pyproject.toml, [tool.tillbridge.licences]."""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LAYER = ROOT / "layers/common/python/requirements.txt"
_OWN = "tillbridge"
_LONGEST = 80  # a licence's name; some packages put its whole text there
_TERMS = re.compile(r"\s*;\s*|\s+(?:AND|OR)\s+")


@dataclass(frozen=True)
class Allowed:
    """The names of licences that any package may have, and packages that may have another, each with the reason:
    one that ships in the layer, or a tool."""

    names: frozenset[str]
    ships: Mapping[str, str]
    tools: Mapping[str, str]


def allowed() -> Allowed:
    """Return what pyproject.toml allows."""
    said = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["tillbridge"]["licences"]
    return Allowed(frozenset(said["allowed"]), said["ships"], said["tools"])


def shipped() -> frozenset[str]:
    """Return the names of the packages in the layer."""
    return frozenset(re.findall(r"^([\w.-]+)==", LAYER.read_text(), re.MULTILINE))


def installed(folder: Path | None = None) -> dict[str, str]:
    """Return the licence of each package of this environment, or in a folder, as it names it itself; ours left out."""
    found = distributions(path=[str(folder)]) if folder else distributions()
    named = {canonicalize_name(each.metadata["Name"]): licence_of(each) for each in found}
    return {name: named[name] for name in sorted(named) if name != _OWN}


def licence_of(package: Distribution) -> str:
    """Return a package's own word: the expression, else its classifiers, else the free text; '?' if it says nothing."""
    about = package.metadata
    classified = [
        each.rpartition(" :: ")[2]
        for each in about.get_all("Classifier") or []
        if each.startswith("License :: ") and not each.endswith(("OSI Approved", "DFSG approved"))
    ]
    text = (about.get("License") or "").strip()
    said = about.get("License-Expression") or "; ".join(sorted(classified)) or text
    return said if 0 < len(said) <= _LONGEST and "\n" not in said else "?"


def not_allowed(found: Mapping[str, str], rules: Allowed, ships: Iterable[str]) -> list[str]:
    """Return the packages with a licence that nobody allowed: every part of an expression must be."""
    in_layer = frozenset(ships)
    return [
        f"{name}: {licence}"
        for name, licence in found.items()
        if name not in (rules.ships if name in in_layer else rules.tools)
        and not all(_bare(part) in rules.names for part in _TERMS.split(licence))
    ]


def _bare(part: str) -> str:
    # Without the brackets of an expression, and with those of a name.
    opened = part.removeprefix("(")
    return opened.removesuffix(")") if opened.count(")") > opened.count("(") else opened


def page(found: Mapping[str, str], rules: Allowed, ships: Iterable[str]) -> str:
    """Return docs/licences.md."""
    layer = sorted(ships)
    why = {**rules.ships, **rules.tools}
    lines = [
        "# Licences",
        "",
        "Tillbridge is under the [Apache License 2.0](../LICENSE). This page is written by `make lock`; what is allowed",
        "stands in `pyproject.toml` under `[tool.tillbridge.licences]`, and a test refuses anything else.",
        "",
        "## What ships in the layer",
        "",
        *_table({name: found[name] for name in layer}, why),
        "",
        "## What it is developed and tested with",
        "",
        "None of it is deployed. What lints the template (`requirements/security.txt`) is judged by `make check`.",
        "",
        *_table({name: each for name, each in found.items() if name not in layer}, why),
    ]
    return "\n".join(lines) + "\n"


def _table(found: Mapping[str, str], why: Mapping[str, str]) -> list[str]:
    # Without the short form that some names have in brackets.
    plain = {name: re.sub(r" \([\w .+-]+\)", "", licence) for name, licence in found.items()}
    rows = [f"| {name} | {licence} | {why.get(name, '')} |" for name, licence in plain.items()]
    return ["| package | licence | why it may |", "|---|---|---|", *rows]


def main(folders: list[str]) -> int:
    """Print the page, or what is not allowed in the folders given; return the exit status."""
    if not folders:
        sys.stdout.write(page(installed(), allowed(), shipped()))
        return 0
    wrong = [
        each for folder in folders for each in not_allowed(installed(Path(folder)), allowed(), ())
    ]
    sys.stdout.write("".join(f"licence not allowed: {each}\n" for each in wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
