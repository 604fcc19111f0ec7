"""How the polls of a POS are, printed for people and as JSON."""

from collections.abc import Sequence

from cli.pos.scopes import with_costs
from cli.pos.standing import MOST_UNTOLD, Standing
from cli.screen.console import counted
from cli.screen.pos_report import missing_json, say_line
from cli.shapes import pos as shapes
from cli.shapes.moment import moment_or_never
from tillbridge.domain.lag_words import in_words
from tillbridge.domain.poll_times import is_hooked
from tillbridge.domain.polling import PosHookCare, Walk
from tillbridge.domain.pos_habits import missing_scopes

_NO_STORE = "none; `tillbridge store add NAME … --pos lightspeed --pos-account KEY` connects one"


def show_standing(found: Standing) -> None:
    """Print how the polls of an account are."""
    name = found.account.facts.get("name", "")
    titled = f" ({name}, {found.account.address})" if name else f" ({found.account.address})"
    say_line(f"{found.account.key}{titled}: {_health(found)}")
    for line in (
        f"Stores: {', '.join(found.stores) or _NO_STORE}.",
        _polled(found),
        _walk(found),
        _hooks(found),
        _products(found),
        _waits(found),
        _scopes(found),
    ):
        if line:
            say_line(f"  {line}")


def _health(found: Standing) -> str:
    state = found.state
    if found.left:
        return "no store has it any more, so nobody polls it. `tillbridge store add` has it polled again."
    if state.trouble:
        return f"needs attention. {state.words}"
    if not state.polls:
        return "it was never polled. Is the deployment's sweep running?"
    return "reading everything for the first time." if not state.walked_ms else "fine."


def _polled(found: Standing) -> str:
    state, left = found.state, found.state.quota_left
    cursors = f"levels to version {state.cursors.levels:,}, products to {state.cursors.items:,}"
    if not state.polls:
        return ""
    quota = "" if left is None else f"; {left} % of the quota was left"
    when = _ago(found, state.polled_ms) or "none that was good"
    return f"Last poll: {when}, number {state.polls:,} ({cursors}{quota})."


def _walk(found: Standing) -> str:
    state, walk = found.state, found.state.walk
    if walk is not None:
        what = "all products, and levels" if walk.items_done else "products"
        at = walk.at.levels if walk.items_done else walk.at.items
        began = _ago(found, walk.started_ms)
        return f"Whole reading: began {began}; {what} to version {at:,} so far."
    return f"Last whole reading: {_ago(found, state.walked_ms)}." if state.walked_ms else ""


def _hooks(found: Standing) -> str:
    state = found.state
    seen = _ago(found, state.hooked_ms)
    often = "every five minutes" if is_hooked(state, found.now_ms) else "every minute"
    came = f"the last came {seen}" if seen else "none came"
    polled = f"{came}; it is polled {often}"
    if state.hooks.trouble:
        return f"Webhooks: not subscribed to. {state.hooks.trouble} Last checked {_ago(found, state.hooks.checked_ms)}; {polled}."
    if not state.hooks.topics:
        return f"Webhooks: not subscribed to yet; {polled}."
    told = ", ".join(state.hooks.topics)
    return f"Webhooks: {told} (checked {_ago(found, state.hooks.checked_ms)}); {polled}."


def _products(found: Standing) -> str:
    odd = (
        f", of which {counted(found.count.unreadable, 'product')} cannot be read: `tillbridge problems` says why"
        if found.count.unreadable
        else ""
    )
    return f"Products: {found.count.families:,}{odd}."


def _waits(found: Standing) -> str:
    more = " or more" if found.untold >= MOST_UNTOLD else ""
    told = (
        f"{found.untold:,}{more} changed products are still to be told of" if found.untold else ""
    )
    words = [told, "a poll was asked for" if found.asked else ""]
    return f"Waiting: {'; '.join(filter(None, words)) or 'nothing'}."


def _scopes(found: Standing) -> str:
    lacking = with_costs(missing_scopes(found.account))
    told = "; ".join(f"{each.name} ({each.cost})" for each in lacking)
    return f"Missing scopes: {told}." if told else ""


def _ago(found: Standing, at_ms: int) -> str:
    return f"{in_words(max(0, found.now_ms - at_ms) / 1_000)} ago" if at_ms else ""


def standing_json(found: Sequence[Standing]) -> shapes.Polls:
    """Return the same for a program."""
    return {"accounts": [_json(each) for each in found]}


def _walk_json(walk: Walk) -> shapes.Walk:
    return {
        "began_at": moment_or_never(walk.started_ms),
        "at": {"levels": walk.at.levels, "items": walk.at.items},
        "items_done": walk.items_done,
    }


def _hooks_json(care: PosHookCare) -> shapes.PosHooks:
    return {
        "topics": [*care.topics],
        "checked_at": moment_or_never(care.checked_ms),
        "trouble": care.trouble or None,
    }


def _json(found: Standing) -> shapes.PollsOfPos:
    state, account = found.state, found.account
    return {
        "account": account.key,
        "kind": account.kind.value,
        "name": account.facts.get("name", ""),
        "address": account.address,
        "stores": [*found.stores],
        "trouble": {"code": state.trouble, "words": state.words} if state.trouble else None,
        "missing_scopes": missing_json(missing_scopes(account)),
        "epoch": account.epoch,
        "cursors": {"levels": state.cursors.levels, "items": state.cursors.items},
        "polls": state.polls,
        "polled_at": moment_or_never(state.polled_ms),
        "walk": _walk_json(state.walk) if state.walk else None,
        "walked_at": moment_or_never(state.walked_ms),
        "hooked_at": moment_or_never(state.hooked_ms),
        "hooks": _hooks_json(state.hooks),
        "quota_left_percent": state.quota_left,
        "asked": found.asked,
        "untold": found.untold,
        "products": found.count.families,
        "unreadable": found.count.unreadable,
    }
