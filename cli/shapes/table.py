"""Which shape each command prints with `--json`. Those in LINES print one line after the other, until they end."""

from collections.abc import Mapping
from typing import Any

from cli.shapes import health, links, orders, products, runs, sides, stores
from cli.shapes.why import Reasons

SHAPES: Mapping[str, Any] = {
    "push": products.PushOutcome | products.PushPlan,
    "retry": products.PushOutcome | products.RetryPlan,
    "list": products.Products,
    "search": products.Products,
    "status": health.Status,
    "problems": health.Problems,
    "show": products.ProductSides,
    "why": Reasons,
    "watch": health.Happening,
    "links export": links.Links,
    "links import": links.ImportedLinks,
    "links rebuild": links.RebuiltLinks,
    "store rename": stores.Named,
    "store remove": stores.Removed,
    "sam-env": stores.Containers,
    "verify": sides.Compared,
    "freshness": health.Spans,
    "orders list": orders.Orders,
    "orders show": orders.Order,
    "orders ack": orders.OrderAnswers,
    "orders retry": orders.OrderAnswers,
    "orders take": orders.OrderAnswers,
    "oversell": orders.SoldTwice,
    "link": links.Answers | links.Suggestions,
    "unlink": links.Answers,
    "undo": links.Answers,
    "import": links.ImportOutcome | links.ImportPlan,
    "reconcile": runs.RunWithFindings,
    "drift": runs.Drift,
    "accept": runs.Accepted,
    "runs": runs.Runs,
    "replay": runs.Replayed,
    "jobs": runs.Jobs | runs.Job,
    "dead-letters": health.DeadLetters | health.Decided,
    "canary": stores.Canary,
    "safety": stores.Safety,
    "store add": stores.Connected,
    "store list": stores.Stores,
    "store set": stores.Settings,
    "store pause": stores.StoreState,
    "store resume": stores.StoreState,
    "store rotate-token": stores.NewToken,
    "hooks": stores.Hooks,
    "check-pos": stores.CheckedPos,
    "check-store": stores.CheckedStore,
    "up": stores.World | health.Happening,
    "demo": sides.DemoDay | sides.DemoImport | sides.DemoSaturday,
    "sign-in": stores.Token,
    "put-event": stores.Sent,
    "trigger": stores.Triggered,
    "sandbox bigcommerce": stores.SandboxStore,
}

LINES = frozenset({"watch", "up"})
