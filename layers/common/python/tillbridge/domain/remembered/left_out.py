"""What a link says while, and after, values that BigCommerce refuses are left out of an update."""

from collections.abc import Mapping
from dataclasses import replace

from tillbridge.domain.errors import Problem
from tillbridge.domain.link import Link, LinkStatus
from tillbridge.domain.product import Product


def leaving_out(link: Link, values: Mapping[str, str]) -> Link:
    """Return the link by which an update is planned and recorded that goes without these values, as
    it goes without those that are held. It is never stored."""
    return replace(link, held={**link.held, **values})


def after_the_rest(
    link: Link, record: Product, problem: Problem, values: Mapping[str, str]
) -> Link:
    """Return the link after all of a product's content but these values was sent. The product stays
    failed, and these values count as not sent."""
    return replace(
        link,
        status=LinkStatus.FAILED,
        problem=problem,
        failed_version=record.version,
        held={key: value for key, value in link.held.items() if key not in values},
    )
