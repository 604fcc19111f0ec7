"""What a link tells people of the stock of a product whose content BigCommerce refused."""

from dataclasses import replace

from tillbridge.domain.capped import capped
from tillbridge.domain.connection import Settings
from tillbridge.domain.errors import Problem
from tillbridge.domain.plan import WorkItem
from tillbridge.domain.problem_words import GoesOn
from tillbridge.domain.stock_levels import known_holders, levels


def refused_too(content: Problem, stock: Problem) -> Problem:
    """Return the problem of a product of which first the content, then the stock was refused: the
    content's, with the words of both."""
    words = content.words
    for others in (*GoesOn, stock.words):
        words = words.replace(others, "").rstrip()
    return replace(content, words=capped(words, stock.words))


def with_what_goes_on(problem: Problem, work: WorkItem, settings: Settings) -> Problem:
    """Return the problem with words that say whether the product's stock still goes online; as it is
    for a product that is not online, or that has no stock to send."""
    link, record = work.link, work.record
    if link is None or not link.is_linked or record.deleted:
        return problem
    wanted = set(levels(record, settings, work.web_units))
    if not wanted:
        return problem
    known = wanted & known_holders(record, link)
    words = GoesOn.ALL if known == wanted else GoesOn.SOME if known else GoesOn.NONE
    return replace(problem, words=capped(problem.words, words))
