"""Refusals: `{"error", "message"}`, never RFC 9457 (fact 13)."""


class Refusal(Exception):
    """A call that the vendor will not carry out; nothing was changed."""

    def __init__(
        self, status: int, error: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message
        self.headers = headers or {}


def invalid(message: str) -> Refusal:
    """Return the refusal of a body that cannot be processed."""
    return Refusal(422, "invalid", message)


def not_found(what: str) -> Refusal:
    """Return the refusal of what is not there."""
    return Refusal(404, "not_found", f"{what} was not found.")
