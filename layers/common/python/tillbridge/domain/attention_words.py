"""Every problem of a whole connection, as `domain/problem_words.py` has those of one product."""

from tillbridge.domain.problem_meaning import FailureCode, Meaning


class AttentionCode(FailureCode):
    """Why a whole connection waits for a person; `pos_went_back` is told while its work goes on."""

    TOKEN_DEAD = (
        "token_dead",
        Meaning(
            "BigCommerce no longer accepts the access token",
            "make a new API account, and store its token",
            "BigCommerce no longer accepts this store's access token. Make a new API account in "
            "BigCommerce and store its token with `tillbridge store add`; pushing then goes on by "
            "itself.",
        ),
    )
    TOKEN_MISSING = (
        "token_missing",
        Meaning(
            "there is no access token for one of the two sides",
            "store one",
            "There is no access token for {side}. Store one with `tillbridge store add`; pushing "
            "then goes on by itself.",
        ),
    )
    POS_TOKEN_DEAD = (
        "pos_token_dead",
        Meaning(
            "the POS no longer accepts the access token",
            "make a new one in the POS, and store it",
            "The POS no longer accepts our access token. Make a new one in the POS and store it "
            "with `tillbridge store add`; pushing then goes on by itself.",
        ),
    )
    ADDRESS_REFUSED = (
        "address_refused",
        Meaning(
            "the address of one of the two sides is none that a token may be sent to",
            "connect the store again with the right address",
            "No access token is sent to {address}. {why} Connect the store again, with the right "
            "address, with `tillbridge store add`; pushing then goes on by itself.",
        ),
    )
    SCOPE_MISSING = (
        "scope_missing",
        Meaning(
            "the API account lacks a scope, named in the words",
            "make an API account that has it, and store its token",
            "BigCommerce refuses this (“{title}”): the store's API account lacks the scope "
            "{scope}. Make an API account that has it and store its token with `tillbridge store "
            "add`; pushing then goes on by itself.",
        ),
    )
    SUSPENDED = (
        "suspended",
        Meaning(
            "BigCommerce has suspended the store",
            "settle it with BigCommerce",
            "BigCommerce has suspended this store. Settle it with BigCommerce; pushing then goes "
            "on by itself.",
        ),
    )
    POS_WENT_BACK = (
        "pos_went_back",
        Meaning(
            "the POS shows many products in an older version than was pushed, as after a restored "
            "backup; the others go on",
            "`tillbridge reconcile --adopt`, or push those that are right in the POS",
            "The POS shows {count} products in an older version than was pushed before: was it "
            "restored from a backup? Nothing of these goes online, their stock neither; all else goes on "
            "by itself. If it was, run `tillbridge reconcile --adopt`; otherwise push those that are right in the POS.",
        ),
    )
