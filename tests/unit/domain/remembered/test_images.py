"""What a link says while its images change."""

from tests.builders import a_link
from tests.unit.domain.remembered.examples import A, B
from tillbridge.domain.link import SentImage
from tillbridge.domain.remembered.images import (
    after_images,
    amid_images,
    before_images,
    found_images,
)


def test_images_are_under_way_until_all_of_them_went() -> None:
    under_way = before_images(a_link(), [3, 4], [A, B])
    assert (under_way.images_seen, under_way.images_sent) == ((3, 4), (A, B))
    half = amid_images(under_way, [SentImage(A, 7)], ["one"])
    assert (half.images_seen, half.images, half.notes) == ((3, 4), (SentImage(A, 7),), ("one",))
    assert after_images(half, [SentImage(A, 7), SentImage(B, 8)], []).images_seen is None


def test_a_new_image_came_by_the_address_that_was_being_sent() -> None:
    ours = (SentImage(A, 3),)
    link = before_images(a_link(images=ours), [3, 4], [B])
    assert found_images(link, [3, 4]) == [*ours]
    assert found_images(link, [3, 4, 9]) == [*ours, SentImage(B, 9)]


def test_an_image_of_ours_that_went_meanwhile_was_deleted_by_us() -> None:
    link = before_images(a_link(images=(SentImage(A, 3), SentImage(B, 4))), [3, 4], [])
    assert found_images(link, [3]) == [SentImage(A, 3)]
