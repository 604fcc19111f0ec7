"""Deploy to AWS: build for the processor that the deployment names, look at what was built, then `sam deploy`.

Usage: python -m sandbox.aws.ship [ENVIRONMENT] [--only-build]; environments are those of samconfig.toml."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from sandbox.aws.build import ROOT, BuildFailedError, compile_all, sam_build
from sandbox.aws.package import load_template

BUILT = Path(".aws-sam/deploy")
"""Apart from what the local world uses, which is built for this machine."""

_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}


def main() -> int:
    """Build, check and deploy. Return the exit status of `sam deploy`."""
    words = [each for each in sys.argv[1:] if each != "--only-build"]
    environment = words[0] if words else "default"
    try:
        wanted = architecture_of(ROOT, environment)
        sam_build(ROOT, wanted, BUILT)
        check(ROOT / BUILT, wanted)
        compile_all(ROOT / BUILT)
    except BuildFailedError as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    sys.stdout.write(f"Built for {wanted}: {BUILT}\n")
    sys.stdout.flush()
    if "--only-build" in sys.argv:
        return 0
    sam = str(Path(sys.executable).parent / "sam")
    command = [sam, "deploy", "--config-env", environment, "-t", str(BUILT / "template.yaml")]
    return subprocess.run(command, cwd=ROOT, env=_environment(), check=False).returncode


def architecture_of(root: Path, environment: str) -> str:
    """Return the processor that an environment of samconfig.toml is deployed for: what its `parameter_overrides`
    say, or the template's default. Raise BuildFailedError for an environment that is not there."""
    config = tomllib.loads((root / "samconfig.toml").read_text(encoding="utf-8"))
    if environment not in config or environment == "version":
        known = ", ".join(name for name in config if name != "version")
        raise BuildFailedError(f"samconfig.toml has no environment '{environment}', only: {known}.")
    given = config[environment].get("deploy", {}).get("parameters", {}).get("parameter_overrides")
    texts = given if isinstance(given, list) else str(given or "").split()
    told = dict(text.partition("=")[::2] for text in texts)
    parameter = load_template(root / "template.yaml")["Parameters"]["Architecture"]
    return str(told.get("Architecture", parameter["Default"])).strip("\"'")


def check(built: Path, wanted: str) -> None:
    """Raise BuildFailedError unless each compiled library in what was built runs on the wanted processor: the
    functions of another one could not even be imported."""
    machine = _MACHINES.get(wanted, "")
    libraries = sorted(built.rglob("*.so"))
    odd = [path.relative_to(built) for path in libraries if machine not in path.name or not machine]
    if odd or not libraries:
        what = f"{odd[0]} is for another processor" if odd else "it has no compiled library"
        raise BuildFailedError(
            f"What was built cannot run on {wanted}: {what}. Nothing was deployed. Delete {built} and run this "
            "again; if it stays so, give `Architecture` in samconfig.toml as what this machine can build for."
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "SAM_CLI_TELEMETRY": "0"}


if __name__ == "__main__":
    sys.exit(main())
