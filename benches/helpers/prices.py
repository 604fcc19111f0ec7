"""What AWS charges, in dollars, in one place: us-east-1, on demand, as of November 2026. Free tiers are left
out. Another region: change these, and run `python -m benches.costs`."""

REGION, AS_OF = "us-east-1", "November 2026"

SECRET, SECRET_READ = 0.40, 0.05 / 10_000
METRIC, ALARM = 0.30, 0.10
QUEUE_REQUEST, FIFO_REQUEST = 0.40e-6, 0.50e-6
GB_S = {"arm64": 13.3334e-6, "x86_64": 16.6667e-6}
INVOCATION = 0.20e-6
WRITE_UNIT, READ_UNIT = 0.625e-6, 0.125e-6
TABLE_GB = 0.25
RECOVERY_GB = 0.20
"""Point-in-time recovery, beside the table itself."""
BUS_EVENT = 1.00e-6
ARCHIVE_GB = 0.10
HTTP_CALL = 1.00e-6
LOG_GB = 0.50
OUT_GB = 0.09
"""Data that leave AWS."""

NAMED = (
    ("Secrets Manager, a secret, a month", SECRET),
    ("Secrets Manager, 10,000 calls", SECRET_READ * 10_000),
    ("CloudWatch, a figure of our own, a month", METRIC),
    ("CloudWatch, an alarm over one figure, a month", ALARM),
    ("CloudWatch Logs, a GB taken in", LOG_GB),
    ("Lambda arm64, a million GB-seconds", GB_S["arm64"] * 1e6),
    ("Lambda x86_64, a million GB-seconds", GB_S["x86_64"] * 1e6),
    ("Lambda, a million invocations", INVOCATION * 1e6),
    ("DynamoDB on demand, a million write units", WRITE_UNIT * 1e6),
    ("DynamoDB on demand, a million read units", READ_UNIT * 1e6),
    ("DynamoDB, a GB, a month", TABLE_GB),
    ("DynamoDB, point-in-time recovery, a GB, a month", RECOVERY_GB),
    ("SQS, a million requests", QUEUE_REQUEST * 1e6),
    ("SQS FIFO, a million requests", FIFO_REQUEST * 1e6),
    ("EventBridge, a million events", BUS_EVENT * 1e6),
    ("EventBridge archive, a GB taken in", ARCHIVE_GB),
    ("API Gateway HTTP, a million calls", HTTP_CALL * 1e6),
    ("Data out, a GB", OUT_GB),
)
"""Each price as the page of costs names it."""
