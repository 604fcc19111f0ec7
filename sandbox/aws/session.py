"""A boto3 session of a local AWS, which nothing of the user's own AWS reaches."""

import os
from typing import Final

import boto3
import botocore.session
from botocore.config import Config

ACCESS_KEY: Final = "local"
"""The made-up access key of every local AWS, and its secret."""

_OF_NOBODY = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
"""No profile and no file: AWS_PROFILE with a name that is not there would stop the local world too, and
a setting in ~/.aws/config could send its calls elsewhere."""


def local_session(region: str) -> boto3.Session:
    """Return a session with made-up credentials, whatever profile, files and proxy the user has.

    Pass `endpoint_url` to its clients."""
    core = botocore.session.Session(session_vars=_OF_NOBODY)
    core.set_default_client_config(
        Config(use_fips_endpoint=False, use_dualstack_endpoint=False, proxies={})
    )
    return boto3.Session(ACCESS_KEY, ACCESS_KEY, region_name=region, botocore_session=core)
