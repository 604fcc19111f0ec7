"""Where a made-up shopper's name or address was found, outside BigCommerce: it must be nowhere."""

import json
import lzma
import zlib
from collections.abc import Iterator
from contextlib import suppress

from cli.deployment.home import home
from cli.deployment.target import Target
from sandbox.bigcommerce.orders.personal import CANARIES
from sandbox.runner import LocalWorld


def traces_of_shoppers(target: Target, world: LocalWorld) -> list[str]:
    """Return the tables, logs and files of the deployment, and the events of the POS, that hold a text
    which only a shopper has."""
    return [place for place, text in _everything(target, world) if _holds(text)]


def _holds(text: str) -> bool:
    return any(canary in text for canary in CANARIES)


def _everything(target: Target, world: LocalWorld) -> Iterator[tuple[str, str]]:
    for name, table in target.outputs.items():
        if name.endswith("_table"):
            yield f"table {name}", _rows(target, table)
    logs = target.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            yield f"log {group['logGroupName']}", _lines(target, group["logGroupName"])
    yield "events of the POS", json.dumps(world.events.entries, default=str)
    yield "log of the local AWS", world.aws.log_path.read_text(encoding="utf-8", errors="replace")
    for file in sorted(home().glob("*.json")):
        yield f"file {file.name}", file.read_text(encoding="utf-8", errors="replace")


def _rows(target: Target, table: str) -> str:
    pages = target.client("dynamodb").get_paginator("scan").paginate(TableName=table)
    return "\n".join(_plain(item) for page in pages for item in page["Items"])


def _plain(value: object) -> str:
    """Return an item as text; what is packed is unpacked."""
    if isinstance(value, dict):
        return " ".join(_plain(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(map(_plain, value))
    if isinstance(value, bytes):
        return _unpacked(value).decode("utf-8", "replace")
    return str(value)


def _unpacked(value: bytes) -> bytes:
    for unpack, error in ((zlib.decompress, zlib.error), (lzma.decompress, lzma.LZMAError)):
        with suppress(error):
            return unpack(value)
    return value


def _lines(target: Target, group: str) -> str:
    pages = target.client("logs").get_paginator("filter_log_events").paginate(logGroupName=group)
    return "\n".join(event["message"] for page in pages for event in page["events"])
