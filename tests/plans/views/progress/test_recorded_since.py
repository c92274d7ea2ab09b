"""Years before the kabupaten records them: missing data is grey and unknown on every page and document, never red."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import DistrictSettings
from documents.district import plan_recap
from documents.plans import plan_progress as progress_paper
from plans.queries.line_progress import Status
from plans.queries.progress import plan_progress
from plans.queries.progress_months import MonthState, months_of
from tests import factories as make
from tests.plans.views.progress.sheets import month, send, year

pytestmark = pytest.mark.django_db
RED = 'class="chip chip-red"'
JUNE = date(2026, 6, 20)


@pytest.fixture
def recorded_from(village):
    def set_to(first):
        district = village.subdistrict.district
        DistrictSettings.objects.update_or_create(district=district, defaults={"recorded_since": first})

    return set_to


@pytest.fixture
def recorded(client, plan, electricity, meters, facilitator):
    """A plan with progress of January and of a part of the meters only."""
    send(client, plan, 1, l1__choice="sesuai")
    send(client, plan, 4, l2__choice="lain", l2__volume="3")
    return type(plan).objects.get(pk=plan.pk)


@pytest.mark.parametrize(
    ("first", "status", "march", "late"),
    [(2026, Status.LATE, MonthState.MISSING, 1), (2027, Status.NO_DATA, MonthState.NO_DATA, 0)],
)
def test_what_was_not_told_is_a_failure_only_in_a_recorded_year(recorded, recorded_from, first, status, march, late):
    recorded_from(first)
    progress = plan_progress(recorded, JUNE)
    months = months_of(progress)
    assert progress.by_line[2].status == status
    assert progress.by_line[2].percent() == 20  # reported progress stays
    assert (months[0].state, months[2].state) == (MonthState.REPORTED, march)
    assert (len(progress.late), progress.by_line[2].is_late_in(6), progress.by_line[2].is_due(6)) == (
        late,
        bool(late),
        True,
    )


@pytest.mark.parametrize(("first", "reds"), [(2026, True), (2027, False)])
def test_pages_of_a_year_that_is_not_recorded_show_no_red(client, recorded, recorded_from, first, reds):
    recorded_from(first)
    pages = [
        year(recorded),
        month(recorded, 6),
        month(recorded, 3),
        reverse("plans:progress_list"),
        reverse("plans:plan_realisation", args=[recorded.pk]),
    ]
    texts = {page: client.get(page).text for page in pages}
    assert {page: RED in text for page, text in texts.items()} == dict.fromkeys(pages, reds)
    if not reds:
        assert [page for page, text in texts.items() if "Belum ada data" not in text] == [month(recorded, 6)]
    late = client.get(reverse("plans:realisation_list")).context["whole"].late
    assert late == (1 if reds else None)
    filtered = client.get(reverse("plans:progress_list"), {"belum": "3"})
    assert len(filtered.context["object_list"]) == (1 if reds else 0)
    rows = client.get(reverse("plans:progress_list"), {"unduh": "csv"})
    assert ("Belum dilaporkan" in b"".join(rows.streaming_content).decode().splitlines()[1]) == reds


@pytest.mark.parametrize(
    ("first", "status", "state"), [(2026, "Terlambat", "Belum ada"), (2027, *["Belum ada data"] * 2)]
)
def test_papers_of_a_year_that_is_not_recorded_accuse_nobody(recorded, recorded_from, village, first, status, state):
    recorded_from(first)
    make.GroupFactory(village=village, name="Tanpa Rencana")
    found = progress_paper.PlanProgressDocument().collect(recorded, {"quarter": "4"}, None)
    rows = {row["title"]: row["status"] for area in found["areas"] for row in area["rows"]}
    assert rows["Meter"] == status
    recap = plan_recap.PlanRecap().collect(village.subdistrict.district, {"year": "2026"}, None)
    assert {line["group"]: line["state"] for line in recap["lines"]}["Tanpa Rencana"] == state


def test_nobody_is_reminded_of_a_year_that_is_not_recorded(client, facilitator, recorded_from):
    recorded_from(2100)
    page = client.get(reverse("plans:plan_missing"))
    assert (RED in page.text, page.context["messages_to_send"]) == (False, [])
    assert 'class="chip chip-grey"' in page.text
