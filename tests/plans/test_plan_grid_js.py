"""static/plans/plan_grid.js computes the same sums while the user types as the server does of the stored plan."""

import random
from decimal import Decimal
from itertools import product

import pytest
from django.conf import settings

from plans.forms.activities import ActivityRow, Choices
from plans.models import Activity, ActivityFunding, WorkArea
from plans.queries.plan_totals import plan_sums
from records.formats import rupiah
from records.in_words import rupiah_in_words
from tests.client_pages import client_page, go
from tests.factories import ActivityFactory, GroupCheckFactory, UserFactory, WorkPlanFactory
from tests.plans.plans import make_lists, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NUMBERS = (settings.BASE_DIR / "static/plans/plan_numbers.js").read_text()
TITLES = ("Bayar listrik", "Perawatan panel listrik", "Beli solar genset", "Rapat", "Ganti pipa, token PLN")
SHOWN = """() => {
  const text = (element) => element.textContent.trim();
  const texts = (selector) => [...document.querySelectorAll(selector)].map(text);
  const terms = texts("[data-source-list] dt"), sums = texts("[data-source-list] dd");
  return {
    amounts: texts("[data-amount]"),
    areas: Object.fromEntries([...document.querySelectorAll("[data-area-code]")].map(
      (part) => [part.dataset.areaCode, text(part.querySelector("[data-area-sum]"))])),
    total: texts("[data-total]")[0],
    words: texts("[data-total-words]")[0],
    sources: Object.fromEntries(terms.map((term, place) => [term, sums[place]])),
    fee: ["cost", "routine", "energy", "needed", "left"].map((name) => texts(`[data-fee-${name}]`)[0]),
    verdict: texts("[data-fee-verdict]")[0].split("\\n")[0],
  };
}"""


@pytest.fixture
def page(browser):
    with client_page(browser) as page:
        yield page


def fund(activity, sources, chance):
    """Pays the line from none to three sources, completely or in part; no source pays nothing."""
    left = activity.amount
    for source in chance.sample(sources, chance.randint(0, 3)):
        amount = chance.choice((left, left // 2, left // 3))
        if amount:
            ActivityFunding.objects.create(activity=activity, source=source, amount=amount)
            left -= amount


def long_plan(chance, lines: int):
    sources = list(make_lists().values())
    plan = WorkPlanFactory(payers=120, base_fee=5_000, tariff=3_000)
    areas = list(WorkArea.objects.all())
    for line in range(1, lines + 1):
        activity = ActivityFactory(
            plan=plan,
            line=line,
            position=line,
            area=chance.choice(areas),
            title=chance.choice(TITLES),
            cost_class=chance.choice(Activity.CostClass.values),
            volume=Decimal(chance.choice((chance.randrange(1, 1_000), chance.randrange(1, 20) * 100))) / 100,
            unit_price=chance.choice((1, 50, 33_333, 750_000, chance.randrange(10**9))),
        )
        fund(activity, sources, chance)
    return plan


def sums_of(plan) -> dict:
    """The expected text of the page, from the sums of the stored plan."""
    sums, check = plan_sums(plan), plan_sums(plan).fee_check
    sources = {line.source.label: rupiah(line.amount) for line in sums.sources}
    if sums.unfunded:
        sources["Belum mempunyai sumber dana"] = rupiah(sums.unfunded)
    areas = {area.code: "Rp0" for area in WorkArea.objects.all()}
    energy = f"{rupiah(check.energy_cost)} ({check.energy_percent} %)"
    return {
        "amounts": [rupiah(activity.amount) for part in sums.areas for _, activity in part.numbered],
        "areas": areas | {part.area.code: rupiah(part.amount) for part in sums.areas},
        "total": rupiah(sums.total),
        "words": rupiah_in_words(sums.total),
        "sources": sources,
        "fee": [
            rupiah(check.fee_cost),
            rupiah(check.routine_cost),
            energy,
            rupiah(check.needed),
            rupiah(abs(check.left)),
        ],
        "verdict": str(check.verdict),
    }


@pytest.mark.parametrize(("seed", "lines", "recorded"), [(1, 60, False), (2, 60, True), (3, 1, False)])
def test_page_sums_a_plan_as_the_server_does(page, client, seed, lines, recorded):
    plan = long_plan(random.Random(seed), lines)
    if recorded:
        GroupCheckFactory(group=plan.group, checked_on=f"{plan.year}-03-01", income=2_000_000, operating_cost=900_000)
    client.force_login(UserFactory())
    go(page, client, url(plan, "work_plan_update"))
    page.evaluate("document.querySelector('[data-plan-grid]').dispatchEvent(new Event('input', {bubbles: true}))")
    assert page.evaluate(SHOWN) == sums_of(plan)


FIGURES = ["", "0", "1", "2,5", "0,005", "0,01", "0,15", "0,145", "12", "1.250", "1.250,5", "33,33", "-1", "1,5 juta"]
FIGURES += ["10 juta", "10.000.000", "10.000.000,01", "10.000.001", "999.999", "abc", "1.2.3", "12 bulan", "٣"]
FIGURES += [
    "Rp750.000,-",
    "1 triliun",
    "1.000.000.000.000",
    "1.000.000.000.001",
    "3.333",
    "1",
    "50",
    "49",
    "99999999999",
]


def test_script_and_server_cost_a_line_alike(browser):
    chance = random.Random(8)
    typed = list(product(FIGURES, FIGURES))
    for _ in range(1_000):
        volume = chance.randrange(10 ** chance.randint(1, 9))
        typed.append((f"{volume // 100},{volume % 100:02}", str(chance.randrange(10 ** chance.randint(1, 12)))))
    row = ActivityRow("n1", Choices())
    wanted = []
    for volume, price in typed:
        row.texts |= {"volume": volume, "unit_price": price}
        wanted.append(str(row.amount))
    page = browser.new_page()
    page.evaluate(NUMBERS)
    found = page.evaluate("(typed) => typed.map(([volume, price]) => String(planNumbers.amount(volume, price)))", typed)
    page.close()
    assert [case for case in zip(typed, found, wanted, strict=True) if case[1] != case[2]][:10] == []
