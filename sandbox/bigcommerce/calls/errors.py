"""The error bodies BigCommerce documents, as one exception that carries the whole answer."""

from typing import Any

STATUS_PAGE = "https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes"
STATUS_PATH = "/api-docs/getting-started/api-status-codes"
PROBLEM_JSON = "application/problem+json"


class Refusal(Exception):
    """An error answer: HTTP status, body, and the media type it is sent with.

    keeps: whether what the call wrote before is kept (hazard batch-partial) or rolled back.
    """

    def __init__(self, status: int, body: Any, media_type: str = "application/json") -> None:
        super().__init__(f"{status}: {body}")
        self.status = status
        self.body = body
        self.media_type = media_type
        self.keeps = False


def error_body(
    status: int, title: str, errors: dict[str, Any] | None = None, code: int | None = None
) -> dict[str, Any]:
    """Return the v3 error object: status, title, type, errors and, where known, code."""
    body: dict[str, Any] = {
        "status": status,
        "title": title,
        "type": STATUS_PAGE,
        "errors": errors or {},
    }
    return body if code is None else {"code": code, **body}


def refuse(
    status: int, title: str, errors: dict[str, Any] | None = None, code: int | None = None
) -> Refusal:
    """Build a v3 refusal."""
    return Refusal(status, error_body(status, title, errors, code))


def problem(title: str, status: int = 422) -> Refusal:
    """Build an Inventory API refusal, which is sent as problem+json (inventory.v3.yml)."""
    return Refusal(status, error_body(status, title), PROBLEM_JSON)


def not_found(what: str, instance: str = "") -> Refusal:
    """Build a 404 in the shape of the catalogue: status, title, type, instance."""
    body = {"status": 404, "title": what, "type": STATUS_PAGE, "instance": instance}
    return Refusal(404, body)


def missing_fields(errors: dict[str, str]) -> Refusal:
    """Build the 422 for missing required fields, as BigCommerce documents it."""
    return refuse(422, "Missing Required Fields", errors)


def invalid_fields(errors: dict[str, str]) -> Refusal:
    """Build the 422 that lists the fields whose values are refused."""
    return refuse(422, f"Invalid field(s): {', '.join(sorted(errors))}", errors)


def too_large(limit: int, stop: str = ".") -> Refusal:
    """Build the 413 for an array over the documented limit, with the type its examples have."""
    words = "The request payload is too large. The maximum items allowed in the array is"
    body = {**error_body(413, f"{words} {limit}{stop}"), "type": STATUS_PATH}
    return Refusal(413, body)


def not_allowed() -> Refusal:
    """Build the 405, which has a detail and no errors."""
    body = {"status": 405, "title": "Method Not Allowed", "type": STATUS_PAGE}
    return Refusal(405, {**body, "detail": "The resource does not support this method."})


def duplicate_name() -> Refusal:
    """Build the 409 for a product name that another product holds."""
    return refuse(
        409,
        "The product name is a duplicate",
        {"name": "The product name is a duplicate"},
    )


def duplicate_product_sku() -> Refusal:
    """Build the first of the two documented wordings for a SKU that is taken."""
    return refuse(409, "The product sku is a duplicate", {"sku": "The product sku is a duplicate"})


def duplicate_variant_sku(sku: str) -> Refusal:
    """Build the second of the two documented wordings for a SKU that is taken."""
    return refuse(409, f"Sku {sku} is not unique", code=22003)


def duplicate_variant_values() -> Refusal:
    """Build the 409 for a second variant with the same option values."""
    return refuse(409, "Variant with the same option values set exists", code=22010)
