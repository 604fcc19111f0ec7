"""The local AWS parses an expression once, not once an item: otherwise a poll of a large table
starves it."""

from ministack.services import dynamodb

from sandbox.aws.child import cache_parsing


def test_a_query_over_many_items_parses_its_expression_once() -> None:
    before = dynamodb._tokenize, dynamodb._condition_syntax_error
    cache_parsing(dynamodb)
    try:
        values = {":pk": {"S": "shop"}, ":from": {"S": "outcome#"}}
        for number in range(50):
            item = {"pk": {"S": "shop"}, "sk": {"S": f"outcome#{number}"}}
            assert dynamodb._evaluate_condition(
                "pk = :pk AND begins_with(sk, :from)", item, values, {}
            )
        assert dynamodb._tokenize.cache_info().misses == 1
    finally:
        dynamodb._tokenize, dynamodb._condition_syntax_error = before
