"""Whether what we install has known weaknesses: `python -m tests.safety.audit PIP_AUDIT FILE...` ends with 0 for none,
1 for some, 3 where it could not ask about everything. pip-audit itself ends with 0 when it could ask about nothing."""

import json
import subprocess
import sys
from enum import IntEnum

_AS_WE_PIN = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]


class Verdict(IntEnum):
    """The exit statuses; 2 is a wrong argument, as everywhere."""

    CLEAN = 0
    VULNERABLE = 1
    NOT_ASKED = 3


def judged(report: str) -> tuple[Verdict, list[str]]:
    """Return the verdict on one report of pip-audit, as JSON, and what it rests on, in words. Where there is no
    report, nobody answered."""
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Verdict.NOT_ASKED, ["no source of advisories answered"]
    weak = [
        f"{each['name']} {each['version']}: {one['id']}, mended in {', '.join(one['fix_versions']) or 'no version'}"
        for each in packages
        for one in each.get("vulns", [])
    ]
    not_asked = [each["name"] for each in packages if "skip_reason" in each]
    unheard = (
        [f"no source of advisories answered about {len(not_asked)} of {len(packages)} packages"]
        if not_asked or not packages
        else []
    )
    verdict = Verdict.VULNERABLE if weak else Verdict.NOT_ASKED if unheard else Verdict.CLEAN
    return verdict, weak + unheard


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the verdict on all files: a weakness counts before a silence."""
    return next(
        (each for each in (Verdict.VULNERABLE, Verdict.NOT_ASKED) if each in verdicts),
        Verdict.CLEAN,
    )


def main(pip_audit: str, files: list[str]) -> int:
    """Ask about each file of requirements, print what was found, and return the exit status."""
    verdicts = []
    for file in files:
        asked = subprocess.run(
            [pip_audit, "--requirement", file, *_AS_WE_PIN],
            check=False,  # its status does not tell what we ask
            capture_output=True,
            text=True,
        )
        verdict, words = judged(asked.stdout)
        verdicts.append(verdict)
        said = "; ".join(words) or "no known weakness"
        sys.stdout.write(f"{file}: {said}\n")
    return worst(verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
