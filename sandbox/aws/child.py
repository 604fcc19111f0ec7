"""The process that ministack runs in; it ends with its parent, even if the parent was killed."""

import json
import os
import re
import signal
import sys
import tempfile
import threading
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

from sandbox.aws.index_keys import bound_index_keys
from sandbox.aws.narrow_queries import narrow_queries
from sandbox.aws.unpack_once import unpack_once

_VERB_AND_TABLE = re.compile(r'\s*(INSERT|UPDATE|DELETE|SELECT)\b[^"]*"([^"]+)"', re.IGNORECASE)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # returns when the parent closes the pipe, or dies
    os.kill(os.getpid(), signal.SIGTERM)


def cache_parsing(dynamodb: ModuleType) -> None:
    """Make ministack parse each expression once.

    It parses an expression again for every item it reads: a query over 834 items took 46 ms, and
    takes 10 ms with the cache. Both functions are pure, and no caller changes what they return.
    """
    for name in ("_tokenize", "_condition_syntax_error"):
        setattr(dynamodb, name, lru_cache(maxsize=4_096)(getattr(dynamodb, name)))


def authorize_statements(iam_actions: ModuleType) -> None:
    """Make ministack allow a batch of PartiQL statements as AWS does: each statement needs the right of
    its verb on its table (`dynamodb:PartiQLInsert` …), and there is no right of the batch itself.

    Statements must name their table in double quotes; one that does not is refused."""
    of_transactions = iam_actions.dynamodb_transaction_checks

    def checks(action: str, body: bytes, region: str, account: str) -> list[tuple[str, str]]:
        if action != "dynamodb:BatchExecuteStatement":
            return list(of_transactions(action, body, region, account))
        texts = [each["Statement"] for each in json.loads(body)["Statements"]]
        found = [_VERB_AND_TABLE.match(text) for text in texts]
        needed = [(match[1].capitalize(), match[2]) for match in found if match]
        if len(needed) < len(texts):
            return []  # ministack then asks for the right of the batch, which no role has
        arn = f"arn:aws:dynamodb:{region}:{account}:table"
        return [(f"dynamodb:PartiQL{verb}", f"{arn}/{table}") for verb, table in needed]

    iam_actions.dynamodb_transaction_checks = checks  # type: ignore[attr-defined]  # ministack's own


def authorize_batches(iam_actions: ModuleType) -> None:
    """Make ministack allow a batch of messages as AWS does: by the right to send, delete or change one
    (`sqs:SendMessage` …); there is no right of the batch itself."""
    of_any = iam_actions.extract_iam_action

    def action(*request: object, **more: object) -> str | None:
        found: str | None = of_any(*request, **more)
        return found.removesuffix("Batch") if found and found.startswith("sqs:") else found

    iam_actions.extract_iam_action = action  # type: ignore[attr-defined]  # ministack's own


def authorize_sources(iam_actions: ModuleType) -> None:
    """Make ministack know the conditions `events:source` and `events:detail-type` of PutEvents, as AWS does.
    AWS asks them of each entry; here a call whose entries differ has none that a condition can equal."""
    of_any = iam_actions.request_tag_context

    def context(service: str, action: str, body: bytes, *more: object) -> dict[str, object]:
        known: dict[str, object] = dict(of_any(service, action, body, *more))
        if action != "events:PutEvents":
            return known
        entries = json.loads(body)["Entries"]
        for condition, name in (("events:source", "Source"), ("events:detail-type", "DetailType")):
            values = {each.get(name) for each in entries}
            known[condition] = values.pop() if len(values) == 1 else None
        return known

    iam_actions.request_tag_context = context  # type: ignore[attr-defined]  # ministack's own


def hide_missing_objects(iam_actions: ModuleType, s3: ModuleType) -> None:
    """Make ministack say of a missing object what S3 says: NoSuchKey to whoever may list the bucket, and that access
    is denied to everybody else, who must not learn what is there."""
    of_any = iam_actions.s3_additional_checks

    def checks(method: str, path: str, *more: object) -> list[tuple[str, str]]:
        needed = list(of_any(method, path, *more))
        bucket, _, key = path.lstrip("/").partition("/")
        known = s3._buckets.get(bucket)  # noqa: SLF001 - ministack has no other way to look
        if method in ("GET", "HEAD") and key and known and unquote(key) not in known["objects"]:
            needed.append(("s3:ListBucket", f"arn:aws:s3:::{bucket}"))
        return needed

    iam_actions.s3_additional_checks = checks  # type: ignore[attr-defined]  # ministack's own


def count_as_tls(app: ModuleType) -> None:
    """Make ministack judge each call as if it came by TLS, as every call of an AWS client does: the local world speaks
    plain http to this machine alone, and a bucket's policy refuses that."""
    pin = app.pin_request_origin

    def pinned(source_ip: str, _by_tls: object) -> None:
        pin(source_ip, secure_transport=True)

    app.pin_request_origin = pinned  # type: ignore[attr-defined]  # ministack's own


def main() -> None:
    """Serve the local AWS at the address that server.py puts into the environment."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from ministack import app  # noqa: PLC0415 - reads its environment on import
    from ministack.core import iam_actions, lambda_runtime  # noqa: PLC0415 - likewise
    from ministack.services import dynamodb, s3  # noqa: PLC0415 - likewise

    cache_parsing(dynamodb)
    narrow_queries(dynamodb)
    bound_index_keys(dynamodb)
    authorize_statements(iam_actions)
    authorize_batches(iam_actions)
    authorize_sources(iam_actions)
    hide_missing_objects(iam_actions, s3)
    count_as_tls(app)
    unpack_once(lambda_runtime, Path(tempfile.mkdtemp(prefix="unpacked-")))
    sys.argv = ["ministack"]
    app.main()


if __name__ == "__main__":
    main()
