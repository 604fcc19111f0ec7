"""Call an address with the Python client bigc (PyPI), and print the answers."""

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

made = bigcommerce.products_v3.create(
    {
        "name": "Mug",
        "type": "physical",
        "price": 9.99,
        "weight": 0,
        "variants": [
            {"sku": label, "option_values": [{"option_display_name": "Size", "label": label}]}
            for label in ("S", "M")
        ],
    }
)
bigcommerce.products_v3.update(made["id"], {"name": "Cup"})
batch = bigcommerce.api_v3.put("/catalog/products", data=[{"id": made["id"], "price": 5}])
refused = ""
try:
    bigcommerce.products_v3.create({"name": "cup", "type": "physical", "price": 1, "weight": 0})
except BigCommerceException as error:
    refused = type(error).__name__
json.dump(
    {
        "names": [product["name"] for product in bigcommerce.products_v3.all()],
        "variants": [item["sku"] for item in bigcommerce.product_variants_v3.all(made["id"])],
        "price": batch[0]["price"],
        "currency": bigcommerce.api_v2.get("/store")["currency"],
        "refused": refused,
    },
    sys.stdout,
)
