"""The rows that every new store has: one storefront channel and one location."""

import json

from sandbox.bigcommerce.state.db import Database


def seed_fixtures(db: Database, now: str) -> None:
    """Insert the default channel and the default location, both with id 1."""
    channel = {
        "external_id": "",
        "is_listable_from_ui": True,
        "is_enabled": True,
        "is_visible": True,
        "status": "active",
        "name": "Sandbox storefront",
        "type": "storefront",
        "platform": "bigcommerce",
        "date_created": now,
        "date_modified": now,
        "icon_url": "https://sandbox.invalid/icon.png",
    }
    db.run("INSERT INTO channels(id, body) VALUES (1, ?)", json.dumps(channel))
    location = {
        "code": "BC-LOCATION-1",
        "label": "Default location",
        "description": "",
        "managed_by_external_source": False,
        "type_id": "PHYSICAL",
        "enabled": True,
        "time_zone": "Etc/UTC",
        "created_at": now,
        "updated_at": now,
        "address": {
            "address1": "1 Sandbox Street",
            "city": "Sandbox",
            "state": "Texas",
            "zip": "78726",
            "email": "shop@sandbox.invalid",
            "country_code": "US",
        },
        "storefront_visibility": True,
        "special_hours": [],
    }
    db.run(
        "INSERT INTO locations(id, code, body) VALUES (1, ?, ?)",
        location["code"],
        json.dumps(location),
    )
