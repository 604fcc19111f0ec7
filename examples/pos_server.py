"""A whole POS in one file, as docs/your-pos-in-ten-minutes.md tells. Two ports: its own, the AWS's."""

import itertools
import json
import sys
import threading
import uuid
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

import boto3

TOKEN, SOURCE, STORE, BUS = "my-pos-token", "pos.mini", "demo", "tillbridge"
AT = {"endpoint_url": f"http://127.0.0.1:{sys.argv[2]}", "region_name": "eu-west-1"}
EVENTS = boto3.client("events", **AT, aws_access_key_id="local", aws_secret_access_key="local")  # noqa: S106 - the local AWS takes any
BLANK = json.loads("""{"deleted_at": null, "sku": "", "product_number": "", "external_ids": {},
  "description_html": "", "department": null, "vendor": null, "brand": "", "price": "0.00",
  "cost": null, "currency": "USD", "barcodes": [], "track_stock": true, "stock": [], "weight": null,
  "dimensions": null, "images": [], "options": [], "variants": [], "active": true}""")
VARIANT = {"product_number": "", "price": None, "cost": None, "barcodes": [], "stock": []}
PRODUCTS, ANSWERS, NAMES = {}, {}, {"departments": {}, "vendors": {}}
VERSIONS, LOCK = itertools.count(1), threading.RLock()


def save(record):  # under LOCK: no version may be read after a higher one
    version, now = next(VERSIONS), datetime.now(UTC).isoformat()
    stock = [level | {"version": version} for level in record["stock"]]
    PRODUCTS[record["id"]] = record | {"version": version, "updated_at": now, "stock": stock}
    return PRODUCTS[record["id"]]


def sell(number):  # the event goes out once the sale can be read
    with LOCK:
        (level,) = PRODUCTS[number]["stock"]
        left = level | {"on_hand": str(int(level["on_hand"]) - 1)}
        sold = save(PRODUCTS[number] | {"stock": [left]})
    meta = {"event_id": str(uuid.uuid4()), "schema_version": "1.0", "store_id": STORE}
    meta |= {"occurred_at": sold["updated_at"], "sequence": f"{sold['version']:020}"}
    data = {"products": [{"product_id": number, "version": sold["version"]}]}
    event = {"Source": SOURCE, "DetailType": "sale.completed", "EventBusName": BUS}
    EVENTS.put_events(Entries=[event | {"Detail": json.dumps({"metadata": meta, "data": data})}])
    return 200, sold


def numbers(product, name):
    if name == "external_id":
        return [value.lower() for value in product["external_ids"].values()]
    return [each[name].lower() for each in (product, *product["variants"])]


def products(query):
    everything = sorted(PRODUCTS.values(), key=lambda product: product["version"])
    for name in {"sku", "product_number", "external_id"} & query.keys():
        return 200, {"data": [p for p in everything if query[name].lower() in numbers(p, name)]}
    since, limit = int(query.get("since_version", 0)), int(query.get("limit", 100))
    if not 1 <= limit <= 500:
        return problem(422, "invalid", detail="limit is from 1 to 500")
    newer = [product for product in everything if product["version"] > since]
    page, more = newer[:limit], len(newer) > limit
    return 200, {
        "data": page,
        "has_more": more,
        "next_version": (page or [{"version": since}])[-1]["version"],
    }


def create(body, key):
    with LOCK:
        if not key or ANSWERS.get(key, (body,))[0] != body:
            return problem(422 if key else 400, "idempotency_key_reused" if key else "no_key")
        taken = [("external_id", value) for value in body.get("external_ids", {}).values()]
        for name, value in [] if key in ANSWERS else [*taken, ("sku", body.get("sku") or " ")]:
            for holder in products({name: value})[1]["data"]:
                return problem(409, f"{name}_taken", existing_id=holder["id"])
        if key not in ANSWERS:
            made = save(complete(body, f"m-{len(PRODUCTS) + 1}"))
            ANSWERS[key] = body, {k: made[k] for k in ("id", "sku", "version", "variants")}
        return 201, ANSWERS[key][1]


def complete(body, number):  # what a create leaves out is blank, and missing numbers are given
    made = BLANK | body | {"id": number, "sku": body.get("sku") or number, "variants": []}
    for place, sent in enumerate(body.get("variants", []), 1):
        own = {"id": f"{number}-{place}", "sku": sent.get("sku") or f"{number}-{place}"}
        made["variants"].append(VARIANT | sent | own)
    values = [v for each in made["variants"] for v in each["option_values"]]
    for name in dict.fromkeys(v["name"] for v in values):
        own = dict.fromkeys(v["value"] for v in values if v["name"] == name)
        made["options"] = [*made["options"], {"name": name, "values": [*own]}]
    for kind in ("department", "vendor"):
        known = {each["id"]: each for each in NAMES[f"{kind}s"].values()}
        made[kind] = known.get(body.get(f"{kind}_id"))
    return made


def problem(status, code, **more):
    return status, {"title": code, "status": status, "code": code, **more}


def answer(method, path, query, body, key):
    match method, path.split("/")[1:]:
        case "GET", ["v1", "outlets"]:
            return 200, {"data": [{"id": "o-1", "name": "Main Street", "active": True}]}
        case "GET", ["v1", "products"]:
            return products(query)
        case "POST", ["v1", "products"]:
            return create(body, key)
        case "POST", ["v1", "products:batchGet"]:
            known = [PRODUCTS[each] for each in body["ids"] if each in PRODUCTS]
            return 200, {"data": known, "not_found": [i for i in body["ids"] if i not in PRODUCTS]}
        case "GET", ["v1", "departments"]:
            return 200, {"data": [*NAMES["departments"].values()]}
        case "PUT", ["v1", ("departments" | "vendors") as kind, "by-name", quoted]:
            name = unquote(quoted).strip()
            new = {"id": f"{kind[0]}-{name}", "name": name}
            return 200, NAMES[kind].setdefault(name.lower(), new)
        case "POST", ["till", "sell", number] if number in PRODUCTS:
            return sell(number)
    return problem(404, "not_found")


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        url, key = urlsplit(self.path), self.headers.get("Idempotency-Key")
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, told = problem(401, "unauthorized")
        if not url.path.startswith("/v1/") or self.headers["Authorization"] == f"Bearer {TOKEN}":
            try:
                query, body = dict(parse_qsl(url.query)), json.loads(sent or "{}")
                status, told = answer(self.command, url.path, query, body, key)
            except (KeyError, ValueError):
                status, told = problem(422, "invalid")
        self.send_response(status)
        self.send_header("Content-Type", f"application/{'problem+' * (status > 399)}json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    do_POST = do_PUT = do_GET


save(complete({"name": "Beeswax Candle", "sku": "CNDL20", "price": "8.25"}, "m-1"))
save(PRODUCTS["m-1"] | {"stock": [{"outlet_id": "o-1", "on_hand": "60", "committed": "0"}]})
print(f"A POS at http://127.0.0.1:{sys.argv[1]}, its token is {TOKEN}", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Api).serve_forever()
