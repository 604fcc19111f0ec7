"""Run `sam build` if a source has changed since the last build."""

import compileall
import hashlib
import os
import platform
import subprocess
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

from sandbox.project import buildable

ROOT = Path(__file__).parents[2]
BUILT = Path(".aws-sam/build")
_STAMP = Path(".aws-sam/tillbridge.stamp")
_SOURCES = ("template.yaml", "samconfig.toml", "functions", "layers")


class BuildFailedError(RuntimeError):
    """`sam build` failed; the message holds the end of its output."""


def architecture() -> str:
    """Return this machine's architecture as Lambda names it: the layer's wheels must run here."""
    return "arm64" if platform.machine().lower() in {"arm64", "aarch64"} else "x86_64"


def build(root: Path | None = None) -> Path:
    """Build what changed and return the folder of the built template. Without `root`: this checkout, or what
    came with the installed command. Raises BuildFailedError."""
    root = _root() if root is None else root
    built, stamp, fingerprint = root / BUILT, root / _STAMP, _fingerprint(root)
    if (built / "template.yaml").exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return built
    stamp.unlink(missing_ok=True)
    sam_build(root, architecture(), BUILT)
    compile_all(built)
    stamp.write_text(fingerprint)
    return built


def _root() -> Path:
    try:
        return buildable()
    except (OSError, RuntimeError) as problem:
        msg = (
            f"What a local world is built from cannot be copied: {problem}. Set XDG_CACHE_HOME to a folder that "
            "can be written, with 100 MB free."
        )
        raise BuildFailedError(msg) from problem


def compile_all(built: Path) -> None:
    """Put a .pyc beside every module of a built template. Lambda's file system is read-only, so a
    function would compile each module anew at every cold start. Raises BuildFailedError.

    Python takes these files unchecked: packing changes the times of sources, by which it would
    otherwise take them for outdated."""
    for folder in sorted(path for path in built.iterdir() if path.is_dir()):
        unpacked = "/opt" if folder.name.endswith("Layer") else "/var/task"
        done = compileall.compile_dir(
            folder,
            stripdir=folder,
            prependdir=unpacked,
            quiet=1,
            force=True,
            invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
        )
        if not done:
            msg = f"A module of {folder.name} cannot be compiled; see above."
            raise BuildFailedError(msg)


def _fingerprint(root: Path) -> str:
    digest = hashlib.sha256(f"{architecture()} {sys.version}".encode())
    for source in _SOURCES:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(root)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def sam_build(root: Path, wanted: str, built: Path) -> None:
    """Run `sam build` for a processor, into a folder below `root`. Raises BuildFailedError."""
    bin_folder = Path(sys.executable).parent
    command = [
        str(bin_folder / "sam"),
        "build",
        "--cached",
        "--build-dir",
        str(built),
        "--parameter-overrides",
        f"Architecture={wanted}",
    ]
    environment = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    # sam takes python3.13 from PATH: it must find this venv's first.
    environment["PATH"] = f"{bin_folder}:{environment.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        msg = f"sam build failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}"
        raise BuildFailedError(msg)


if __name__ == "__main__":
    build()
