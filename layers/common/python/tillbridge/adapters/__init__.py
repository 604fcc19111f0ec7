"""The real BigCommerce, POS, DynamoDB, SQS and Secrets Manager behind the ports."""
