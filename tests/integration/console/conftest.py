"""Real tables for the lists."""

from tests.local_tables import aws, dynamodb, make_shared_table, make_table

__all__ = ["aws", "dynamodb", "make_shared_table", "make_table"]
