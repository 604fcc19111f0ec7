"""What a test, or the local world, does to the account; every action takes JSON and returns it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sandbox.lightspeed_x.catalog.renaming import Renamed, rename
from sandbox.lightspeed_x.state.account import Account
from sandbox.lightspeed_x.state.hazards import HazardPlan
from sandbox.lightspeed_x.state.hook_book import HookPlan
from sandbox.lightspeed_x.state.ids import made_id
from sandbox.lightspeed_x.state.rows import LevelRow
from sandbox.lightspeed_x.state.versions import FIRST
from sandbox.pos.control_routes import shop_actions

Acted = dict[str, Any]


class Control:
    """The hazards and the inner state of one account. Thread-safe."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def hazards(self, **plan: Any) -> Acted:
        """Put these hazards in force, and no others; return them. Raises ValidationError."""
        with self._account.lock:
            self._account.hazards.plan = HazardPlan.model_validate(plan)
            return self._account.hazards.plan.model_dump()

    def hooks(self, **plan: Any) -> Acted:
        """Put these hazards of hooks in force, and no others. Raises ValidationError."""
        with self._account.lock:
            self._account.hooks.plan = HookPlan.model_validate(plan)
            return self._account.hooks.plan.model_dump()

    def hold_commits(self) -> Acted:
        """Let what changes from now on get its versions, and show only when it is committed."""
        return self._hold(holding=True)

    def end_hold(self) -> Acted:
        """Let what changes from now on show at once; what was held back stays so."""
        return self._hold(holding=False)

    def _hold(self, *, holding: bool) -> Acted:
        with self._account.lock:
            self._account.book.products.holding = holding
            self._account.book.levels.holding = holding
            return {"newest": self._account.versions.newest}

    def commit(self) -> Acted:
        """Show what was held back, below versions that were read meanwhile."""
        with self._account.lock:
            book = self._account.book
            shown = book.products.commit() + book.levels.commit()
            self._account.hooks.tell_rest("commit")
            return {"rows": shown}

    def restore_backup(self, version: int = FIRST // 2) -> Acted:
        """Give every row a version below those that were read: a restored account."""
        with self._account.lock:
            self._account.book.fall_back(version)
            return {"newest": self._account.versions.newest}

    def vanish(self, product_id: str) -> Acted:
        """Delete a product of the shop so that neither a tombstone nor a version tells of it."""
        account = self._account
        with account.lock, account.book.quietly():
            account.cloud.delete_product(product_id)
            account.book.vanish(product_id)
        return {}

    def rename(self, kind: Renamed, name: str, to: str) -> Acted:
        """Rename a brand, supplier or category; the products that bear it get no version."""
        return {"products": rename(self._account, kind, name, to)}

    def stray_level(self, outlet_id: str = "o-main", level: int = 3) -> Acted:
        """Add the level of a product that no list shows."""
        with self._account.lock:
            versions = self._account.versions
            product = made_id("stray", str(versions.newest))
            row = LevelRow(
                made_id("level", product, outlet_id),
                versions.next(),
                product,
                made_id("outlet", outlet_id),
                Decimal(level),
                None,
            )
            self._account.book.levels.put(row)
            return {"product_id": product, "version": row.version}

    def after(self, call: str, action: str, arguments: dict[str, Any]) -> Acted:
        """Have the shop do something right after the next answered call such as "POST /inventory",
        so that it happens between two calls."""
        act = shop_actions(self._account.cloud)[action]
        with self._account.lock:
            self._account.hazards.after(call, lambda: act(**arguments))
        return {}

    def revoke(self, *, refresh: bool = False) -> Acted:
        """Revoke every access token; the refresh tokens too, as when the app is removed."""
        with self._account.lock:
            self._account.tokens.revoke(refresh=refresh)
        return {}

    def grant(self, scopes: list[str], token: str = "") -> Acted:
        """Give a personal token just these scopes; the account's own without a token."""
        with self._account.lock:
            token = token or self._account.config.token
            self._account.tokens.add_personal(token, frozenset(scopes))
        return {"token": token}

    def expire(self, version: str) -> Acted:
        """End a dated version: calls of it are answered by the oldest live one."""
        with self._account.lock:
            self._account.live = [each for each in self._account.live if each != version]
            return {"live": list(self._account.live)}

    def spend(self, calls: int) -> Acted:
        """Spend calls of the window, as another user of this app does."""
        with self._account.lock:
            self._account.quota.spend(calls)
            return {"remaining": self._account.quota.headers()["X-RateLimit-Remaining"]}

    def ids(self) -> Acted:
        """Return the ids on the wire: members and parent by product, and outlets, of the shop."""
        with self._account.lock:
            families = self._account.book.families
            products = {
                product_id: {"root": families.root(product_id), "members": members}
                for product_id, members in families.every().items()
            }
            outlets = self._account.cloud.catalogue.outlets
            return {
                "products": products,
                "outlets": {outlet.id: made_id("outlet", outlet.id) for outlet in outlets},
            }

    def calls(self) -> Acted:
        """Return the calls so far, and how often each method and path was called."""
        log = self._account.calls
        return {"calls": [call.json() for call in log.every()], "counted": dict(log.counted())}

    def actions(self) -> dict[str, Callable[..., Acted]]:
        """Return every action by its name on the control routes."""
        names = (
            "hazards", "hooks", "hold_commits", "end_hold", "commit", "restore_backup", "vanish", "rename", "stray_level", "after",
            "revoke", "grant", "expire", "spend", "ids", "calls",
        )  # fmt: skip
        return {name: getattr(self, name) for name in names}
