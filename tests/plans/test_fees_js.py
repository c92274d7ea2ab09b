"""static/plans/plan_fee.js assesses the users' fee as plans/queries/fees.py does: the whole panel, text by text."""

import random
from decimal import Decimal
from itertools import product

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from plans.models import Activity, WorkPlan
from plans.queries.fees import ENERGY, UPKEEP, FeeCosts, Recorded, check_fee, is_energy
from plans.views.plan_pages import fee_context, fee_data
from records.formats import rupiah

pytestmark = pytest.mark.browser
SCRIPT = (settings.BASE_DIR / "static/plans/plan_fee.js").read_text()
MAX = 10**12  # rupiah of one figure
DESCRIBE = """(costs) => [...document.forms].map((form, place) => {
  const wanted = Object.fromEntries(Object.entries(costs[place]).map(([name, value]) => [name, BigInt(value)]));
  planFee.tell(form, planFee.read(form), wanted);
  return {panel: form.querySelector("[data-fee]").outerHTML, brief: form.querySelector("[data-fee-brief]").textContent};
})"""
PANELS = "[...document.forms].map((form) => form.querySelector('[data-fee]').outerHTML)"


def edges():
    """Nothing known, nothing paid, halves of a rupiah, the largest figures: each combined with each."""
    plans = product(
        (None, 0, 1, 7, 10**6),  # payers
        ((None, None), (0, None), (None, 0), (5_000, None), (None, 3_000), (0, 0), (MAX, MAX)),  # abonemen, tarif
        (("0", 90), ("7.55", 33), ("10", 100), ("1000", 0)),  # m³, % collected
    )
    costs = ((0, 0, 0), (1, 0, 0), (42, 42, 21), (1_000, 995, 5), (300 * MAX, 200 * MAX, 100 * MAX))
    records = (Recorded(), Recorded(income=0), Recorded(cost=0), Recorded(income=MAX, cost=MAX), Recorded(income=7))
    for place, (payers, fees, (use, rate)) in enumerate(plans):
        for step in range(3):
            yield payers, fees, use, rate, costs[(place + step) % 5], records[(place * 2 + step) % 5]


def by_chance(count: int):
    chance = random.Random(31)

    def figure(most):
        return None if chance.random() < 0.2 else chance.randrange(10 ** chance.randint(1, most))

    for _ in range(count):
        every = chance.randrange(10 ** chance.randint(1, 11))
        routine = chance.randint(0, every)
        use = f"{chance.randrange(100_000) / 100:.2f}"
        costs = (every, routine, chance.randint(0, routine))
        yield (
            figure(4),
            (figure(6), figure(5)),
            use,
            chance.randint(0, 100),
            costs,
            Recorded(figure(8), None, figure(8)),
        )


def on_the_line():
    """Receipts equal to the required sum, one rupiah below and one above."""
    income = 31_500 * 120 * 12
    for more, repair in product((-1, 0, 1), (0, 1, income)):
        yield 120, (5_000, 3_000), "10", 90, (income + more + repair, income + more, 0), Recorded()
        yield (
            120,
            (5_000, 3_000),
            "10",
            90,
            (income + more, income + more - repair if repair < income else 0, 0),
            Recorded(),
        )


CASES = [*edges(), *by_chance(500), *on_the_line()]


def plan_of(payers, fees, use, rate) -> WorkPlan:
    base_fee, tariff = fees
    figures = {"base_fee": base_fee, "tariff": tariff, "average_use": Decimal(use), "collection_rate": rate}
    return WorkPlan(payers=payers, payer_unit=WorkPlan.Payer.CONNECTION, **figures)


def panel(plan, costs: FeeCosts, recorded: Recorded) -> str:
    check = check_fee(plan, costs, recorded)
    context = {"plan": plan, "fee_data": fee_data(plan, check, "iuran"), "editable": False}
    return render_to_string("plans/_fee_check.html", fee_context(check) | context)


def brief(plan, costs: FeeCosts, recorded: Recorded) -> str:
    check = check_fee(plan, costs, recorded)
    if check.by_record:
        return f"{check.verdict} menurut catatan pemeriksaan"
    if check.needed is None:
        return str(check.verdict)
    unit = plan.get_payer_unit_display()
    amounts = f"perlu {rupiah(check.needed)}, diterima {rupiah(check.expected)} per {unit} per bulan"
    return f"{check.verdict}: {amounts}"


def page_of(browser, panels: list[str]):
    page = browser.new_page()
    forms = "".join(f"<form>{one}<p data-fee-brief></p></form>" for one in panels)
    page.set_content(f"<!doctype html><body>{forms}")
    page.evaluate(SCRIPT)
    return page


def test_script_and_server_weigh_the_fee_alike(browser):
    cases = [(plan_of(*case[:4]), FeeCosts(*case[4]), case[5]) for case in CASES]
    blank = page_of(browser, [panel(plan, FeeCosts(), recorded) for plan, _, recorded in cases])
    costs = [
        {"every": str(cost.every), "routine": str(cost.routine), "energy": str(cost.energy)} for _, cost, _ in cases
    ]
    followed = blank.evaluate(DESCRIBE, costs)
    blank.close()
    server = page_of(browser, [panel(*case) for case in cases])
    stored = server.evaluate(PANELS)
    server.close()
    assert len(cases) > 900
    differ = [
        (case, found["panel"], wanted, found["brief"])
        for case, found, wanted in zip(cases, followed, stored, strict=True)
        if (found["panel"], found["brief"]) != (wanted, brief(*case))
    ]
    assert "\n\n".join(map(str, differ[:3])) == ""


def test_cases_of_the_fee_reach_every_verdict():
    found = [check_fee(plan_of(*case[:4]), FeeCosts(*case[4]), case[5]).verdict for case in CASES]
    assert min(found.count(verdict) for verdict in set(found)) >= 20
    assert len(set(found)) == 5


def words_of(pattern) -> list[str]:
    return pattern.pattern.removeprefix(r"\b(").removesuffix(r")\b").split("|")


def test_script_and_server_know_the_same_words_of_energy(browser):
    words = [*words_of(ENERGY), *words_of(UPKEEP), "pipa", ""]
    shapes = (
        "{}",
        "{} {}",
        "Bayar {}, {}",
        "{}{}",
        "{}é",
        "{}²",
        "_{}",
        "ſolar {}",
        "{}-{}",
        "PLN/{}",
        "{}\n{}",
        "K{}",
    )
    titles = [
        f(shape.format(one, other))
        for shape, one, other, f in product(shapes, words, words, (str.lower, str.upper, str.title))
    ]
    page = page_of(browser, [])
    found = page.evaluate("(titles) => titles.map((title) => planFee.isEnergy(`${title} liter`))", titles)
    page.close()
    wanted = [is_energy(Activity(title=title, unit="liter")) for title in titles]
    assert len(titles) > 10_000
    assert [pair for pair in zip(titles, found, wanted, strict=True) if pair[1] != pair[2]][:10] == []


def test_script_and_server_write_rupiah_alike(browser):
    chance = random.Random(3)
    amounts = [
        0,
        1,
        999,
        1_000,
        999_999,
        10**6,
        10**21,
        *(chance.randrange(10 ** chance.randint(1, 24)) for _ in range(300)),
    ]
    amounts += [-amount for amount in amounts]
    page = page_of(browser, [])
    found = page.evaluate(
        "(amounts) => amounts.map((amount) => planFee.rupiah(BigInt(amount)))", list(map(str, amounts))
    )
    page.close()
    assert dict(zip(amounts, found, strict=True)) == {amount: rupiah(amount) for amount in amounts}
