"""Images: which addresses are accepted, what a record shows, and what is added twice."""

from typing import Any

import pytest

from tests.sandbox.bigcommerce.conftest import Api

GOOD = "https://shop.example/cup.jpg"


def test_the_first_image_is_the_thumbnail(api: Api) -> None:
    made = api.create(images=[{"image_url": GOOD}, {"image_url": GOOD + "?2"}])
    assert [image["is_thumbnail"] for image in made["images"]] == [True, False]


def test_images_sent_again_multiply(api: Api) -> None:
    made = api.create(images=[{"image_url": GOOD}])
    api.put(f"/catalog/products/{made['id']}", {"images": [{"image_url": GOOD}]})
    assert len(api.get(f"/catalog/products/{made['id']}/images").json()["data"]) == 2
    assert len(api.server.control.duplicates()) == 1


def an_image(api: Api, product_id: int, url: str) -> Any:
    return api.post(f"/catalog/products/{product_id}/images", {"image_url": url})


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/cup.jpg", 422),
        ("ftp://shop.example/cup.jpg", 422),
        ("https://shop.example/a cup.jpg", 422),
        ("https://shop.example/" + "x" * 240 + ".jpg", 422),
        ("https://shop.example/cup.pdf", 422),
        ("https://shop.example/too-big.jpg", 422),
        ("https://shop.invalid/cup.jpg", 400),
        ("https://shop.example/broken/cup.jpg", 400),
    ],
)
def test_an_address_that_gives_no_image_is_refused(api: Api, url: str, status: int) -> None:
    made = api.create()
    assert an_image(api, made["id"], url).status_code == status


def test_an_image_can_be_changed_and_deleted(api: Api) -> None:
    made = api.create()
    image = an_image(api, made["id"], GOOD).json()["data"]
    path = f"/catalog/products/{made['id']}/images/{image['id']}"
    assert api.put(path, {"description": "A cup"}).json()["data"]["description"] == "A cup"
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404


def test_a_product_without_images_has_no_list_of_them(api: Api) -> None:
    made = api.create()
    answer = api.get(f"/catalog/products/{made['id']}/images")
    assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.parametrize("suffix", ["tiff", "avif", "heic", "ico", "psd", "zip"])
def test_a_file_of_another_kind_is_no_image(api: Api, suffix: str) -> None:
    made = api.create()
    body = {"image_url": f"https://shop.example/mug.{suffix}"}
    assert api.post(f"/catalog/products/{made['id']}/images", body).status_code == 422
