"""Read orders and keep hooks with the Python client bigc (PyPI), and print the answers."""

import json
import sys

from bigc import BigCommerceAPI
from bigc.api_client import BigCommerceV2APIClient, BigCommerceV3APIClient
from bigc.exceptions import BigCommerceException

api_url, store_hash, token = sys.argv[1:]
# Only the address is changed.
for client, version in ((BigCommerceV2APIClient, "v2"), (BigCommerceV3APIClient, "v3")):
    client._prepare_url = lambda self, path, version=version: (
        f"{api_url}/stores/{self.store_hash}/{version}{path}"
    )
bigcommerce = BigCommerceAPI(store_hash, token)

orders = list(bigcommerce.orders_v2.all(params={"min_id": 101}))
lines = list(bigcommerce.orders_v2.all_products(orders[0]["id"]))
hook = bigcommerce.webhooks_v3.create(
    {"scope": "store/order/created", "destination": "https://hooks.example/here"}
)
bigcommerce.webhooks_v3.update(hook["id"], {"is_active": False})
refused = ""
try:
    bigcommerce.orders_v2.get(1)
except BigCommerceException as error:
    refused = type(error).__name__
refunds = list(bigcommerce.orders_v3.all_refunds())
found = {
    "orders": [order["id"] for order in orders],
    "none": list(bigcommerce.orders_v2.all(params={"min_id": 9999})),
    "status": bigcommerce.orders_v2.get(orders[0]["id"])["status"],
    "units": [line["quantity"] for line in lines],
    "refunded": [refund["order_id"] for refund in refunds],
    "refund": bigcommerce.orders_v3.get_refund(refunds[0]["id"])["total_amount"],
    "of_order": len(list(bigcommerce.orders_v3.all_refunds(refunds[0]["order_id"]))),
    "hooks": [held["is_active"] for held in bigcommerce.webhooks_v3.all()],
    "refused": refused,
}
bigcommerce.webhooks_v3.delete(hook["id"])
json.dump(found | {"hooks_left": len(list(bigcommerce.webhooks_v3.all()))}, sys.stdout)
