"""The outputs of the deployed stack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StackOutputs:
    """The template's Outputs, one field each; those of the console, of a key and of what is polled are blank where there is none."""

    version: str
    names_begin: str
    secret_prefix: str
    bus_name: str
    bus_arn: str
    pos_events_rule_arn: str
    pos_events_archive_arn: str
    pos_events_queue_url: str
    pos_events_dlq_url: str
    claim_parts_queue_url: str
    claim_parts_dlq_url: str
    store_work_queue_url: str
    store_work_dlq_url: str
    orders_queue_url: str
    orders_dlq_url: str
    wakes_queue_url: str
    wakes_dlq_url: str
    requests_queue_url: str
    requests_dlq_url: str
    imports_queue_url: str
    imports_dlq_url: str
    undelivered_dlq_url: str
    reconcile_queue_url: str
    reconcile_dlq_url: str
    links_table: str
    pending_table: str
    stores_table: str
    read_model_table: str
    counters_table: str
    orders_table: str
    history_table: str
    claim_bucket_name: str
    hooks_api_id: str
    hooks_address: str
    intake_function_name: str
    sweep_function_name: str
    push_function_name: str
    webhooks_function_name: str
    import_function_name: str
    orders_function_name: str
    reconcile_function_name: str
    kms_key_arn: str = ""
    console_api_id: str = ""
    console_address: str = ""
    console_function_name: str = ""
    pos_mirror_table: str = ""
    pos_polls_queue_url: str = ""
    pos_polls_dlq_url: str = ""
    poll_function_name: str = ""


def snake(name: str) -> str:
    """Return the name of the StackOutputs field that holds a template output."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
