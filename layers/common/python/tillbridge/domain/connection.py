"""A connection: one store's settings and state."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from tillbridge.domain.canary import Canary
from tillbridge.domain.field_policy import FieldPolicy
from tillbridge.domain.hook_access import HookAccess
from tillbridge.domain.ids import PosProductId, PosVariantId, StoreId
from tillbridge.domain.money_format import MoneyFormat
from tillbridge.domain.pos_account import PosAccount
from tillbridge.domain.safety_stock import LearnedSafety


class PushContent(StrEnum):
    """`literal`: every change pushes all content, as the articles say; `when_changed`: content
    that equals what was last sent costs no call."""

    LITERAL = "literal"
    WHEN_CHANGED = "when_changed"


class WebOrderMode(StrEnum):
    """What becomes of orders that BigCommerce takes. `off`: none is read. `ledger`: their units are kept
    from being sold again, and people book them in the POS. `pos`: the POS is told of each, too."""

    OFF = "off"
    LEDGER = "ledger"
    POS = "pos"


class StoreState(StrEnum):
    """`needs_attention`: BigCommerce refuses us until a person acts; work is kept meanwhile."""

    ACTIVE = "active"
    PAUSED = "paused"
    NEEDS_ATTENTION = "needs_attention"


@dataclass(frozen=True, slots=True)
class Pause:
    """Who paused a store, why ("" where nobody said) and when (epoch ms); all blank of one that is not paused."""

    by: str = ""
    why: str = ""
    since_ms: int = 0

    @property
    def words(self) -> str:
        """Return who paused the store and why; "" of one that is not paused."""
        return f"Paused by {self.by}" + (f": {self.why}." if self.why else ".") if self.by else ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a store (docs/settings.md). `outlets`: ids of the outlets whose stock counts,
    all when empty; `safety_stock` is in units; where `learned_safety` is, that holds instead. `web_outlet`: where web orders are booked; the first of
    `outlets` when blank."""

    fields: FieldPolicy = field(default_factory=FieldPolicy)
    push_content: PushContent = PushContent.LITERAL
    outlets: frozenset[str] = frozenset()
    safety_stock: int = 0
    default_department: str = "Web"
    auto_link: str = "suggest"
    reconcile_mode: str = "report"
    web_orders: WebOrderMode = WebOrderMode.OFF
    web_outlet: str = ""
    learned_safety: LearnedSafety | None = None

    def safety_of(self, product: PosProductId, variant: PosVariantId | None) -> int:
        """Return the units kept from the web of a variant, or of the product itself under None."""
        learned = self.learned_safety
        return self.safety_stock if learned is None else learned.of(product, variant)

    @property
    def orders_outlet(self) -> str:
        """Return the outlet where web orders are booked; "" where none is chosen."""
        return self.web_outlet or min(self.outlets, default="")


@dataclass(frozen=True, slots=True)
class Connection:
    """A store's addresses, POS account, settings and state. No call goes out before `not_before_ms` (epoch ms;
    0: at once). `attention_code` and `attention_words` say why the state is *needs_attention*, `pause` who made it *paused*.
    `ignored`: what this store's batch of variants was seen to ignore, by API names. `web_orders_since_ms`:
    web orders that were placed before do not count (epoch ms, BigCommerce's time): a shop may have keyed
    them into its POS by hand. `hooks`: by what a call to its webhooks is known. `canary`: the hidden
    product that measures delays, None without one. `settings_version`: how often the settings were changed.
    `money`: how the store writes prices, None where it was not read. `connected_ms`: when it was connected (epoch ms;
    0: by a release that did not note it). `first_day_over`: a person needs no guide any more. `title`: what people read instead of
    the name, which is the key everywhere; "" where nobody gave it one."""

    store: StoreId
    store_hash: str
    api_url: str
    pos_account: PosAccount
    channel_id: int = 1
    category_tree_id: int = 1
    location_id: int = 1
    settings: Settings = field(default_factory=Settings)
    state: StoreState = StoreState.ACTIVE
    attention_code: str = ""
    attention_words: str = ""
    pause: Pause = Pause()
    not_before_ms: int = 0
    failures: int = 0
    ignored: frozenset[str] = frozenset()
    web_orders_since_ms: int = 0
    hooks: HookAccess = field(default_factory=HookAccess)
    canary: Canary | None = None
    settings_version: int = 0
    money: MoneyFormat | None = None
    connected_ms: int = 0
    first_day_over: bool = False
    title: str = ""

    @property
    def shown_name(self) -> str:
        """Return what people read: its title or, where nobody gave it one, its name."""
        return self.title or self.store


def out_of_trouble(connection: Connection) -> Connection:
    """Return a connection as one that may be called at once, with nothing that failed before."""
    return replace(
        connection,
        state=StoreState.ACTIVE,
        attention_code="",
        attention_words="",
        not_before_ms=0,
        failures=0,
    )
