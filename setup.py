"""The packages of the wheel; all else about it is in pyproject.toml."""

from setuptools import find_packages, setup

setup(
    packages=[
        *find_packages("layers/common/python"),
        *find_packages(".", include=["functions*", "sandbox*", "cli*"]),
        "tillbridge_project",
    ]
)
