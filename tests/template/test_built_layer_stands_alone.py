"""The layer that `sam build` made holds all that the functions import.

The local AWS cannot show this: its workers run in this venv, which has every library.
"""

import json
import marshal
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from sandbox.aws.build import build

# What Lambda's own runtime brings (docs/adr/0002-boto3-is-the-runtimes-own.md).
RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3")

PROGRAM = """
import importlib, importlib.util, json, pkgutil, sys
layer, names, venv = json.loads(sys.argv[1])
sys.path.insert(0, layer)

class Runtime:
    \"\"\"Finds boto3 and its own parts in the venv, and nothing else there.\"\"\"
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in names:
            return importlib.machinery.PathFinder.find_spec(name, path or [venv])

sys.meta_path.append(Runtime())
import tillbridge
found = [m.name for m in pkgutil.walk_packages(tillbridge.__path__, "tillbridge.")]
for name in found:
    importlib.import_module(name)
print(json.dumps([tillbridge.__file__, found]))
"""


@pytest.fixture(scope="module")
def layer(repository: Path) -> Path:
    return build(repository) / "CommonLayer" / "python"


def test_every_module_of_the_layer_imports_with_the_layer_and_lambdas_runtime_alone(
    layer: Path,
) -> None:
    venv = next(p for p in sys.path if p.endswith("site-packages"))
    arguments = json.dumps([str(layer), RUNTIME, venv])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM, arguments],
        capture_output=True,
        text=True,
        check=False,
        # What Lambda always sets, and a region for clients made on import.
        env={"AWS_DEFAULT_REGION": "eu-west-1", "AWS_LAMBDA_FUNCTION_NAME": "test"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    where, found = json.loads(done.stdout)
    assert where.startswith(str(layer))
    assert "tillbridge.domain" in found


def test_the_layer_carries_its_libraries_and_leaves_boto3_to_the_runtime(layer: Path) -> None:
    assert {"aws_lambda_powertools", "pydantic", "requests"} <= {p.name for p in layer.iterdir()}
    assert not (layer / "boto3").exists()
    assert not (layer / "botocore").exists()


def test_the_layer_stays_far_below_what_lambda_takes(layer: Path) -> None:
    megabytes = sum(f.stat().st_size for f in layer.rglob("*") if f.is_file()) / 1e6
    assert megabytes < 40, f"{megabytes:.0f} MB unzipped; 250 are allowed, each costs start time"


def test_functions_are_a_few_kilobytes_each(layer: Path) -> None:
    for function in ("IntakeFunction", "PushFunction"):
        folder = layer.parents[1] / function
        assert (folder / "app.py").exists()
        assert sum(f.stat().st_size for f in folder.rglob("*.py")) < 20_000


def test_every_module_is_compiled_and_taken_without_a_look_at_its_source(layer: Path) -> None:
    built = layer.parents[1]
    modules = list(built.rglob("*.py"))
    compiled = [Path(cache_from_source(module)) for module in modules]
    assert len(modules) > 500
    assert [module for module, pyc in zip(modules, compiled, strict=True) if not pyc.exists()] == []
    unchecked = {int.from_bytes(pyc.read_bytes()[4:8], "little") for pyc in compiled}
    assert unchecked == {1}  # hash-based, and never checked


def test_a_traceback_names_the_place_of_a_module_on_lambda(layer: Path) -> None:
    module = layer / "tillbridge" / "domain" / "decision.py"
    code = marshal.loads(Path(cache_from_source(module)).read_bytes()[16:])  # noqa: S302 - our build wrote it
    assert code.co_filename == "/opt/python/tillbridge/domain/decision.py"
