"""Zip what `sam build` made, upload it, and point the template at the uploads."""

import hashlib
import zipfile
from copy import deepcopy
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samtranslator.yaml_helper import yaml_parse

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_CODE = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}

type Template = dict[str, Any]


def load_template(path: Path) -> Template:
    """Return a SAM or CloudFormation template with its short tags (!Ref …) written out."""
    return deepcopy(_parsed(path.read_text()))


@cache
def _parsed(text: str) -> Template:
    """Return what a text says. Parsing ours takes a third of a second, so each is parsed once."""
    template: Template = yaml_parse(text)
    return template


def package(built: Path, bucket: str, s3: "S3Client") -> Template:
    """Upload the local code folders to `bucket`, which must exist; return the changed template."""
    template = load_template(built / "template.yaml")
    uploaded: dict[str, str] = {}
    for resource in template["Resources"].values():
        key = _CODE.get(resource["Type"])
        if key is None:
            continue
        folder = resource["Properties"][key]
        if folder not in uploaded:
            content = zip_folder(built / folder)
            name = f"{hashlib.sha256(content).hexdigest()}.zip"
            s3.put_object(Bucket=bucket, Key=name, Body=content)
            uploaded[folder] = f"s3://{bucket}/{name}"
        resource["Properties"][key] = uploaded[folder]
    return template


def zip_folder(folder: Path) -> bytes:
    """Return a zip of every file below `folder`, as Lambda takes it.

    The zip is uncompressed, for speed, and equal files give equal bytes. What `compile_all` compiled is among them, as it
    is in AWS: a process of a function would compile 400 modules anew.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix())
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, file.read_bytes())
    return buffer.getvalue()
