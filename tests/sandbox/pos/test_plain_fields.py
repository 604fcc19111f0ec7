"""The plain fields: each goes from a save, a create and a file to the wire, and each has two kinds
of blank."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.pos.cloud import PosCloud
from sandbox.pos.creating import Creations
from sandbox.pos.csv_products import read_products
from sandbox.pos.plain_fields import (
    OWN_COLUMNS,
    PRODUCT_FIELDS,
    PRODUCT_ONLY,
    SHOPIFY_COLUMNS,
    VARIANT_FIELDS,
    PlainProductInput,
    PlainVariantInput,
)
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.wire import product_json

MAYBE_NONE = [
    name for name, field in PlainProductInput.model_fields.items() if field.default is None
]
WORDS = {name: f"the {name}" for name in PRODUCT_FIELDS}


def a_pos() -> PosCloud:
    return PosCloud(ListPublisher())


def a_shirt(**variant: Any) -> dict[str, Any]:
    return {"variants": [{"option_values": [{"name": "Size", "value": "S"}], **variant}]}


def shown(pos: PosCloud, product: str = "p") -> dict[str, Any]:
    return product_json(pos.catalogue.get(product))


def imported(pos: PosCloud, text: str) -> dict[str, Any]:
    loaded = read_products(text, "file.csv")
    assert loaded.skipped_rows == []
    pos.import_products(loaded.products, "file.csv", loaded.rows)
    return shown(pos)


def test_what_is_kept_is_what_may_be_given() -> None:
    assert set(PlainVariantInput.model_fields) == set(VARIANT_FIELDS)
    assert set(PlainProductInput.model_fields) == set(PRODUCT_FIELDS)
    assert set(SHOPIFY_COLUMNS) < set(OWN_COLUMNS) == set(PRODUCT_FIELDS)


def test_the_contract_knows_every_plain_field_where_it_stands(repository: Path) -> None:
    contract = yaml.safe_load((repository / "contracts" / "pos-api.openapi.yaml").read_text())
    schemas = {name: set(it["properties"]) for name, it in contract["components"]["schemas"].items()
               if "properties" in it}  # fmt: skip
    for schema in ("Product", "ProductCreate"):
        assert set(PRODUCT_FIELDS) <= schemas[schema]
    for schema in ("Variant", "VariantCreate"):
        assert set(VARIANT_FIELDS) <= schemas[schema]
        assert not set(PRODUCT_ONLY) & schemas[schema]


@pytest.mark.parametrize("name", PRODUCT_FIELDS)
def test_a_save_is_shown_and_the_next_save_leaves_it_alone(name: str) -> None:
    pos = a_pos()
    pos.save_product("p", name="Lamp", **{name: "the value"})
    pos.save_product("p", price="3.00")
    assert shown(pos)[name] == "the value"


@pytest.mark.parametrize("name", VARIANT_FIELDS)
def test_a_variant_has_its_own(name: str) -> None:
    pos = a_pos()
    pos.save_product("p", name="Shirt", **a_shirt(**{name: "own"}), **{name: "the shirt's"})
    pos.save_product("p", **a_shirt(price="3.00"))
    (variant,) = shown(pos)["variants"]
    assert (variant[name], shown(pos)[name]) == ("own", "the shirt's")


@pytest.mark.parametrize("blank", [None, ""])
@pytest.mark.parametrize("name", MAYBE_NONE)
def test_none_and_nothing_are_blank(name: str, blank: str | None) -> None:
    pos = a_pos()
    pos.save_product("p", name="Lamp", **{name: "Used"})
    pos.save_product("p", **{name: blank})
    assert shown(pos)[name] == blank


@pytest.mark.parametrize("blank", [None, ""])
def test_a_variants_part_number_is_blank_as_none_and_as_nothing(blank: str | None) -> None:
    pos = a_pos()
    pos.save_product("p", name="Shirt", mpn="S-1", **a_shirt(mpn="S-1/S"))
    pos.save_product("p", **a_shirt(mpn=blank))
    assert shown(pos)["variants"][0]["mpn"] == blank


def test_a_create_keeps_every_one() -> None:
    pos = a_pos()
    own = {name: f"own {name}" for name in VARIANT_FIELDS}
    body = {"name": "Shirt", **WORDS, **a_shirt(**own)}
    record = shown(pos, Creations(pos).create("key", body)["id"])
    assert {name: record[name] for name in WORDS} == WORDS
    assert {name: record["variants"][0][name] for name in own} == own


@pytest.mark.parametrize("name", PRODUCT_FIELDS)
def test_the_poss_own_file_has_a_column_of_that_name(name: str) -> None:
    pos = a_pos()
    assert imported(pos, f"id,name,{name}\np,Lamp,a value\n")[name] == "a value"
    assert imported(pos, "id,name\np,Lamp\n")[name] == "a value"
    assert not imported(pos, f"id,name,{name}\np,Lamp,\n")[name]


@pytest.mark.parametrize("name", VARIANT_FIELDS)
def test_on_the_row_of_a_variant_it_is_the_variants(name: str) -> None:
    header = f"id,name,option1_name,option1_value,{name}"
    record = imported(a_pos(), f"{header}\np,Shirt,Size,S,one\np,,,M,\n")
    assert [variant[name] for variant in record["variants"]] == ["one", ""]
    assert not record[name]


@pytest.mark.parametrize(("name", "column"), SHOPIFY_COLUMNS.items())
def test_shopifys_file_has_some_of_them(name: str, column: str) -> None:
    record = imported(a_pos(), f"Handle,Title,{column},Variant Price\np,Lamp,a value,1\n")
    assert record[name] == "a value"


MADE_UP = """
from sandbox.pos.cloud import PosCloud
from sandbox.pos.creating import Creations
from sandbox.pos.csv_products import read_products
from sandbox.pos.faults import FaultPlan
from sandbox.pos.publisher import ListPublisher
from sandbox.pos.wire import product_json

pos = PosCloud(ListPublisher())
size = [{"name": "Size", "value": "S"}]
made = {"option_values": size, "glaze": "matt"}
pos.save_product("p", name="Mug", glaze="gloss", kiln="7", variants=[made])
pos.save_product("p", price="2")
made = Creations(pos).create("k", {"name": "Cup", "glaze": "raku", "kiln": "8"})
loaded = read_products("id,name,glaze,kiln\\nq,Jar,salt,9\\n", "own.csv")
pos.import_products(loaded.products, "own.csv", 1)
for product in ("p", made["id"], "q"):
    record = product_json(pos.catalogue.get(product))
    print(record["glaze"], record["kiln"], [v["glaze"] for v in record["variants"]])
assert "kiln" not in product_json(pos.catalogue.get("p"))["variants"][0]
FaultPlan(omits=["glaze", "kiln"])
"""


def test_a_further_field_is_a_change_of_one_file(repository: Path, tmp_path: Path) -> None:
    home = tmp_path / "sandbox" / "pos"
    shutil.copytree(repository / "sandbox" / "pos", home)
    table = home / "plain_fields.py"
    written = table.read_text(encoding="utf-8")
    for known, further in (("    mpn: ", "    glaze: "), ("    condition: ", "    kiln: ")):
        line = f"{known}str | None = None\n"
        assert written.count(line) == 2
        written = written.replace(line, line + line.replace(known, further))
    table.write_text(written, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", MADE_UP], env=env, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["gloss 7 ['matt']", "raku 8 []", "salt 9 []"]
