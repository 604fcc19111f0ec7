"""`make sam-local`: the shipped functions in Lambda containers, against the running local world.

The built template is used as it is; only its variables become the running world's values, because
`sam local` cannot look them up. While the containers work, the local AWS delivers no queue messages
to its own functions, so every change in the store was made by a container.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from cli.deployment.target import Target, need_target
from cli.screen.console import console
from sandbox.aws.build import BUILT, ROOT, architecture
from sandbox.aws.package import load_template
from sandbox.aws.server import REGION
from tillbridge.domain.ids import PosProductId, StoreId
from tillbridge.domain.lanes import PRODUCT_LANES

STORE = StoreId("demo")
EVENTS = ROOT / "events" / "lambda"
ASKED = [PosProductId(product) for product in ("p-1001", "p-1003", "p-1005")]
"""The products that the golden event push.requested names."""


def main() -> int:
    """Invoke each function with its golden events. Return 0; exit with 1 at the first failure."""
    host = os.environ.get("SAM_LOCAL_HOST", "172.17.0.1")
    target = need_target()
    template = _template(target, host)
    with _reachable(target, host), _paused(target):
        _invoke(template, "IntakeFunction", "intake.push.requested.json", host)
        waiting = sum(len(target.pending.of(STORE, lane, ASKED)) for lane in PRODUCT_LANES)
        _check(waiting == len(ASKED), f"intake marked {waiting} products pending")
        _invoke(template, "PushFunction", "push.signal.json", host)
        links = target.links.get(STORE, ASKED)
        linked = [link for link in links.values() if link.is_linked]
        _check(len(linked) == len(ASKED), f"push created and linked {len(linked)} products")
        for link in linked:
            console.print(f"  {link.product} is BigCommerce product {link.id}: {link.name}")
        for name in ("intake.sale.completed.json", "intake.poison.no-metadata.json"):
            _invoke(template, "IntakeFunction", name, host)
        for function in ("import", "reconcile", "sweep", "webhooks"):
            for event in sorted(EVENTS.glob(f"{function}.*.json"))[:2]:
                _invoke(template, f"{function.capitalize()}Function", event.name, host)
    return 0


def _template(target: Target, host: str) -> Path:
    """Write the built template with the running world's values as variables; return its path."""
    built = ROOT / BUILT
    template = load_template(built / "template.yaml")
    template["Parameters"]["Architecture"]["Default"] = architecture()
    lambdas = target.client("lambda")
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        output = target.outputs[f"{name.removesuffix('Function').lower()}_function_name"]
        known = lambdas.get_function_configuration(FunctionName=output)["Environment"]["Variables"]
        known |= {"AWS_ENDPOINT_URL": target.endpoint_url, "AWS_DEFAULT_REGION": REGION}
        reached = {key: _as_seen_inside(value, host) for key, value in known.items()}
        resource["Properties"]["Environment"] = {"Variables": reached}
    template["Globals"]["Function"].pop("Environment", None)
    path = built / "sam-local.json"
    path.write_text(json.dumps(template, indent=1))
    return path


def _as_seen_inside(value: str, host: str) -> str:
    return value.replace("127.0.0.1", host).replace("localhost", host)


@contextmanager
def _reachable(target: Target, host: str) -> Iterator[None]:
    """Connect the store under addresses that containers reach, for a while."""
    before = target.stores.find(STORE)
    assert before is not None, "the local world connects the store 'demo'"
    seen = replace(
        before,
        api_url=_as_seen_inside(before.api_url, host),
        pos_account=replace(
            before.pos_account, address=_as_seen_inside(before.pos_account.address, host)
        ),
    )
    target.stores.save_connection(seen)
    try:
        yield
    finally:
        target.stores.save_connection(before)


@contextmanager
def _paused(target: Target) -> Iterator[None]:
    """Keep the local AWS from delivering queue messages, for a while."""
    lambdas = target.client("lambda")
    sources = [
        source["UUID"] for source in lambdas.list_event_source_mappings()["EventSourceMappings"]
    ]
    for source in sources:
        lambdas.update_event_source_mapping(UUID=source, Enabled=False)
    try:
        yield
    finally:
        for source in sources:
            lambdas.update_event_source_mapping(UUID=source, Enabled=True)


def _invoke(template: Path, function: str, event: str, host: str) -> None:
    """Run one `sam local invoke`, as a person would type it."""
    command = [
        str(Path(sys.executable).parent / "sam"),
        *("local", "invoke", function, "--template", str(template)),
        *("--event", str(EVENTS / event), "--region", REGION),
        *("--add-host", f"host.docker.internal:{host}", "--skip-pull-image"),
    ]
    console.print(f"$ sam local invoke {function} --event events/lambda/{event}")
    credentials = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
    environment = {**os.environ, **credentials, "SAM_CLI_TELEMETRY": "0"}
    done = subprocess.run(  # noqa: S603 - the sam of this very venv
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    failed = done.returncode != 0 or '"errorMessage"' in done.stdout
    _check(not failed, f"{function} handled {event}", done.stdout[-1500:] + done.stderr[-3000:])


def _check(holds: bool, what: str, details: str = "") -> None:
    console.print(("✓ " if holds else "✗ ") + what)
    if not holds:
        console.print(*details.splitlines(), sep="\n")
        raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
