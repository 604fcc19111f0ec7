"""State in DynamoDB: pending rows, links, stores and the read model."""
