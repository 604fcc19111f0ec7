"""How long changes take, printed for people and as JSON."""

from cli.screen.console import console, table
from cli.shapes.health import Freshness
from tillbridge.domain.ids import StoreId
from tillbridge.domain.lag_histogram import Histogram, LagPath, Lags
from tillbridge.domain.lag_words import in_words

WORDS = {
    LagPath.STOCK: "from a sale or a count to the stock online",
    LagPath.CONTENT: "from a saved or imported product to the web",
    LagPath.ASKED: "from a person's push to the web",
    LagPath.ORDER_FOUND: "from a web order until it is known here",
    LagPath.ORDER_BOOKED: "from a web order until the POS has it",
    LagPath.ORDER_SETTLED: "from a web order until the stock online is right",
}
COLUMNS = ("", "how many", "half within", "95 % within", "longest")


def print_freshness(store: StoreId, hours: int, lags: Lags) -> None:
    """Print a line for each path on which anything went."""
    title = f"How fresh '{store}' is: {_span(hours)}"
    if not lags:
        console.print(f"{title}. Nothing changed.")
        return
    rows = [_row(WORDS[path], lags[path]) for path in LagPath if path in lags]
    console.print(table(title, COLUMNS, rows, whole=COLUMNS[1:]))


def freshness_json(store: StoreId, hours: int, lags: Lags) -> Freshness:
    """Return the lags of a store as JSON: a path without any is left out."""
    return {
        "store": store,
        "hours": hours,
        "paths": {
            path.value: {
                "count": lags[path].count,
                "p50_seconds": round(lags[path].at(0.5) / 1_000, 3),
                "p95_seconds": round(lags[path].at(0.95) / 1_000, 3),
                "max_seconds": lags[path].max_ms / 1_000,
            }
            for path in LagPath
            if path in lags
        },
    }


def _row(words: str, histogram: Histogram) -> tuple[object, ...]:
    lags = (histogram.at(0.5), histogram.at(0.95), float(histogram.max_ms))
    return (words, histogram.count, *(in_words(lag / 1_000) for lag in lags))


def _span(hours: int) -> str:
    if hours % 24:
        return "the last hour" if hours == 1 else f"the last {hours} hours"
    return "the last day" if hours == 24 else f"the last {hours // 24} days"
