"""BigCommerce accounts that `store add` remembers on this machine, without their tokens."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cli.cannot_run import CannotRun
from cli.deployment.home import home

BIGCOMMERCE = "https://api.bigcommerce.com"


@dataclass(frozen=True, slots=True)
class Account:
    """A BigCommerce store's address, and the file that holds its token."""

    name: str
    store_hash: str
    token_file: str
    api_url: str = BIGCOMMERCE

    def token(self) -> str:
        """Return the token, read from its file now."""
        return Path(self.token_file).read_text(encoding="utf-8").strip()


def remember_account(account: Account) -> Path:
    """Save an account for a later `demo --store`, and return its file."""
    path = home() / "stores" / f"{account.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(account), indent=1))
    return path


def find_account(name: str) -> Account:
    """Return the account that `store add` remembered. Raise CannotRun if there is none."""
    path = home() / "stores" / f"{name}.json"
    if not path.exists():
        raise CannotRun(
            f"No store named '{name}' has been added. Add it with "
            f"`tillbridge store add {name} --hash … --token-file …`."
        )
    return Account(**json.loads(path.read_text()))
