"""What the port of links promises of recording what was sent, kept by the fake and by DynamoDB."""

from dataclasses import replace
from functools import partial

from tests.builders import JUMPER, LANTERN, STORE, a_link, linked_variants
from tests.contract.ports.linked import NAME_TAKEN, a_full_link, the_link, with_levels
from tests.contract.ports.races import race
from tillbridge.domain.ids import PosProductId, StoreProductId
from tillbridge.domain.link import Doubt, Link, LinkStatus, Part, SentImage
from tillbridge.ports.links import Links


def test_what_was_pushed_is_recorded_and_ends_a_refusal(links: Links) -> None:
    links.linked(STORE, a_full_link())
    links.failed(
        STORE,
        replace(a_full_link(), status=LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=2),
    )
    sent = replace(
        a_full_link(),
        name="Gansey",
        sku="GANSEY",
        fingerprint="as-sent-later",
        content_version=3,
        visible=False,
        tracking="none",
        notes=(),
        held={},
    )

    assert links.pushed(STORE, [sent]) == []
    assert the_link(links, JUMPER) == sent


def test_an_older_push_never_replaces_a_newer_one_and_is_told_so(links: Links) -> None:
    links.linked(STORE, a_link(content_version=7))
    links.linked(STORE, a_link(JUMPER, id=StoreProductId(202), content_version=7))
    newer = links.pushed(
        STORE,
        [
            a_link(content_version=6, name="Old Lantern"),
            a_link(JUMPER, id=StoreProductId(202), content_version=7, name="Same Jumper"),
        ],
    )

    assert newer == [LANTERN]
    assert the_link(links).name == "Storm Lantern"
    assert the_link(links, JUMPER).name == "Same Jumper"


def test_a_push_leaves_levels_that_were_written_meanwhile(links: Links) -> None:
    read = a_link(JUMPER, variants=with_levels(4, 6), level=None, debt=0)
    links.linked(STORE, read)
    links.stocked(STORE, [replace(read, variants=with_levels(1, 2), debt=5, stock_version=8)])
    links.pushed(STORE, [replace(read, content_version=2)])

    assert the_link(links, JUMPER) == replace(
        read, variants=with_levels(1, 2), debt=5, stock_version=8, content_version=2
    )


def test_a_variant_made_anew_has_no_level_though_the_old_one_had(links: Links) -> None:
    links.linked(STORE, a_link(JUMPER, variants=with_levels(4, 6)))
    small, medium = with_levels(4, 6).items()
    anew = {small[0]: small[1], medium[0]: linked_variants("M", first_id=900)[medium[0]]}
    links.pushed(STORE, [a_link(JUMPER, variants=anew, content_version=2)])

    assert [v.level for v in the_link(links, JUMPER).variants.values()] == [4, None]


def test_a_push_that_knows_no_level_has_all_forgotten(links: Links) -> None:
    links.linked(STORE, a_link(JUMPER, variants=with_levels(4, 6), level=3))
    links.pushed(
        STORE, [a_link(JUMPER, variants=with_levels(None, None), level=None, content_version=2)]
    )

    assert the_link(links, JUMPER).level is None
    assert [v.level for v in the_link(links, JUMPER).variants.values()] == [None, None]


def test_a_push_to_a_product_that_is_linked_elsewhere_by_now_is_no_news(links: Links) -> None:
    links.linked(STORE, a_link(id=StoreProductId(102), content_version=5))

    assert links.pushed(STORE, [a_link(content_version=2), a_link(JUMPER)]) == []
    assert the_link(links) == a_link(id=StoreProductId(102), content_version=5)
    assert links.get(STORE, [JUMPER]) == {}


def test_many_pushes_are_recorded_at_once(links: Links) -> None:
    products = [PosProductId(f"p-{number}") for number in range(40)]
    all_links = [a_link(p, id=StoreProductId(n)) for n, p in enumerate(products, start=1)]
    for link in all_links:
        links.linked(STORE, link)
    links.pushed(STORE, [replace(link, content_version=2) for link in all_links])

    assert {link.content_version for link in links.get(STORE, products).values()} == {2}


def test_pushes_that_race_end_with_the_newest(links: Links) -> None:
    links.linked(STORE, a_link())
    versions = range(2, 10)
    race(
        [
            partial(links.pushed, STORE, [a_link(content_version=v, name=f"Lantern {v}")])
            for v in versions
        ]
    )

    assert (the_link(links).content_version, the_link(links).name) == (9, "Lantern 9")


def test_stock_that_was_sent_is_recorded_and_content_stays(links: Links) -> None:
    read = a_link(JUMPER, variants=with_levels(4, 6), level=None)
    links.linked(STORE, read)
    links.pushed(STORE, [replace(read, content_version=4, name="Gansey")])
    links.stocked(
        STORE,
        [
            replace(
                read,
                variants=with_levels(1, 0),
                level=1,
                debt=3,
                odd_counts=("Too many.",),
                stock_version=5,
            )
        ],
    )

    assert the_link(links, JUMPER) == replace(
        read,
        content_version=4,
        name="Gansey",
        variants=with_levels(1, 0),
        level=1,
        debt=3,
        odd_counts=("Too many.",),
        stock_version=5,
    )


def test_an_older_level_never_replaces_a_newer_one(links: Links) -> None:
    links.linked(STORE, a_link(stock_version=7, level=70))
    assert links.stocked(STORE, [a_link(stock_version=6, level=60)]) == [LANTERN]
    assert the_link(links).level == 70
    assert links.stocked(STORE, [a_link(stock_version=7, level=71)]) == []

    assert the_link(links).level == 71


def test_the_storefront_is_remembered_even_beside_a_newer_level(links: Links) -> None:
    links.linked(STORE, a_link(stock_version=7, level=70, assigned=False))
    links.stocked(STORE, [a_link(stock_version=6, level=60, assigned=True)])

    assert (the_link(links).level, the_link(links).assigned) == (70, True)
    links.stocked(STORE, [a_link(stock_version=8, level=80, assigned=False)])
    assert (the_link(links).level, the_link(links).assigned) == (80, True)


def test_stock_of_a_product_that_is_linked_elsewhere_by_now_is_no_news(links: Links) -> None:
    links.linked(STORE, a_link(id=StoreProductId(102), assigned=False))
    assert links.stocked(STORE, [a_link(stock_version=9, level=9), a_link(JUMPER)]) == []

    assert the_link(links) == a_link(id=StoreProductId(102), assigned=False)
    assert links.get(STORE, [JUMPER]) == {}


def test_content_and_stock_written_at_once_are_both_there(links: Links) -> None:
    links.linked(STORE, a_link())
    for version in range(2, 12):
        race(
            [
                partial(links.pushed, STORE, [a_link(content_version=version, name=f"N{version}")]),
                partial(links.stocked, STORE, [a_link(stock_version=version, level=version)]),
            ]
        )
        link = the_link(links)
        assert (link.content_version, link.name) == (version, f"N{version}")
        assert (link.stock_version, link.level) == (version, version)


def test_images_are_begun_once_until_they_have_gone(links: Links) -> None:
    links.linked(STORE, a_link(content_version=3))
    before = the_link(links)
    seen = replace(the_link(links), images_seen=(7, 8))

    assert links.begin_images(STORE, seen)
    assert not links.begin_images(STORE, replace(seen, images_seen=(9,)))
    assert the_link(links) == seen
    links.pushed(STORE, [replace(before, content_version=4)])
    assert not links.begin_images(STORE, seen)
    gone = replace(seen, images=(SentImage("https://a/b.jpg", 9),), images_seen=None)
    links.note_images(STORE, gone)
    assert not links.begin_images(STORE, seen), "who read the link before knows too little"
    assert links.begin_images(STORE, replace(gone, images_seen=()))


def test_doubts_are_noted_alone_and_recorded_with_everything_else(links: Links) -> None:
    links.linked(STORE, a_link())
    doubts = {Part.SHAPE: Doubt(5, 6), Part.STOCK: Doubt(7, 8)}
    links.note_doubts(STORE, replace(the_link(links), doubts=doubts, name="Other", level=99))
    assert the_link(links) == replace(a_link(), doubts=doubts)

    links.stocked(STORE, [replace(the_link(links), doubts={Part.SHAPE: Doubt(5, 6)})])
    assert set(the_link(links).doubts) == {Part.SHAPE}
    links.pushed(STORE, [replace(the_link(links), doubts={})])
    assert the_link(links).doubts == {}
    links.failed(
        STORE, replace(the_link(links), status=LinkStatus.FAILED, failed_version=9, doubts=doubts)
    )
    assert the_link(links).doubts == doubts


def test_content_that_is_recorded_leaves_the_images_alone(links: Links) -> None:
    links.linked(STORE, a_full_link())
    links.pushed(STORE, [replace(a_full_link(), images=(), images_seen=None, content_version=3)])
    kept = the_link(links, JUMPER)

    assert (kept.images, kept.images_seen) == (a_full_link().images, a_full_link().images_seen)


def test_what_became_of_one_image_is_noted_and_a_refusal_stays(links: Links) -> None:
    links.linked(STORE, a_link())
    failed = Link(LANTERN, LinkStatus.FAILED, problem=NAME_TAKEN, failed_version=2)
    links.failed(STORE, failed)
    noted = replace(the_link(links), images=(SentImage("https://a/b.jpg"),), notes=("It is gone.",))

    links.note_images(STORE, replace(noted, status=LinkStatus.LINKED, problem=None, name="Other"))
    assert the_link(links) == noted


def test_a_push_without_a_refused_value_says_so_and_who_holds_it(links: Links) -> None:
    links.linked(STORE, a_full_link())
    sent = replace(
        a_full_link(),
        status=LinkStatus.FAILED,
        problem=NAME_TAKEN,
        failed_version=9,
        content_version=9,
    )
    assert links.pushed(STORE, [sent]) == []
    assert the_link(links, JUMPER) == sent
    assert [each.product for each in links.blocked_by(STORE, NAME_TAKEN.blocked_by)] == [JUMPER]
