"""Why a deployed stack cannot be read, and what to do; and with which keys none is read."""

from typing import Any
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from cli.cannot_run import CannotRun
from cli.deployment.where import Where

LOCAL_KEY = "local"
"""The access key of every local world (sandbox/aws/session.py)."""

_REAL_KEYS = ("AKIA", "ASIA")
"""What AWS's own access keys begin with (IAM's documentation, Unique identifiers)."""

_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_UNKNOWN = frozenset({"InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure"})
_UNSIGNED = frozenset({"SignatureDoesNotMatch", "InvalidSignatureException"})
_FORBIDDEN = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})

_NO_KEYS = frozenset({"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"})
_SIGN_IN_AGAIN = frozenset(
    {
        "TokenRetrievalError",
        "SSOTokenLoadError",
        "UnauthorizedSSOTokenError",
        "LoginRefreshRequired",
    }
)


def need_fitting_keys(keys: Any, at: str) -> None:
    """Raise CannotRun when the keys of a local world would go to AWS, or AWS's keys to a local world. `keys`:
    botocore's credentials, None where there are none; `at`: the address that they would be used at."""
    key = str(keys.access_key) if keys is not None else ""
    here = urlsplit(at).hostname in {"127.0.0.1", "localhost", "::1"}
    if not here and key == LOCAL_KEY:
        raise CannotRun(
            "The AWS keys of this shell are a local world's, and the stack is not in it. `unset AWS_ACCESS_KEY_ID "
            "AWS_SECRET_ACCESS_KEY`, or name a profile with --profile."
        )
    if here and key.startswith(_REAL_KEYS):
        raise CannotRun(
            f"AWS_ENDPOINT_URL leads to {at} on this machine, and the AWS keys of this shell are real. `unset "
            "AWS_ENDPOINT_URL`; commands find a local world without it, by --world."
        )


def why_no_stack(meant: Where, problem: BotoCoreError | ClientError) -> str:
    """Return why a stack cannot be found, in one line, with what to do."""
    if isinstance(problem, ClientError):
        return _refused(meant, problem)
    kind = type(problem).__name__
    if kind == "ProfileNotFound":
        return f"{_ended(problem)} `aws configure list-profiles` lists those there are."
    if kind in {"NoRegionError", "InvalidRegionError"}:
        return f"{_ended(problem)} Say where the stack is: --region eu-west-1, or AWS_REGION."
    if kind in _NO_KEYS:
        return f"{_ended(problem)} {_sign_in(meant.profile)}"
    if kind in _SIGN_IN_AGAIN:
        return f"The sign-in to AWS is over. {_sign_in(meant.profile)}"
    return f"The stack '{meant.stack}' cannot be read: {_ended(problem)} Is this machine online, and the region right?"


def about_keys(problem: ClientError, profile: str = "") -> str:
    """Return what is wrong with the keys that AWS refused, with what to do; '' when it is something else."""
    code, _ = _told(problem)
    if code in _EXPIRED:
        return f"The AWS credentials have expired. {_sign_in(profile)}"
    if code in _UNKNOWN:
        return f"AWS does not know these credentials. {_sign_in(profile)}"
    if code in _UNSIGNED:
        return (
            "AWS does not take the secret access key, or this machine's clock is wrong. "
            f"{_sign_in(profile)}"
        )
    return ""


def _refused(meant: Where, problem: ClientError) -> str:
    if words := about_keys(problem, meant.profile):
        return words
    code, words = _told(problem)
    if code in _FORBIDDEN:
        return (
            f"These credentials may not read the stack '{meant.stack}': they lack the right "
            "cloudformation:DescribeStacks. Have it granted, or name another profile with --profile."
        )
    if code == "ValidationError" and "does not exist" in words:
        place = f"the region {meant.region}" if meant.region else "the region of this shell"
        return (
            f"There is no stack '{meant.stack}' in {place}. Say where it is with --region, and in which account "
            "with --profile."
        )
    return f"The stack '{meant.stack}' cannot be read: {_ended(problem)}"


def _told(problem: ClientError) -> tuple[str, str]:
    error = problem.response.get("Error", {})
    return str(error.get("Code", "")), str(error.get("Message", ""))


def _sign_in(profile: str) -> str:
    chosen = f" --profile {profile}" if profile else ""
    return f"Sign in with `aws sso login{chosen}` or `aws configure{chosen}`, and try again."


def _ended(problem: Exception) -> str:
    words = " ".join(str(problem).split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
