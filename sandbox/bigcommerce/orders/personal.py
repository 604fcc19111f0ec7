"""The made-up shopper behind every order: a canary that must appear nowhere outside the store."""

from typing import Any

NAME = ("Canaria", "Zebrafink-Vogelsang")
STREET = "77 Canary Wharf Test Lane"
EMAIL = "canaria.zebrafink@shopper.invalid"
PHONE = "+1 555 010 7788"
CITY = "Kanarienstadt"
MESSAGE = "Please ring Canaria Zebrafink-Vogelsang twice, the canary is asleep."
IP_ADDRESS = "203.0.113.177"

CANARIES = ("Canaria", "Zebrafink", STREET, EMAIL, PHONE, CITY, MESSAGE, IP_ADDRESS)
"""Texts that only a sandbox shopper has: whoever finds one elsewhere found personal data."""


def address() -> dict[str, Any]:
    """Return the shopper's address, as billing address and shipping consignment hold it."""
    return {
        "first_name": NAME[0],
        "last_name": NAME[1],
        "company": "",
        "street_1": STREET,
        "street_2": "",
        "city": CITY,
        "state": "Texas",
        "zip": "78777",
        "country": "United States",
        "country_iso2": "US",
        "phone": PHONE,
        "email": EMAIL,
        "form_fields": [],
    }
