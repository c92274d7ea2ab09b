import pytest
from django.core.exceptions import ValidationError

from plans.models import Activity, ActivityFunding, WorkPlan
from plans.queries.plan_lines import Line, Seen, stored_lines
from plans.queries.plan_totals import plan_activities
from plans.services.work_plans import MAX_LINES, LinesConflict, Locked, remove_line, save_lines
from records.models import Event
from tests.factories import ActivityFundingFactory, UserFactory, WorkPlanFactory
from tests.plans.plans import make_lists

pytestmark = pytest.mark.django_db


class Writer:
    """A user who has opened the plan to edit it."""

    def __init__(self, plan):
        self.plan = WorkPlan.objects.get(pk=plan.pk)
        self.user = UserFactory()
        self.lines = stored_lines(plan_activities(self.plan))
        self.seen = Seen.of(self.plan, self.lines)

    def save(self, whole=True, only=None):
        lines = [self.lines[only]] if only else list(self.lines.values())
        return save_lines(
            self.plan, lines, by=self.user, version=self.plan.version, seen=self.seen, whole=whole and not only
        )


def new_line(title="Rapat", area="C", **fields):
    from plans.models import WorkArea

    values = {"volume": 1, "unit": "kali", "unit_price": 100_000} | fields
    return Line(Activity(title=title, area=WorkArea.objects.get(code=area), **values))


@pytest.fixture
def plan():
    make_lists()
    plan = WorkPlanFactory()
    writer = Writer(plan)
    writer.lines = {1: new_line("Listrik", "A"), 2: new_line("Meter", "A"), 3: new_line("Rapat", "C")}
    writer.save()
    return WorkPlan.objects.get(pk=plan.pk)


def titles(plan):
    return list(plan.activities.values_list("line", "position", "title"))


def test_a_save_writes_one_event_and_raises_the_version(plan):
    writer = Writer(plan)
    writer.lines[2].activity.title = "Meter baru"
    writer.lines[2].activity.unit_price = 200_000
    assert writer.save() == {
        "kegiatan 2 (Meter), kegiatan": ["Meter", "Meter baru"],
        "kegiatan 2 (Meter), harga satuan (Rp)": ["Rp100.000", "Rp200.000"],
    }
    assert plan.events[0].by == writer.user
    assert plan.events.count() == 2
    plan.refresh_from_db()
    assert plan.version == 3
    assert plan.activities.get(line=2).amount == 200_000


def test_nothing_changed_writes_nothing(plan):
    assert Writer(plan).save() == {}
    plan.refresh_from_db()
    assert (plan.version, plan.events.count()) == (2, 1)


def test_positions_run_on_and_lines_keep_their_number(plan):
    writer = Writer(plan)
    del writer.lines[1]
    writer.lines[-1] = new_line("Pompa", "A")
    writer.save()
    assert titles(plan) == [(2, 1, "Meter"), (4, 2, "Pompa"), (3, 3, "Rapat")]


def test_moving_lines_is_told_too(plan):
    writer = Writer(plan)
    writer.lines = {number: writer.lines[number] for number in (2, 1, 3)}
    assert writer.save() == {"urutan kegiatan": ["1, 2, 3", "2, 1, 3"]}
    assert titles(plan) == [(2, 1, "Meter"), (1, 2, "Listrik"), (3, 3, "Rapat")]


def test_sent_twice_writes_once(plan):
    first = Writer(plan)
    first.lines[-1] = new_line("Penyuluhan", "E")
    again = Writer(plan)
    again.lines[-1] = new_line("Penyuluhan", "E")
    assert first.save()
    before = titles(plan)
    assert again.save() == {}
    assert titles(plan) == before
    assert plan.events.count() == 2


def test_the_second_writer_sees_both_texts(plan):
    first, second = Writer(plan), Writer(plan)
    first.lines[2].activity.title = "Meter induk"
    second.lines[2].activity.title = "Meter pelanggan"
    first.save()
    with pytest.raises(LinesConflict) as conflict:
        second.save()
    assert conflict.value.differences.rows == [
        {"label": "Kegiatan 2 (Meter induk), kegiatan", "mine": "Meter pelanggan", "theirs": "Meter induk"}
    ]
    assert plan.activities.get(line=2).title == "Meter induk"


def test_what_the_second_left_alone_is_taken_from_the_first(plan):
    first, second = Writer(plan), Writer(plan)
    first.lines[2].activity.title = "Meter induk"
    first.lines[-1] = new_line("Pompa", "A")
    del first.lines[3]
    second.lines[1].activity.title = "Listrik PLN"
    first.save()
    with pytest.raises(LinesConflict) as conflict:
        second.save()
    found = conflict.value.differences
    assert {number: line.activity.title for number, line in found.theirs.items()} == {2: "Meter induk", 4: "Pompa"}
    assert found.gone == {3}
    assert [(entry["label"], entry["mine"]) for entry in found.rows] == [
        ("Kegiatan 2 (Meter induk)", "(tidak Anda ubah)"),
        ("Kegiatan (Rapat)", "(tidak Anda ubah)"),
        ("Kegiatan 3 (Pompa)", "(belum Anda lihat)"),
    ]


def test_a_line_that_both_removed_is_no_conflict(plan):
    first, second = Writer(plan), Writer(plan)
    del first.lines[3]
    del second.lines[3]
    first.save()
    assert second.save() == {}


def test_lines_of_two_people_saved_one_by_one_do_not_meet(plan):
    first, second = Writer(plan), Writer(plan)
    first.lines[1].activity.title = "Listrik PLN"
    second.lines[2].activity.title = "Meter pelanggan"
    first.save(only=1)
    assert second.save(only=2) == {"kegiatan 2 (Meter), kegiatan": ["Meter", "Meter pelanggan"]}
    assert [title for _, _, title in titles(plan)] == ["Listrik PLN", "Meter pelanggan", "Rapat"]


def test_one_line_that_both_changed_is_a_conflict(plan):
    first, second = Writer(plan), Writer(plan)
    first.lines[1].activity.title = "Listrik PLN"
    second.lines[1].activity.title = "Genset"
    first.save(only=1)
    with pytest.raises(LinesConflict):
        second.save(only=1)


def test_an_unreadable_memory_of_what_was_seen_asks_rather_than_overwrites(plan):
    first, second = Writer(plan), Writer(plan)
    first.lines[2].activity.title = "Meter induk"
    first.save()
    second.seen = Seen.parse("9 1:zzz omong kosong")
    with pytest.raises(LinesConflict):
        second.save()


def test_seen_travels_as_text(plan):
    seen = Writer(plan).seen
    assert Seen.parse(str(seen)) == seen
    assert Seen.parse("") == Seen(0, {})


@pytest.mark.parametrize("status", ["submitted", "approved", "superseded"])
def test_lines_are_locked_after_submission(plan, status):
    writer = Writer(plan)
    writer.lines[1].activity.title = "Lain"
    WorkPlan.objects.filter(pk=plan.pk).update(status=status)
    with pytest.raises(Locked):
        writer.save()
    with pytest.raises(Locked):
        remove_line(plan, 1, by=writer.user)
    assert plan.activities.get(line=1).title == "Listrik"


def test_too_many_lines_are_refused_whole_or_one_by_one(plan):
    writer = Writer(plan)
    for number in range(MAX_LINES - 3):
        writer.lines[-1 - number] = new_line(f"Kegiatan {number}")
    writer.save()
    another = Writer(plan)
    another.lines = {9_999: new_line("Satu lagi")}
    with pytest.raises(ValidationError, match="paling banyak 300 kegiatan"):
        another.save(whole=False)
    assert plan.activities.count() == MAX_LINES


def test_removing_a_line_takes_its_sources_along_and_closes_the_gap(plan):
    ActivityFundingFactory(activity=plan.activities.get(line=1))
    assert remove_line(plan, 1, by=UserFactory())
    assert not remove_line(plan, 1, by=UserFactory())
    assert titles(plan) == [(2, 1, "Meter"), (3, 2, "Rapat")]
    assert ActivityFunding.objects.count() == 0
    assert plan.events[0].changes == {"kegiatan 1 (Listrik)": ["Listrik: 1 kali × Rp100.000 = Rp100.000", "(dihapus)"]}


def test_sources_are_rewritten_with_their_line(plan):
    sources = make_lists()
    writer = Writer(plan)
    writer.lines[1].fundings = [ActivityFunding(source=sources["Iuran"], amount=60_000)]
    writer.save()
    writer = Writer(plan)
    writer.lines[1].fundings = [
        ActivityFunding(source=sources["APBDes"], amount=40_000, security="apbdes"),
        ActivityFunding(source=sources["Iuran"], amount=60_000),
    ]
    changes = writer.save()
    assert list(changes.values()) == [
        ["Iuran Rp60.000 (Diusulkan)", "Iuran Rp60.000 (Diusulkan); APBDes Rp40.000 (Masuk APBDes/DPA)"]
    ]
    paid = ActivityFunding.objects.order_by("amount").values_list("source__label", "amount", "security")
    assert list(paid) == [("APBDes", 40_000, "apbdes"), ("Iuran", 60_000, "diusulkan")]


def test_a_failure_leaves_nothing_half_saved(plan, monkeypatch):
    writer = Writer(plan)
    writer.lines[1].activity.title = "Lain"

    def broken(*args, **kwargs):
        raise RuntimeError("no event")

    monkeypatch.setattr("plans.services.work_plans.history.record", broken)
    with pytest.raises(RuntimeError):
        writer.save()
    plan.refresh_from_db()
    assert (plan.version, plan.activities.get(line=1).title) == (2, "Listrik")
    assert Event.objects.of(plan).count() == 1


def test_a_plan_is_open_or_handed_in():
    assert sorted([*WorkPlan.OPEN, *WorkPlan.HANDED_IN]) == sorted(WorkPlan.Status)
