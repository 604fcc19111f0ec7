"""The shipped function `push`, with the rights of its role, puts on the bus what a shopper did in the sandbox
store, and whoever listens hears it."""

import json
import time
from typing import Any

import pytest

from sandbox.aws.build import build
from sandbox.aws.deploy import deploy
from sandbox.aws.outputs import StackOutputs
from sandbox.aws.server import LocalAws, start_aws
from sandbox.bigcommerce.orders.personal import CANARIES
from sandbox.bigcommerce.server.server import StoreServer
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.server import PosServer
from tests.builders import a_connection, a_pos_account
from tests.contract.event_schemas import complaints
from tests.sandbox.bigcommerce.conftest import Api
from tests.sandbox.bigcommerce.orders.conftest import sold_by
from tillbridge.adapters.dynamodb.stores import DynamoStores
from tillbridge.adapters.messages.signals import SqsSignals
from tillbridge.domain.connection import Connection, Settings, WebOrderMode
from tillbridge.domain.ids import StoreId
from tillbridge.domain.web_orders.order_events import SOURCE

DEMO = StoreId("demo")
PATIENCE_S = 60.0


def _client(aws: LocalAws, service: str) -> Any:
    return aws.session().client(service, endpoint_url=aws.endpoint_url)  # type: ignore[call-overload]  # any of them


def _listens(aws: LocalAws, bus: str) -> str:
    """Return the queue of somebody who listens for web orders."""
    sqs, events = _client(aws, "sqs"), _client(aws, "events")
    url = sqs.create_queue(QueueName="erp")["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    pattern = json.dumps({"source": [SOURCE]})
    events.put_rule(Name="erp", EventBusName=bus, EventPattern=pattern)
    target = {"Id": "erp", "Arn": asked["Attributes"]["QueueArn"]}
    events.put_targets(Rule="erp", EventBusName=bus, Targets=[target])
    return str(url)


def _heard(aws: LocalAws, queue: str) -> list[dict[str, Any]]:
    """Return what the listener hears first; it deletes what it took."""
    sqs = _client(aws, "sqs")
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        asked = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        if messages := asked.get("Messages"):
            for each in messages:
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
            return [json.loads(each["Body"]) for each in messages]
    return []


def _connects(
    aws: LocalAws, outputs: StackOutputs, store: StoreServer, pos: PosServer
) -> Connection:
    account = a_pos_account(DEMO, address=pos.base_url)
    connection = a_connection(
        DEMO,
        store_hash=store.store_hash,
        api_url=store.api_url,
        pos_account=account,
        settings=Settings(web_orders=WebOrderMode.LEDGER),
    )
    DynamoStores(_client(aws, "dynamodb"), outputs.stores_table).save_connection(connection)
    secrets = _client(aws, "secretsmanager")
    for name, token in ((f"pos/{account.key}", pos.token), (f"store/{DEMO}", store.token)):
        text = json.dumps({"access_token": token})
        secrets.create_secret(Name=f"{outputs.secret_prefix}/{name}", SecretString=text)
    return connection


@pytest.mark.timeout(240)
def test_what_a_shopper_did_is_heard_by_whoever_listens() -> None:
    with (
        start_aws() as aws,
        PosServer(publisher=ListPublisher(), store_ids=(DEMO,)) as pos,
        StoreServer(quota="none", stock_delay_ms=0) as store,
    ):
        api = Api(store)
        sold = sold_by(store, api, mugs=10)
        outputs = deploy(aws, build())
        queue = _listens(aws, outputs.bus_name)
        _connects(aws, outputs, store, pos)
        order, sqs = sold.buy(2), _client(aws, "sqs")
        signals = SqsSignals(sqs, outputs.store_work_queue_url, outputs.wakes_queue_url)
        signals.signal(DEMO)
        heard = _heard(aws, queue)
        sold.shop.close()
        api.session.close()
    (event,) = heard
    assert event["detail-type"] == "web_order.placed"
    assert event["detail"]["data"]["order"]["id"] == order
    assert complaints(event) == []
    assert [word for word in CANARIES if word in json.dumps(event)] == []
