"""Making a client reads megabytes of service models: a command that polls makes each one once."""

from cli.deployment.target import Target


def test_a_client_of_one_service_is_made_once() -> None:
    one, other = (Target({}, "http://127.0.0.1:1") for _ in range(2))
    assert one.client("sqs") is other.client("sqs")


def test_each_world_has_clients_of_its_own() -> None:
    one, other = (Target({}, f"http://127.0.0.1:{port}") for port in (1, 2))
    assert one.client("sqs") is not other.client("sqs")
