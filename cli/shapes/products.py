"""Products: listed, side by side, pushed."""

from typing import TypedDict

from cli.shapes.moment import Moment


class ListedProduct(TypedDict):
    """A product in a view. `id` is that of the view's own side; the id of the other side is null while the two are
    not linked. `words` say what is wrong and what a person should know."""

    id: str
    name: str
    sku: str
    product_number: str
    price: str
    stock: str
    image: str
    status: str
    bigcommerce_id: int | None
    pos_id: str | None
    code: str
    words: list[str]


class Products(TypedDict):
    """A page of a view. `after` is what --after takes to go on; blank at the end."""

    products: list[ListedProduct]
    after: str


class FailedProduct(TypedDict):
    """A product that is not pushed, with the code of its problem ('' while it is only not linked yet)."""

    product: str
    code: str
    words: str


class PushOutcome(TypedDict):
    """What became of products that were to be pushed. `waiting`: those of a paused store. `calls`: to BigCommerce."""

    linked: list[str]
    failed: list[FailedProduct]
    waiting: list[str]
    calls: int


class PushPlan(TypedDict):
    """What --dry-run says of a push. `calls`: about so many. `note`: why it looks odd, or ''."""

    to_create: list[str]
    to_update: list[str]
    calls: int
    note: str


class RetryPlan(TypedDict):
    """What --dry-run says of a retry: the products that would be pushed again."""

    products: list[str]


class FieldSides(TypedDict):
    """A field on both sides; null where nothing is known. `mode`: when it is sent, null of what BigCommerce owns."""

    field: str
    owner: str
    mode: str | None
    pos: str | None
    web: str | None
    state: str
    last_sent: str | None
    last_sent_at: Moment | None
    place: str
    words: str


class LevelSides(TypedDict):
    """The stock of a product or a variant, from what is on hand to what is online; null where it is not known."""

    on_hand: int | None
    promised: int
    kept_back: int
    level: int | None
    online: int | None


class VariantSides(TypedDict):
    """A variant on both sides."""

    variant: str | None
    name: str
    bigcommerce_id: int | None
    fields: list[FieldSides]
    level: LevelSides | None


class WaitsIn(TypedDict):
    """A lane in which a product waits to be sent."""

    lane: str
    since: Moment | None
    attempts: int
    by: str
    because: list[str]


class ProductSides(TypedDict):
    """A product side by side. `variants_left`: of so many more nothing is kept."""

    product: str | None
    bigcommerce_id: int | None
    name: str
    status: str
    words: str
    pos_seen_at: Moment | None
    web_seen_at: Moment | None
    fields: list[FieldSides]
    level: LevelSides | None
    variants: list[VariantSides]
    variants_left: int
    waiting: list[WaitsIn]
    promised: str
