"""include_fields and exclude_fields: which fields an answer shows."""

from typing import Any

from sandbox.bigcommerce.calls.call import Call


def project(call: Call, record: dict[str, Any], always: str = "id") -> dict[str, Any]:
    """Return a record with only the requested fields, its id and the included sub-resources."""
    wanted, unwanted = call.strings("include_fields"), call.strings("exclude_fields")
    included = call.strings("include") or []
    if wanted is not None:
        keep = {always, *wanted, *included}
        record = {key: value for key, value in record.items() if key in keep}
    if unwanted is not None:
        record = {
            key: value for key, value in record.items() if key == always or key not in unwanted
        }
    return record
