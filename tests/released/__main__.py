"""Write the rows and messages of the release that comes: `make released`."""

import os
import subprocess
import sys

from tests.released.messages import freeze
from tests.released.rows import COLLECT, HERE, coming

SUITES = ("tests/contract/ports",)
"""Every writer of rows is in them."""

(HERE / coming() / "rows.json").unlink(missing_ok=True)
run = [sys.executable, "-m", "pytest", "-n0", "-q", *SUITES]
status = subprocess.run(run, env={**os.environ, COLLECT: "1"}, check=False).returncode
freeze(coming())
sys.exit(status)
