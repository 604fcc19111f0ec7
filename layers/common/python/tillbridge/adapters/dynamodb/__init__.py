"""The ports over DynamoDB: pending rows, links, stores, imports, runs and the read model."""
