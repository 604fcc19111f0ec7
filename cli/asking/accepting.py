"""What accepting drift needs of a deployment."""

from dataclasses import dataclass, field

from cli.deployment.runs import runs_of
from cli.deployment.target import Target
from tillbridge.adapters.clock import SystemClock
from tillbridge.ports.clock import Clock
from tillbridge.ports.history import History
from tillbridge.ports.runs import Runs


@dataclass(frozen=True, slots=True)
class AcceptPorts:
    """The runs and the history of a deployment."""

    target: Target
    clock: Clock = field(default_factory=SystemClock)

    @property
    def runs(self) -> Runs:
        """Return the runs, with what was accepted."""
        return runs_of(self.target)

    @property
    def history(self) -> History:
        """Return what happened to products."""
        return self.target.history
