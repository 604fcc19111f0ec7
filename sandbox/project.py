"""The files that a local world is built from and judged by: those of this checkout, or those that came with
the installed command (pyproject.toml, tillbridge_project)."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

_HERE = Path(__file__).parents[1]
"""The checkout, or where the command is installed."""

_SHIPPED = _HERE / "tillbridge_project"
_LAYER = Path("layers/common/python")


def is_installed() -> bool:
    """Return whether this code is an installed command's, not that of a checkout."""
    return _SHIPPED.is_dir()


def project_files() -> Path:
    """Return the folder with template.yaml, contracts/ and events/."""
    return _SHIPPED if is_installed() else _HERE


def buildable() -> Path:
    """Return a folder in which `sam build` can work: the checkout; or, of an installed command, a copy of what
    it brought along, made once in the user's cache folder, for where it is installed nobody may write. Raise OSError,
    or RuntimeError for a user without a home."""
    if not is_installed():
        return _HERE
    copy = _cache() / _fingerprint()
    if not copy.is_dir():
        copy.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=copy.parent))
        try:
            for source, place in _sources().items():
                _copy(source, unfinished / place)
            unfinished.rename(copy)
        except OSError:
            shutil.rmtree(unfinished, ignore_errors=True)
            if not copy.is_dir():  # otherwise another command was quicker
                raise
    return copy


def _sources() -> dict[Path, Path]:
    """Return what is copied, and where it goes in a checkout."""
    requirements = _LAYER / "requirements.txt"
    shipped = (Path("template.yaml"), Path("samconfig.toml"), requirements)
    return {
        **{_SHIPPED / each: each for each in shipped},
        _HERE / "functions": Path("functions"),
        _HERE / "tillbridge": _LAYER / "tillbridge",
    }


def _copy(source: Path, to: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, to)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in _sources():
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(_HERE)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tillbridge"
