"""The template's own tables on the local AWS, for importers that race."""

from tests.local_tables import aws, dynamodb, make_table

__all__ = ["aws", "dynamodb", "make_table"]
