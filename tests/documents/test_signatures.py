from datetime import date

import pytest

from accounts.models import OfficeProfile
from documents import registry
from documents.layout import frame
from documents.models import DocumentSetting
from documents.rendering import printing
from documents.signers import MAX_SIGNERS
from tests import factories
from tests.documents.samples import make_plan, make_training, mark, words_of
from trainings.models import ScheduleChange, Training

pytestmark = pytest.mark.django_db

OLD, NEW = "DINAS PERUMAHAN DAN PERMUKIMAN", "DINAS PERUMAHAN DAN KAWASAN PERMUKIMAN"


def html_of(kind, subject, **parameters):
    module = registry.document(kind)
    snapshot = module.collect(subject, module.clean(subject, parameters), None)
    return module.render(snapshot | {"document": snapshot["document"] | {"code": "X"}})


def choose(kind, *places, letterhead="office"):
    rows = [{"place": place, "above": above} for place, above in places]
    district = factories.DistrictFactory()
    return DocumentSetting.objects.create(district=district, kind=kind, letterhead=letterhead, signers=rows)


def test_papers_of_2018_keep_the_dinas_and_the_people_of_2018_after_a_renaming(office):
    """In 2021 the dinas is renamed and everybody replaced."""
    district = office.district
    for slot in ("dpmu_head", "committee_head", "office_head", "pptk", "treasurer"):
        factories.SignatoryFactory(slot=slot, name=f"Dulu {slot}", valid_from=date(2018, 1, 1))
        factories.SignatoryFactory(slot=slot, name=f"Kini {slot}", valid_from=date(2021, 1, 1))
    OfficeProfile.objects.create(district=district, valid_from=date(2021, 1, 1), office_name=NEW, place="Wiralaga")
    training = make_training(villages=2)
    factories.CertificateFactory(
        training=training, participant=training.participants.first(), dated_on=date(2018, 12, 6), lesson_hours=8
    )
    speaker = factories.ResourcePersonFactory(person__name="Narasumber Uji", person__institution="Dinas Lain")
    factories.AgendaSpeakerFactory(item=training.days.first().items.get(), resource_person=speaker)
    factories.CommitteeMemberFactory(training=training, person__village=None)
    factories.SpjItemFactory(training=training, number="005/1", dated_on=date(2018, 11, 20))
    ScheduleChange.objects.create(training=training, days=["2018-11-27"], invited=True)
    mark(training)
    kinds = [kind for kind, one in registry.DOCUMENTS.items() if one.has_settings and Training in one.subjects]
    requested = {"test_sheet", "test_recap", "evaluation_sheet", "evaluation_recap"}  # these need rows of tests
    printed = {kind: html_of(kind, training) for kind in kinds if kind not in requested}
    assert len(printed) == 19
    assert [kind for kind, html in printed.items() if NEW in html or "Kini " in html or "Wiralaga" in html] == []
    assert all(OLD in html for html in printed.values())
    assert {kind for kind, html in printed.items() if "Dulu " in html} == printed.keys() - {
        "follow_up_plan",
        "assignment_letter",
        "biodata",
        "minutes",
    }
    later = factories.TrainingFactory(district=district)
    factories.TrainingDayFactory(training=later, date=date(2022, 3, 1))
    assert NEW in html_of("official_minutes", later)


def test_a_berita_acara_of_a_damage_is_that_of_the_office_of_its_day(office):
    OfficeProfile.objects.create(district=office.district, valid_from=date(2021, 1, 1), office_name=NEW)
    damage = factories.DamageReportFactory(since=date(2018, 5, 1))
    factories.DamageStepFactory(report=damage, state="diperiksa", on=date(2018, 5, 3))
    snapshot = registry.document("damage_minutes").collect(damage, {}, None)
    assert (snapshot["document"]["dated"], snapshot["document"]["office"]) == ("2018-05-03", OLD)


def test_the_chosen_places_sign_in_their_order_with_place_and_date_above_the_last(office):
    factories.SignatoryFactory(slot="secretary", name="Sekda Uji", title_line="Sekretaris Daerah")
    choose("official_minutes", ("regent", "Mengetahui"), ("secretary", ""))
    training = make_training(villages=1)
    module = registry.document("official_minutes")
    body = module.collect(training, {}, None)["body"]
    blocks = next(block for block in body if block["kind"] == "signatures")["blocks"]
    shown = [(block["above"], block["title"], block["name"], block["place_date"]) for block in blocks]
    assert shown == [
        ("Mengetahui,", "Bupati Mesuji,", "", ""),
        ("", "Sekretaris Daerah,", "Sekda Uji", "Mesuji, 6 Desember 2018"),
    ]


def test_titles_stand_at_one_height_beside_place_and_date_and_apart_from_a_decision():
    left, right = frame.block("Ketua,", above="Mengetahui,"), frame.block("Sekretaris,")
    dated = {**right, "place_date": "Mesuji, 6 Desember 2018"}
    decided = {**right, "place_date": "Ditetapkan di Mesuji\npada tanggal 6 Desember 2018"}

    def lines(*blocks):
        return [[*block["place_date"].split("\n"), block["title"]] for block in frame.signature_rows(blocks, "f4")[0]]

    assert lines(left, dated) == [["Mengetahui,", "Ketua,"], ["Mesuji, 6 Desember 2018", "Sekretaris,"]]
    assert lines(left, right) == [["Mengetahui,", "Ketua,"], ["\N{NO-BREAK SPACE}", "Sekretaris,"]]
    (only,) = lines(decided)
    assert only == ["Ditetapkan di Mesuji", "pada tanggal 6 Desember 2018", "\N{NO-BREAK SPACE}", "Sekretaris,"]


def test_a_plan_may_be_signed_by_two_and_bear_the_letterhead_of_its_group(office):
    plan = make_plan()
    factories.MemberFactory(group=plan.group, post="KET", person__name="Ketua Uji")
    choose("work_plan", ("group_chair", "Disusun oleh"), ("village_head", ""), letterhead="group")
    snapshot = registry.document("work_plan").collect(plan, {}, None)
    assert snapshot["letterhead"] == {
        "government": "KELOMPOK PENGELOLA SISTEM PENYEDIAAN AIR MINUM DAN SANITASI",
        "between": "",
        "office": "KPSPAMS TIRTA CONTOH",
        "lines": ["Desa Contoh Satu, Kecamatan Uji Tengah, Kabupaten Mesuji"],
        "emblem": "",
    }
    assert [(block["above"], block["title"], block["name"]) for block in snapshot["signatures"]] == [
        ("Disusun oleh,", "Ketua KPSPAMS,", "Ketua Uji"),
        ("\N{NO-BREAK SPACE}", "Kepala Desa Contoh Satu,", ""),  # level with the titles beside it
    ]
    assert "KPSPAMS TIRTA CONTOH" in words_of(
        printing.print_document(registry.document("work_plan"), plan.pk, snapshot).content
    )


@pytest.mark.parametrize(
    ("letterhead", "government", "name", "lines"),
    [
        ("secretariat", "PEMERINTAH KABUPATEN MESUJI", "SEKRETARIAT DAERAH", ["Jalan Setda 1"]),
        ("regent", "", "BUPATI MESUJI", ["Jalan Bupati 2"]),
        ("", "", "", []),
    ],
)
def test_each_letterhead_says_who_writes(office, letterhead, government, name, lines):
    office.secretariat_address, office.regent_address = "Jalan Setda 1", "Jalan Bupati 2"
    office.save()
    choose("invitation", letterhead=letterhead)
    training = make_training(villages=1)
    content = registry.document("invitation").collect(training, {"letter": "one", "signer": "chosen"}, None)
    printed = content["letterhead"]
    assert (printed["government"], printed["office"], printed["lines"]) == (government, name, lines)
    assert ('class="letterhead' in html_of("invitation", training)) == bool(name)


def test_an_invitation_asked_with_another_signer_is_signed_by_that_one(office):
    choose("invitation", ("regent", ""))
    training = make_training(villages=1)
    assert "Bupati Mesuji," in html_of("invitation", training)
    html = html_of("invitation", training, signer="office_head")
    assert "Kepala Dinas," in html
    assert "Bupati Mesuji," not in html


def test_what_a_kind_brings_may_be_chosen_as_it_is():
    for kind, document in registry.DOCUMENTS.items():
        assert {signer.place for signer in document.signers or ()} <= document.places.keys(), kind
        assert (document.letterhead or "") in document.letterheads, kind
        assert len(document.signers or ()) <= MAX_SIGNERS
