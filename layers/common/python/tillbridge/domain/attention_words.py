"""Every problem of a whole connection, as `domain/problem_words.py` has those of one product."""

from tillbridge.domain.problem_meaning import FailureCode, Meaning


class AttentionCode(FailureCode):
    """Why a whole connection waits for a person."""

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
    TOKEN_DELETED = (
        "token_deleted",
        Meaning(
            "the secret with an access token is marked for deletion",
            "restore it, or store the token again",
            "The secret with the access token for {side} is marked for deletion. Restore it in AWS "
            "Secrets Manager; pushing then goes on by itself.",
        ),
    )
    TOKEN_FORBIDDEN = (
        "token_forbidden",
        Meaning(
            "the secret with an access token cannot be opened",
            "let the functions read it",
            "Tillbridge may not open the secret with the access token for {side}. Ask whoever runs "
            "Tillbridge on AWS to let its functions read and decrypt it; pushing then goes on by "
            "itself.",
        ),
    )
    TOKEN_ODD = (
        "token_odd",
        Meaning(
            "an access token has a line break or another character that no token has",
            "store it again",
            "The access token for {side} has a line break or another character that no token has. "
            "Store it again with `tillbridge store add`; pushing then goes on by itself.",
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
