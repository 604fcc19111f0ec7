"""What implements the ports: BigCommerce, the POS, DynamoDB, SQS, S3 and Secrets Manager."""
