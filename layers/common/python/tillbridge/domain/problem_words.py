"""Every problem of one product: its code, what it means, what to do about it and the words for shop
staff, written once. docs/glossary.md lists the same (tests/unit/domain/test_problems.py checks it);
`domain/attention_words.py` has the problems of a whole connection.

It is long because it is one table: whoever words a problem reads its neighbours, and an enum is written
in one place."""

from enum import StrEnum

from tillbridge.domain.problem_meaning import Case, FailureCode, Meaning


class GoesOn(StrEnum):
    """What people read, after a problem of a product that is online, about its stock and the rest."""

    ALL = "Its stock online goes on as before."
    SOME = "The stock of those of its variants that are online goes on as before."
    NONE = "Its stock online stays as it is until then."
    REST = "All else of it goes on as before, its stock too."


class ProblemCode(FailureCode):
    """Why one product is refused."""

    NAME_BLANK = (
        "name_blank",
        Meaning(
            "the product has no name",
            "name it in the POS",
            "The product has no name. Give it one in the POS.",
            "name",
        ),
    )
    NAME_TOO_LONG = (
        "name_too_long",
        Meaning(
            "the name has over 250 characters",
            "shorten it",
            "The name has {count} characters; BigCommerce takes {limit}. Shorten it.",
            "name",
        ),
    )
    NAME_TAKEN = (
        "name_taken",
        Meaning(
            "another product has the name",
            "rename one, or link to it",
            "BigCommerce already has a product named '{name}' (#{holder}). Rename one, or link to "
            "it.",
            "name",
            {
                Case.DUPLICATE: "The POS product '{other}' ({blocked_by}) already has this name, "
                "and BigCommerce takes a name only once. Rename one of them."
            },
        ),
    )
    SKU_BLANK = (
        "sku_blank",
        Meaning(
            "a variant has no SKU",
            "give it one",
            "{who} has no SKU. Give it one in the POS.",
            "sku",
        ),
    )
    SKU_REPEATED = (
        "sku_repeated",
        Meaning(
            "two variants of the product share a SKU",
            "change one",
            "Two variants of this product have the SKU '{sku}'. Change one.",
            "sku",
        ),
    )
    SKU_CHARACTERS = (
        "sku_characters",
        Meaning(
            "a SKU has other characters than letters, digits, hyphen, underscore, space",
            "change it",
            "The SKU '{sku}' of {who} has {odd}, which BigCommerce refuses. Use only letters from A "
            "to Z, digits, hyphen, underscore and space.",
            "sku",
        ),
    )
    SKU_TOO_LONG = (
        "sku_too_long",
        Meaning(
            "a SKU has over 255 characters",
            "shorten it",
            "The SKU of {who} has {count} characters; BigCommerce takes {limit}. Shorten it.",
            "sku",
        ),
    )
    SKU_TAKEN = (
        "sku_taken",
        Meaning(
            "another product or variant has the SKU",
            "change one, or link to it",
            "BigCommerce already has a product with the SKU '{sku}' (#{holder}). Change one, or "
            "link to it.",
            "sku",
            {
                Case.DUPLICATE: "The POS product '{other}' ({blocked_by}) already has the SKU "
                "'{sku}', and BigCommerce takes a SKU only once. Change one of them."
            },
        ),
    )
    PRICE_NEGATIVE = (
        "price_negative",
        Meaning(
            "a price below 0",
            "correct it",
            "The price of {who} is {amount}; BigCommerce takes 0 or more. Correct it in the POS.",
            "price",
        ),
    )
    COST_NEGATIVE = (
        "cost_negative",
        Meaning(
            "a cost below 0",
            "correct it",
            "The cost of {who} is {amount}; BigCommerce takes 0 or more. Correct it in the POS.",
            "cost",
        ),
    )
    BARCODE_TOO_LONG = (
        "barcode_too_long",
        Meaning(
            "a barcode has over 14 characters",
            "correct it",
            "The barcode '{barcode}' of {who} has {count} characters; BigCommerce takes {limit}. "
            "Correct it.",
            "barcodes",
        ),
    )
    TEXT_TOO_LONG = (
        "text_too_long",
        Meaning(
            "a text, such as the bin picking number, is longer than BigCommerce takes",
            "shorten it",
            "The {label} of {who} has {count} characters; BigCommerce takes {limit}. Shorten it.",
        ),
    )
    NO_SUCH_CHOICE = (
        "no_such_choice",
        Meaning(
            "a field such as the condition has a value that BigCommerce does not know",
            "choose one that it knows",
            "The {label} of {who} is '{value}'; BigCommerce knows only {choices}. Choose one of "
            "these in the POS, or leave it blank.",
        ),
    )
    OPTION_BLANK = (
        "option_blank",
        Meaning(
            "a variant lacks an option value",
            "fill it in",
            "{who} lacks an option value (such as a size). Fill it in.",
            "options",
            {
                Case.IMPORT: "A variant of '{name}' has an option without a name or value. "
                "Enter it in BigCommerce, then import the product again."
            },
        ),
    )
    OPTION_REPEATED = (
        "option_repeated",
        Meaning(
            "two variants have the same options",
            "change one",
            "Two variants are both {who}. Change one of them.",
            "options",
            {
                Case.IMPORT: "Two variants of '{name}' have the same options. Change one in "
                "BigCommerce, then import the product again."
            },
        ),
    )
    OPTION_TOO_LONG = (
        "option_too_long",
        Meaning(
            "an option has over 255 characters",
            "shorten it",
            "An option of {who} has over {limit} characters. Shorten it.",
            "options",
        ),
    )
    TOO_MANY_OPTION_VALUES = (
        "too_many_option_values",
        Meaning(
            "an option has more values than BigCommerce takes",
            "split the product",
            "The option '{option}' has {count} values; BigCommerce takes {limit}. Split the "
            "product.",
            "options",
        ),
    )
    TOO_MUCH_TEXT = (
        "too_much_text",
        Meaning(
            "its variants' options and its image addresses are over 300 kB together",
            "shorten the options, or split the product",
            "The product's {variants} variants and {images} images have {size} kB of options, "
            "SKUs and addresses; Tillbridge can remember {limit}. Shorten the options, or split "
            "the product.",
            "options",
        ),
    )
    TOO_MANY_VARIANTS = (
        "too_many_variants",
        Meaning(
            "it has over 600 variants, or over 200 at an import",
            "split the product",
            "The product has {count} variants; BigCommerce takes {limit}. Split it into several "
            "products.",
            "variants",
            {
                Case.IMPORT: "'{name}' has {count} variants; the POS takes {limit}. Split it into "
                "several products in BigCommerce, then import them."
            },
        ),
    )
    TOO_MANY_OPTIONS = (
        "too_many_options",
        Meaning(
            "at an import, it has more options than the POS takes",
            "split the product",
            "'{name}' has {count} options (such as size and colour); the POS takes {limit}. Split it into "
            "several products in BigCommerce, then import them.",
            "options",
        ),
    )
    CLASH = (
        "clash",
        Meaning(
            "BigCommerce said duplicate and did not say of what",
            "compare, then push again",
            "BigCommerce says that the name or a SKU of '{name}' is taken ({said}), but shows no "
            "product that has it. Compare both sides, then push again.",
        ),
    )
    REFUSED = (
        "refused",
        Meaning(
            "BigCommerce refused a value",
            "its words say which",
            "BigCommerce refused '{name}': {said}. Correct it in the POS, then push again.",
        ),
    )
    CHANNEL_REFUSED = (
        "channel_refused",
        Meaning(
            "BigCommerce would not put a new product on the storefront",
            "check that the store's channel is there, then push again",
            "BigCommerce would not put '{name}' on the storefront (channel {channel}): {said}. "
            "Check the channel in BigCommerce, then push again.",
        ),
    )
    STOCK_REFUSED = (
        "stock_refused",
        Meaning(
            "BigCommerce refused the level",
            "look at how the product tracks stock there",
            "BigCommerce refused the stock of '{name}': {said}. Check how the product tracks "
            "stock in BigCommerce, then push again.",
            "stock",
        ),
    )
    COUNT_IMPOSSIBLE = (
        "count_impossible",
        Meaning(
            "a count that cannot be one, such as a scanned barcode; never a failure: that level is "
            "held, all else goes",
            "count it again",
            "The POS counts {count} units of {who}, which looks like a scanned barcode. Its level "
            "online stays as it was. Count it again in the POS.",
            "stock",
        ),
    )
    DELETED_ONLINE = (
        "deleted_online",
        Meaning(
            "the BigCommerce product was deleted",
            "push to make it again, or unlink",
            "BigCommerce no longer has '{name}' (#{number}): it was deleted there. Push it to "
            "create it again, or unlink it.",
            cases={
                Case.BACK: "BigCommerce shows '{name}' (#{number}) again, which was deleted there. "
                "Link to it again with `tillbridge link {product} {number}`, or delete it there and "
                "push again."
            },
        ),
    )
    DELETED_IN_POS = (
        "deleted_in_pos",
        Meaning(
            "the POS deleted it before it came online",
            "nothing",
            "The POS deleted this product before it came online. There is nothing left to do.",
        ),
    )
    NOT_HIDDEN = (
        "not_hidden",
        Meaning(
            "the POS deleted it, and the settings do not let pushes hide it",
            "hide it in BigCommerce, or unlink it",
            "The POS deleted this product, and this store's settings do not let Tillbridge hide it. "
            "Hide it in BigCommerce, or unlink it.",
            "visibility",
        ),
    )
    POS_WENT_BACK = (
        "pos_went_back",
        Meaning(
            "the POS shows an older version than was pushed, as after a restored backup; nothing of "
            "the product goes online, its stock neither",
            "push it to take what the POS shows; if the whole POS was restored, `tillbridge "
            "reconcile --adopt`",
            "The POS shows version {shown} of '{name}', and version {pushed} was pushed before: was "
            "the POS restored from a backup? Until this is settled nothing of the product goes "
            "online, its stock neither{levels}. Push it to take what the POS shows now. If the whole "
            "POS was restored, run `tillbridge reconcile --adopt`, which takes all of it.",
        ),
    )
    NOT_IN_POS = (
        "not_in_pos",
        Meaning(
            "the POS has no such product",
            "check the number",
            "The POS has no product '{product}'. Check the number, then try again.",
        ),
    )
    POS_RECORD_UNREADABLE = (
        "pos_record_unreadable",
        Meaning(
            "the POS's record cannot be read",
            "save it in the POS, then push again",
            "The POS's record of this product cannot be read ({what}). Save the product again in "
            "the POS, or tell the POS's support.",
        ),
    )
    WEB_RECORD_UNREADABLE = (
        "web_record_unreadable",
        Meaning(
            "BigCommerce's record cannot be read",
            "save it in BigCommerce, then try again",
            "BigCommerce's record of #{number} cannot be read ({what}). Save the product again in "
            "BigCommerce, then try again.",
        ),
    )
    CHANGED_SINCE_PLANNED = (
        "changed_since_planned",
        Meaning(
            "a push would lose something that its plan did not name",
            "push it again, and look at the plan",
            "Since the push was planned, its {what} changed: '{old}' online would become {new}, which the plan did "
            "not name. It was left as it is. Push it again, and look at what changes.",
        ),
    )
    KEEPS_FAILING = (
        "keeps_failing",
        Meaning(
            "ten attempts failed, though the store answers; it is tried every quarter of an hour",
            "nothing, or push to try at once",
            "BigCommerce failed {count} times on this product ({why}). Tillbridge tries again "
            "every quarter of an hour; push it to try at once.",
        ),
    )
    FAULT = (
        "fault",
        Meaning(
            "Tillbridge itself failed on it; it is tried again, at last every quarter of an hour",
            "report it, or push to try at once",
            "Tillbridge failed on '{name}' by a fault of its own ({said}). Nothing of it is lost, "
            "and it is tried again at least every quarter of an hour. Report the fault; push the "
            "product to try at once.",
        ),
    )
    FORBIDDEN = (
        "forbidden",
        Meaning(
            "BigCommerce, or a firewall in front of it, lets other products through, but not it",
            "correct what looks like program code or an odd address in its texts",
            "BigCommerce, or a firewall in front of it, does not let '{name}' through ({said}). "
            "Look in its texts in the POS for program code or odd addresses and correct them, or "
            "ask BigCommerce's support. It is tried again every quarter of an hour; push it to try "
            "at once.",
        ),
    )
    QUESTION_REFUSED = (
        "question_refused",
        Meaning(
            "BigCommerce refuses a question that a push of it asks, as for its categories",
            "check the store's category tree, or push to try at once",
            "BigCommerce refuses a question that is needed to push '{name}' ({said}). Check in "
            "BigCommerce that the store's category tree is there. It is tried again every quarter "
            "of an hour; push it to try at once.",
        ),
    )


WHILE_TRIED = frozenset(
    {
        ProblemCode.KEEPS_FAILING,
        ProblemCode.FAULT,
        ProblemCode.FORBIDDEN,
        ProblemCode.QUESTION_REFUSED,
    }
)
"""The problems of a product that is still tried: they end when a try succeeds."""
