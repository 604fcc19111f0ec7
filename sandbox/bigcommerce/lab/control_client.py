"""A small typed client of the sandbox's control API."""

from collections.abc import Iterable
from typing import Any, cast

import requests

TIMEOUT_SECONDS = 120


class Control:
    """A client of /_sandbox. Raises ValueError for a 422, requests.HTTPError for other errors."""

    def __init__(self, api_url: str) -> None:
        self._base = f"{api_url.rstrip('/')}/_sandbox"
        self._session = requests.Session()

    def _call(self, method: str, path: str, payload: Any = None, **query: Any) -> Any:
        answer = self._session.request(
            method,
            self._base + path,
            json=payload,
            params={name: value for name, value in query.items() if value is not None},
            timeout=TIMEOUT_SECONDS,
        )
        if answer.status_code == 422:
            raise ValueError(answer.json()["error"])
        answer.raise_for_status()
        return answer.json()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def counts(self, agent: str | None = None) -> dict[str, Any]:
        """Return calls (by operation, by agent), statuses, refusals with 429, overlaps.

        agent: "calls" counts only agents with this prefix.
        """
        return cast("dict[str, Any]", self._call("GET", "/counts", agent=agent))

    def reset_counts(self) -> None:
        """Set all counters to zero."""
        self._call("DELETE", "/counts")

    def make_token(self, token: str, scopes: Iterable[str] | None) -> None:
        """Make an API account with a token and scopes, or delete it (None)."""
        self._call(
            "PUT",
            "/tokens",
            {"token": token, "scopes": None if scopes is None else sorted(scopes)},
        )

    def hazards(self) -> list[dict[str, Any]]:
        """Return the hazards that are on."""
        return cast("list[dict[str, Any]]", self._call("GET", "/hazards"))

    def set_hazard(
        self,
        name: str,
        *,
        probability: float = 1.0,
        remaining: int | None = None,
        method: str | None = None,
        path: str | None = None,
        agent: str | None = None,
        seed: int | None = None,
        **params: Any,
    ) -> None:
        """Switch a hazard on.

        remaining: how many strikes it has; method: "POST" or "POST|PUT"; path: a regular
        expression searched in the path below /v3; agent: a prefix; params: the hazard's own.
        Raises ValueError for an unknown name or parameter.
        """
        self._call(
            "PUT",
            "/hazards",
            {
                "name": name,
                "probability": probability,
                "remaining": remaining,
                "method": method,
                "path": path,
                "agent": agent,
                "seed": seed,
                "params": params,
            },
        )

    def clear_hazards(self, name: str | None = None) -> None:
        """Switch one hazard off, or all."""
        self._call("DELETE", "/hazards", name=name)

    def snapshot(self) -> dict[str, Any]:
        """Return the complete state of the store."""
        return cast("dict[str, Any]", self._call("GET", "/snapshot"))

    def seed(self, **payload: Any) -> list[int]:
        """Insert products past the API: products=[...], or count=n, variants=m; return ids."""
        answer = self._call("POST", "/seed", payload)
        return cast("list[int]", answer["product_ids"])

    def settle(self) -> None:
        """Apply all accepted stock writes now."""
        self._call("POST", "/settle")

    def wait(self, seconds: float) -> int:
        """Let time pass for the writes that are carried out late; return how many still wait."""
        return int(self._call("POST", "/wait", {"seconds": seconds})["waiting"])

    def hooks(self) -> dict[str, Any]:
        """Return calls made to hooks (attempts), notices (mails), and calls that are due or later."""
        return cast("dict[str, Any]", self._call("GET", "/hooks"))

    def pass_time_of_hooks(self, seconds: float) -> None:
        """Let BigCommerce's seconds pass for retries, blocks and new hooks."""
        self._call("POST", "/hooks/wait", {"seconds": seconds})

    def reset(self) -> None:
        """Reset the store: no products, no hazards, all counters at zero."""
        self._call("POST", "/reset")

    def touches(self, agent: str | None = None, since: int = 0) -> list[dict[str, Any]]:
        """Return the ledger of writes: by whom, which fields were sent and changed."""
        answer = self._call("GET", "/touches", agent=agent, since=since)
        return cast("list[dict[str, Any]]", answer)

    def mark_owned(self) -> None:
        """Remember the present BigCommerce-owned values."""
        self._call("POST", "/owned/mark")

    def owned_diff(self, agent: str | None = None) -> dict[str, Any]:
        """Return what changed since the mark: changed, gone, and sent (owned fields others sent)."""
        return cast("dict[str, Any]", self._call("GET", "/owned/diff", agent=agent))

    def duplicates(self) -> list[dict[str, Any]]:
        """Return the store's duplicates."""
        return cast("list[dict[str, Any]]", self._call("GET", "/duplicates"))
