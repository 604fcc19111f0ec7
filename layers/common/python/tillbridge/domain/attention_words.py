"""Every problem of a whole connection, as `domain/problem_words.py` has those of one product."""

from tillbridge.domain.problem_meaning import Case, FailureCode, Meaning


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
            "There is no access token for {side}. Store one with `{command}`; pushing then goes on by "
            "itself.",
        ),
    )
    TOKEN_DELETED = (
        "token_deleted",
        Meaning(
            "the secret with an access token is marked for deletion",
            "restore it, or store the token again",
            "The secret with the access token for {side} is marked for deletion. Restore it in AWS "
            "Secrets Manager, or store the token again with `{command}`; pushing then goes on by itself.",
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
            "Store it again with `{command}`; pushing then goes on by itself.",
        ),
    )
    POS_TOKEN_DEAD = (
        "pos_token_dead",
        Meaning(
            "the POS no longer accepts the access token",
            "make a new one in the POS, and store it",
            "The POS no longer accepts our access token. Make a new one in the POS and store it "
            "with `tillbridge store add`; pushing then goes on by itself.",
            cases={
                Case.ACCOUNT: "The POS no longer lets us in. Connect it again with `{command}`; everything that "
                "waits then goes on by itself."
            },
        ),
    )
    POS_KIND_UNKNOWN = (
        "pos_kind_unknown",
        Meaning(
            "this release cannot reach a POS of the kind that the store is connected to",
            "deploy a release that can",
            "This release of Tillbridge cannot reach a POS of the kind '{kind}'. Ask whoever runs "
            "Tillbridge to deploy a release that can; pushing then goes on by itself.",
        ),
    )
    POS_SCOPE_MISSING = (
        "pos_scope_missing",
        Meaning(
            "the POS refuses a call, because our access token lacks a scope, named in the words",
            "make a token that has it, and connect the POS again",
            "The POS refuses what Tillbridge asks: our access token lacks the scope {scope}. Make one "
            "in the POS that has it, and connect the POS again with `tillbridge pos connect`; pushing "
            "then goes on by itself.",
        ),
    )
    POS_API_EXPIRED = (
        "pos_api_expired",
        Meaning(
            "the POS answers otherwise than the version of its API that Tillbridge speaks",
            "deploy the newest release",
            "The POS answers otherwise than version {version} of its API does ({what}): that version "
            "has probably expired. Nothing is read or sent, so that nothing goes wrong online. Ask whoever "
            "runs Tillbridge to deploy the newest release; pushing then goes on by itself.",
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
    TOO_MANY_REFUSED = (
        "too_many_refused",
        Meaning(
            "BigCommerce refuses, or does not find, most of the products that it took before",
            "look at one of them in BigCommerce; then wait, or resume the store",
            "BigCommerce refused or did not find {refused} products in a row of work, all of which it "
            "took before ({why}). Nothing more is marked as failed. Look at one of them in "
            "BigCommerce. One product is tried every 15 minutes, and when it is taken everything goes "
            "on by itself; `tillbridge store resume` goes on at once.",
        ),
    )
    ORDER_UNREADABLE = (
        "order_unreadable",
        Meaning(
            "what is kept of a web order cannot be read, so nobody knows which units it sold",
            "deploy the newest release; else delete the order's rows, and take it again",
            "What Tillbridge keeps of web order {order} cannot be read, so nothing is sent: its units "
            "would be sold again. Ask whoever runs Tillbridge to deploy the newest release. If that does "
            "not help, they delete the order's two rows in the table *orders*, and "
            "`tillbridge orders take {order}` reads it again; pushing then goes on by itself.",
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
            cases={
                Case.ACCOUNT: "The POS counts its changes from an older number than it did before: was it "
                "restored from a backup? Nothing is read from it or sent until somebody has looked. If it was, "
                "run `tillbridge reconcile --adopt`; everything then goes on by itself.",
            },
        ),
    )
