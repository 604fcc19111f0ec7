"""BigCommerce accounts that `store add` remembers on this machine, without their tokens."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from cli.cannot_run import CannotRun
from cli.deployment.home import home, made_home, read_saved, read_token

BIGCOMMERCE = "https://api.bigcommerce.com"


@dataclass(frozen=True, slots=True)
class Account:
    """A BigCommerce store's address, and the file that holds its token."""

    name: str
    store_hash: str
    token_file: str
    api_url: str = BIGCOMMERCE

    def token(self) -> str:
        """Return the token, read from its file now. Raise CannotRun when it holds none."""
        return read_token(Path(self.token_file))


_SAVED = {each.name for each in fields(Account)}


def remember_account(account: Account) -> Path:
    """Save an account for a later `demo --store`, and return its file."""
    path = made_home("stores") / f"{account.name}.json"
    path.write_text(json.dumps(asdict(account), indent=1))
    return path


def find_account(name: str) -> Account:
    """Return the account that `store add` remembered. Raise CannotRun if none can be read."""
    path = home() / "stores" / f"{name}.json"
    if not path.exists():
        raise CannotRun(
            f"No store named '{name}' has been added. Add it with "
            f"`tillbridge store add {name} --hash … --token-file …`."
        )
    again = f"Delete it, and add the store again with `tillbridge store add {name} …`."
    saved = read_saved(path, again)
    if not (set(saved) == _SAVED and all(isinstance(each, str) for each in saved.values())):
        raise CannotRun(f"{path} is not what this version saves. {again}")
    return Account(**saved)
