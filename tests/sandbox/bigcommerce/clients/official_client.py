"""Call an address with the official Python client (PyPI: bigcommerce), and print the answers."""

import json
import sys

from bigcommerce.api import BigcommerceApi
from bigcommerce.exception import ClientRequestException

api_url, store_hash, token = sys.argv[1:]
api = BigcommerceApi(client_id="client", store_hash=store_hash, access_token=token)
# Only the address is changed: the client itself writes https:// before every host.
api.connection.full_path = lambda path: f"{api_url}/stores/{store_hash}/v2/{path}"

made = api.Products.create(name="Official mug", type="physical", price="9.9900", weight="0.2")
renamed = api.Products.get(made.id).update(name="Official cup")
listed = [product.name for product in api.Products.all()]
refused = ""
try:
    api.Products.create(name="Official cup", type="physical", price="1.0000", weight="0")
except ClientRequestException as error:
    refused = type(error).__name__
json.dump(
    {
        "currency": api.Store.all().currency,
        "time": api.Time.all().time,
        "price": made.price,
        "renamed": renamed.name,
        "listed": listed,
        "refused": refused,
        "quota": api.connection.rate_limit["requests_quota"],
    },
    sys.stdout,
)
