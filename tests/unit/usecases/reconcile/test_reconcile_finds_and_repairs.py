"""What people and other apps changed behind our back is found, named, and repaired by pushing."""

from dataclasses import replace
from decimal import Decimal

from tests.builders import JUMPER, LANTERN, STORE, a_jumper, a_product, some_stock
from tests.reconcile_world import DRY, FULL, ReconcileWorld
from tillbridge.domain.acceptance import Accepted
from tillbridge.domain.findings import Code, Moved
from tillbridge.domain.link import LinkStatus
from tillbridge.domain.run import Result


def a_world(*products: object) -> ReconcileWorld:
    world = ReconcileWorld()
    world.linked(a_product(), a_jumper())
    return world


def test_nothing_is_found_where_nothing_was_touched() -> None:
    world = a_world()
    run = world.reconcile()
    assert (run.result, run.drift, run.compared) == (Result.CLEAN, 0, 2)
    assert world.findings(run) == []


def test_an_edited_field_is_reported_with_both_values_and_the_side_that_moved() -> None:
    world = a_world()
    world.online(LANTERN).fields["price"] = Decimal("29.90")
    (finding,) = world.findings(world.reconcile(DRY))
    (difference,) = finding.differences
    assert (finding.code, finding.letters) == (Code.FIELD, "P")
    assert (difference.field, difference.pos, difference.web) == ("price", "39.90", "29.90")
    assert difference.moved is Moved.WEB


def test_what_belongs_to_bigcommerce_is_no_drift() -> None:
    world = a_world()
    world.online(LANTERN).fields |= {"sale_price": 1, "weight": 9, "is_visible": False}
    assert world.reconcile().drift == 0


def test_a_store_reports_until_a_person_approves_its_first_run_and_repairs_from_then_on() -> None:
    world = a_world()
    online = world.online(LANTERN)
    online.fields["name"] = "Storm lantern SALE"
    run = world.reconcile()
    assert (run.result, run.repaired, world.pending.rows) == (Result.WAITING, 0, [])
    assert "--approve" in run.note
    assert world.approve(run).result is Result.REPAIRED
    assert online.name == "Storm Lantern"
    online.fields["description"] = "Better words"
    again = world.reconcile()
    assert (again.result, again.repaired) == (Result.REPAIRED, 1)
    world.push_until_quiet()
    assert online.fields["description"] == a_product().description
    assert world.reconcile().result is Result.CLEAN


def test_a_dry_run_repairs_nothing_and_moves_no_cursor() -> None:
    world = a_world()
    world.online(LANTERN).fields["price"] = Decimal(1)
    run = world.reconcile(DRY)
    assert (run.result, world.pending.rows) == (Result.REPORTED, [])
    assert "cursors" not in world.runs.writes


def test_stock_edited_online_is_put_back_of_products_and_of_variants() -> None:
    world = a_world()
    lantern, jumper = world.online(LANTERN), world.online(JUMPER)
    lantern.levels[1] = 77
    small = next(iter(jumper.variants.values()))
    small.levels[1] = 99
    run = world.reconcile()
    assert world.drift(run) == {LANTERN: Code.STOCK, JUMPER: Code.STOCK}
    world.approve(run)
    assert (lantern.levels[1], small.levels[1]) == (3, 2)


def test_a_product_deleted_online_is_marked_broken_and_not_made_again() -> None:
    world = a_world()
    number = world.link(LANTERN).id
    assert number is not None
    world.web.remove(number)
    run = world.reconcile()
    assert world.drift(run) == {LANTERN: Code.GONE_ONLINE}
    assert world.link(LANTERN).status is LinkStatus.LINKED
    world.approve(run)
    link = world.link(LANTERN)
    assert link.status is LinkStatus.BROKEN
    assert link.problem is not None
    assert "deleted there" in link.problem.words
    assert "create" not in world.writes()


def test_a_variant_deleted_online_is_made_again() -> None:
    world = a_world()
    jumper = world.online(JUMPER)
    gone = next(iter(jumper.variants))
    del jumper.variants[gone]
    run = world.reconcile()
    assert world.drift(run) == {JUMPER: Code.STRUCTURE}
    world.approve(run)
    assert {variant.sku for variant in jumper.variants.values()} == {"JUMPER-S", "JUMPER-M"}
    assert {variant.levels.get(1) for variant in jumper.variants.values()} == {2}
    assert world.reconcile().result is Result.CLEAN


def test_a_change_whose_event_was_lost_is_found_and_pushed() -> None:
    world = a_world()
    world.pos.save(a_product(version=5, price=Decimal(44), stock=(some_stock(9),)))
    run = world.reconcile()
    (finding,) = world.findings(run)
    assert finding.code is Code.MISSED
    assert {each.field for each in finding.differences} == {"price", "stock"}
    world.approve(run)
    online = world.online(LANTERN)
    assert (online.fields["price"], online.levels[1]) == (Decimal(44), 9)


def test_a_product_deleted_in_the_pos_without_a_word_is_hidden_and_then_no_news() -> None:
    world = a_world()
    world.pos.save(a_product(version=6, deleted=True))
    run = world.reconcile()
    assert world.drift(run) == {LANTERN: Code.GONE_IN_POS}
    world.approve(run)
    assert world.online(LANTERN).fields["is_visible"] is False
    again = world.reconcile()
    assert (again.result, again.found[Code.RETIRED.value]) == (Result.CLEAN, 1)


def test_a_restored_backup_is_told_and_never_pushed() -> None:
    world = ReconcileWorld()
    world.linked(a_product(version=9))
    world.pos.save(a_product(version=4, price=Decimal(1)))
    run = world.reconcile()
    assert world.drift(run) == {LANTERN: Code.BACKWARDS}
    assert (run.result, world.pending.rows) == (Result.REPORTED, [])


def test_what_is_on_one_side_only_is_counted_and_link_candidates_are_named() -> None:
    world = a_world()
    world.web.seed("Brass Bell", "BELL-1")
    world.pos.save(a_product("p-bell", name="A bell", sku="bell-1", version=7))
    world.pos.save(a_product("p-rope", name="Rope", sku="ROPE", version=8))
    run = world.reconcile()
    assert run.result is Result.CLEAN
    assert run.found == {"only_online": 1, "only_in_pos": 2, "candidate": 1}
    (candidate,) = [each for each in world.findings(run) if each.code is Code.CANDIDATE]
    assert (candidate.product, candidate.other) == ("p-bell", "sku")


def test_two_pos_products_of_one_sku_are_found() -> None:
    world = a_world()
    world.pos.save(a_product("p-copy", name="Copy", sku="storm-lantern", version=7))
    run = world.reconcile()
    (duplicate,) = [each for each in world.findings(run) if each.code is Code.SAME_SKU]
    assert {duplicate.product, duplicate.other} == {LANTERN, "p-copy"}


def test_accepted_drift_is_not_reported_until_it_changes() -> None:
    world = a_world()
    online = world.online(LANTERN)
    online.fields["price"] = Decimal("29.90")
    (finding,) = world.findings(world.reconcile(DRY))
    (difference,) = finding.differences
    world.runs.accept(STORE, LANTERN, {difference.place: Accepted(difference.digest)})
    run = world.reconcile(DRY)
    assert (run.drift, run.accepted) == (0, 1)
    online.fields["price"] = Decimal("19.90")
    assert world.reconcile(DRY).drift == 1


def test_drift_accepted_before_the_run_is_approved_is_not_repaired() -> None:
    world = a_world()
    world.online(LANTERN).fields["price"] = Decimal("29.90")
    world.online(JUMPER).fields["name"] = "Jumper!"
    run = world.reconcile()
    price = next(f for f in world.findings(run) if f.product == LANTERN).differences[0]
    world.runs.accept(STORE, LANTERN, {price.place: Accepted(price.digest)})
    assert world.approve(run).repaired == 1
    assert world.online(LANTERN).fields["price"] == Decimal("29.90")
    assert world.online(JUMPER).name == "Fisherman's Jumper"


def test_a_text_that_bigcommerce_keeps_otherwise_is_pushed_once_more_and_then_only_told() -> None:
    world = a_world()
    online = world.online(LANTERN)
    online.fields["description"] = "<p>Burns all night in a gale.</p><br/>"
    world.approve(world.reconcile())
    online.fields["description"] = "<p>Burns all night in a gale.</p><br/>"  # cleaned again
    run = world.reconcile()
    assert (run.result, run.found) == (Result.CLEAN, {Code.NOT_TAKEN.value: 1})
    online.fields["description"] = "Something else"
    assert world.drift(world.reconcile()) == {LANTERN: Code.FIELD}


def test_a_text_that_was_taken_and_is_edited_the_same_way_again_is_repaired_again() -> None:
    world = a_world()
    online = world.online(LANTERN)
    for _ in range(3):
        online.fields["description"] = "Buy now!"
        run = world.reconcile()
        if run.result is Result.WAITING:
            world.approve(run)
        world.push_until_quiet()
        assert online.fields["description"] == a_product().description
        assert world.reconcile().result is Result.CLEAN


def test_a_variant_that_was_renamed_online_is_told_with_both_names_and_pushed_by_nobody() -> None:
    world = a_world()
    small = next(iter(world.online(JUMPER).variants.values()))
    small.options = (("Size", "Petite"),)
    run = world.reconcile()
    (finding,) = [each for each in world.findings(run) if each.drift]
    (difference,) = finding.differences
    assert (difference.pos, difference.web) == ("S", "Petite")
    assert difference.moved is Moved.WEB
    assert (run.result, world.pending.rows) == (Result.REPORTED, [])


def test_a_price_that_is_edited_again_is_repaired_again() -> None:
    world = a_world()
    for _ in range(3):
        world.online(LANTERN).fields["price"] = Decimal("29.90")
        run = world.reconcile()
        world.push_until_quiet()
        if run.result is Result.WAITING:
            world.approve(run)
        assert world.online(LANTERN).fields["price"] == Decimal("39.90")


def test_a_refused_product_is_a_failure_people_see_and_no_drift() -> None:
    world = a_world()
    world.happens("product.saved", a_product(version=5, name=""))
    world.push_until_quiet()
    assert world.link(LANTERN).status is LinkStatus.FAILED
    assert world.reconcile().drift == 0


def test_the_web_view_forgets_what_is_no_more_online() -> None:
    world = a_world()
    bell = world.web.seed("Brass Bell", "BELL-1")
    world.reconcile()
    assert set(world.read_model.get(STORE, "web", [str(bell.id)])) == {str(bell.id)}
    world.web.remove(bell.id)
    world.reconcile()
    assert world.read_model.get(STORE, "web", [str(bell.id)]) == {}


def test_a_run_that_is_killed_or_out_of_time_goes_on_where_it_was() -> None:
    world = ReconcileWorld(page_size=1)
    world.linked(*(a_product(f"p-{n}", name=f"N{n}", sku=f"S{n}") for n in range(6)))
    world.reconcile_deps = replace(world.reconcile_deps, slice_ms=110_000)
    reads = world.reader.page

    def slow(*args: object) -> object:
        world.clock.advance(3)
        return reads(*args)  # type: ignore[arg-type]

    world.reader.page = slow  # type: ignore[method-assign,assignment]
    run = world.reconcile(FULL)
    assert (run.result, run.compared) == (Result.CLEAN, 6)
    assert run.slices > 1


def test_an_id_that_the_pos_calls_invalid_hides_no_other_products_drift() -> None:
    world = a_world()
    for product in (LANTERN, JUMPER):
        world.online(product).fields["name"] = f"Edited {product}"
    world.pos.finds_invalid = {LANTERN}
    run = world.reconcile(DRY)
    assert run.ended
    assert {finding.product for finding in world.findings(run)} >= {JUMPER}
