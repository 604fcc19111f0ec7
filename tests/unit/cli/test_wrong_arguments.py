"""Wrong arguments are refused at once, with exit status 2 and what to do."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app


def _refused(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, words)
    assert done.exit_code == 2, (done.output, done.exception)
    assert "Invalid value: " not in done.output, "the sentence must stand alone"
    return done.output


@pytest.mark.parametrize("held", ["[]", '["sale.completed"]', '"sale"', "7"])
def test_a_file_without_an_event_is_not_sent(tmp_path: Path, held: str) -> None:
    file = tmp_path / "event.json"
    file.write_text(json.dumps(json.loads(held)))
    assert "holds no event" in _refused("put-event", str(file))


@pytest.mark.parametrize(
    "held", ["[" * 100_000, '{"a":' * 100_000, '{"source": 7}', '{"source": "\\ud83d"}', "[{}, 7]"]
)
def test_a_file_of_odd_json_is_refused_in_words(tmp_path: Path, held: str) -> None:
    file = tmp_path / "event.json"
    file.write_text(held)
    assert "holds no event" in _refused("put-event", str(file))


@pytest.mark.parametrize("held", [b"\xff\xfe", b"", b"{", b"\x00"])
def test_a_file_that_is_no_json_is_refused_in_words(tmp_path: Path, held: bytes) -> None:
    file = tmp_path / "event.json"
    file.write_bytes(held)
    assert "is not JSON" in _refused("put-event", str(file))


NUMBERS = ["0", "-5", str(2**53), "9" * 20, "9" * 400]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda each: each[:20])
@pytest.mark.parametrize("words", [("import", "--id"), ("link", "p-1001", "--")], ids=" ".join)
def test_what_is_no_bigcommerce_number_is_refused_at_once(
    words: tuple[str, ...], number: str
) -> None:
    assert "is no BigCommerce number" in _refused(*words, number)


IDS = ["x" * 256, "x" * 300, " ", "\udcff"]


@pytest.mark.parametrize("id_", IDS, ids=ascii)
@pytest.mark.parametrize("command", ["link", "unlink", "undo", "push", "accept"])
def test_what_is_no_id_is_refused_at_once(command: str, id_: str) -> None:
    assert "is no id of a POS product" in _refused(command, id_)


@pytest.mark.parametrize("command", ["unlink", "undo", "push"])
def test_one_wrong_id_among_others_is_refused_at_once(command: str) -> None:
    assert "is no id" in _refused(command, "p-1001", "x" * 300)


def test_a_filter_that_no_name_fits_is_refused_at_once() -> None:
    assert "is no name" in _refused("import", "--filter", f"brand={'x' * 256}")


@pytest.mark.parametrize("command", ["list", "search", "runs"])
@pytest.mark.parametrize("limit", ["0", "-1", "9" * 20])
def test_a_limit_that_no_list_has_is_refused_at_once(command: str, limit: str) -> None:
    assert "--limit" in _refused(command, "--limit", limit)


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--record"),
        ("sandbox", "bigcommerce", "--record"),
    ],
    ids=" ".join,
)
def test_a_file_in_no_folder_is_refused_before_the_work(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    assert "There is no folder" in _refused(*words, str(tmp_path / "none" / "f.json"))


@pytest.mark.parametrize(
    "other", [("--drift",), ("--store", "shop"), ("--products", __file__), ("--sales", __file__)]
)
def test_a_demo_of_an_import_does_not_pass_over_other_demos_in_silence(
    other: tuple[str, ...],
) -> None:
    assert other[0] in _refused("demo", "--import", *other)


@pytest.mark.parametrize("name", ["my shop", "../shop", "", "läden", "x" * 65, "connect"])
def test_a_store_has_a_name_that_files_and_secrets_can_carry(tmp_path: Path, name: str) -> None:
    token = tmp_path / "token"
    token.write_text("t")
    told = _refused("store", "add", name, "--hash", "h", "--token-file", str(token))
    assert "cannot be a name" in told


@pytest.mark.parametrize("port", ["-1", "65534", "99999"])
def test_a_world_needs_three_ports(port: str) -> None:
    assert "--port-base" in _refused("up", "--port-base", port)


@pytest.mark.parametrize("words", [("--products",), ("--store-products",)], ids="".join)
@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("id,name,price\n", "only a header"),
        ("id,name,price\na,Lamp,12.x\n", "line 2: price '12.x'"),
    ],
    ids=["header", "bad row"],
)
def test_a_demo_of_no_product_is_refused_instead_of_keeping_every_promise(
    tmp_path: Path, words: tuple[str, ...], held: str, told: str
) -> None:
    file = tmp_path / "products.csv"
    file.write_text(held)
    assert told in _refused("demo", *words, str(file))


@pytest.mark.parametrize("other", ["--dry-run", "--full"])
def test_a_repair_cannot_be_a_dry_run(other: str) -> None:
    assert "--approve repairs" in _refused("reconcile", "--approve", "1795304177187-e57f", other)


def test_where_no_world_is_running_the_words_say_how_to_start_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TILLBRIDGE_HOME", str(tmp_path))
    monkeypatch.delenv("TILLBRIDGE_STACK", raising=False)
    done = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["list"])
    assert done.exit_code == 1, "the command line is right"
    assert done.output.startswith("Error: No local world is running")
    assert "Usage" not in done.output


@pytest.mark.parametrize(
    "url", ["http://pos.example", "pos.example", "https://u:p@pos.example", ""]
)
def test_no_pos_is_checked_at_an_address_that_no_token_goes_to(url: str) -> None:
    assert "cannot be used" in _refused("check-pos", url)


@pytest.mark.parametrize("beside", [("--dry-run",), ("--approve", "1795262400000-abcd")])
def test_to_adopt_a_pos_goes_with_no_dry_run_and_no_approval(beside: tuple[str, ...]) -> None:
    assert "Leave out --dry-run and --approve" in _refused("reconcile", "--adopt", *beside)
