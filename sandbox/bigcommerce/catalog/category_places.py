"""The place of a category in its tree: parents, children, siblings and depth."""

import sqlite3

from sandbox.bigcommerce.calls.errors import refuse
from sandbox.bigcommerce.calls.validate import key_of
from sandbox.bigcommerce.state.db import Database, placeholders

MOST_LEVELS = 8


def levels_below(db: Database, ids: list[int]) -> list[list[int]]:
    """Return categories and all below them, level by level, each once."""
    levels: list[list[int]] = []
    known: set[int] = set()
    below = list(ids)
    while below:
        levels.append(below)
        known.update(below)
        rows = db.select("id", "categories", f"parent_id IN ({placeholders(below)})", below)
        below = [row["id"] for row in rows if row["id"] not in known]
    return levels


def category_row(db: Database, category_id: int) -> sqlite3.Row:
    """Return a category's row. Raises Refusal 422."""
    row = db.one("SELECT * FROM categories WHERE id=?", category_id)
    if row is None:
        raise refuse(422, f"The category with id {category_id} does not exist")
    return row


def place_of(db: Database, tree_id: int | None, parent_id: int | None) -> tuple[int, int]:
    """Return tree id and parent id (0 for none); a parent decides the tree. Raises Refusal 422."""
    if parent_id:
        parent = category_row(db, parent_id)
        if len(ancestors(db, parent_id)) >= MOST_LEVELS:
            raise refuse(422, f"Categories may be at most {MOST_LEVELS} levels deep")
        return int(parent["tree_id"]), parent_id
    if not tree_id:
        raise refuse(422, "Missing Required Fields", {"tree_id": "tree_id or parent_id is needed"})
    if not db.has("trees", tree_id):
        raise refuse(422, f"The category tree with id {tree_id} does not exist")
    return tree_id, 0


def ancestors(db: Database, category_id: int) -> list[int]:
    """Return a category and all above it."""
    chain: list[int] = []
    current: int | None = category_id
    while current:
        chain.append(current)
        current = db.value("SELECT parent_id FROM categories WHERE id=?", current)
    return chain


def refuse_taken_name(
    db: Database, tree_id: int, parent_id: int, name: str, own_id: int | None
) -> None:
    """Raise Refusal 422 if a sibling, other than the category itself, has that name."""
    holder = db.value(
        "SELECT id FROM categories WHERE tree_id=? AND parent_id=? AND name_key=?",
        tree_id,
        parent_id,
        key_of(name),
    )
    if holder is not None and holder != own_id:
        words = f"Category with the name '{name}' already exists"
        raise refuse(422, words, {"name": words})
