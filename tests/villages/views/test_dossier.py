from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localdate

from imports.rows.ledger import Ledger
from imports.rows.rows import Row
from pamsimas.demo.scenario import EDITION, KABUPATEN, official_list
from records.models import Event, StoredFile
from tests import factories as make
from tests.files import PDF_BYTES, pdf, picture
from tests.pages import errors, page_messages, send, shown
from villages.models import SanitationMark, TimelineEntry, Village, VillageName, WaterTest
from villages.rules.life_cycle import PHASES

pytestmark = pytest.mark.django_db


def page(name, row):
    return reverse(f"villages:{name}", args=[row.pk])


@pytest.fixture
def staff(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


def found(client, text, name="villages:village_list"):
    return [row.name for row in client.get(reverse(name), {"q": text}).context["object_list"]]


# Names ---------------------------------------------------------------------------------------------------


@pytest.fixture
def official_villages(staff):
    call_command("import_villages", official_list(), kabupaten=KABUPATEN, edisi=EDITION, verbosity=0)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Muktikarya", ["Mukti Karya"]),
        ("Wonosari", ["Wono Sari"]),
        ("tanjung meneng", ["Tanjung Menang"]),
        ("KEBUN DALEM", ["Kebun Dalam"]),
        ("Sri Gedung Mulya", ["Gedung Sri Mulyo"]),
    ],
)
def test_old_and_joined_spellings_find_the_village(client, official_villages, typed, names):
    assert found(client, typed) == names


def test_the_official_list_keeps_former_names_once(client, official_villages):
    before = list(VillageName.objects.order_by("pk").values_list("village__code", "name", "valid_until"))
    assert [code for code, _, _ in before] == ["18.11.02.2005", "18.11.04.2004", "18.11.04.2013"]
    call_command("import_villages", official_list(), kabupaten=KABUPATEN, edisi=EDITION, verbosity=0)
    assert list(VillageName.objects.order_by("pk").values_list("village__code", "name", "valid_until")) == before


def test_a_name_changed_by_the_official_list_is_kept(client, official_villages):
    village = Village.objects.get(code="18.11.01.2001")
    village.name = "Wira Laga Lama"
    village.change(by=None)
    call_command("import_villages", official_list(), kabupaten=KABUPATEN, edisi="Edisi baru", verbosity=0)
    assert list(village.names.values_list("name", "source")) == [("Wira Laga Lama", EDITION)]


def test_groups_and_beranda_are_found_by_the_former_name(client, staff):
    name = make.VillageNameFactory(name="Desa Tua")
    make.GrantAwardFactory(village=name.village)
    group = make.GroupFactory(village=name.village, name="Tirta")
    make.GroupFactory(name="Lain")
    make.WorkPlanFactory(group=group)
    make.PersonFactory(village=name.village, name="Wayan")
    assert found(client, "desatua", "kpspams:group_list") == ["Tirta"]
    assert found(client, "desatua", "villages:person_list") == ["Wayan"]
    plans = client.get(reverse("plans:work_plan_list"), {"q": "desatua"}).context["object_list"]
    assert [plan.group for plan in plans] == [group]
    home = client.get(reverse("monitoring:home"), {"q": "desatua"})
    assert [chain.village for chain in home.context["page_obj"]] == [name.village]


@pytest.mark.parametrize(("keep", "names"), [("on", ["Lama"]), (None, [])])
def test_changing_the_name_keeps_the_old_one_unless_it_was_a_slip(client, staff, keep, names):
    village = make.VillageFactory(name="Lama")
    send(client, page("village_update", village), name="Baru", keep_former=keep)
    village.refresh_from_db()
    assert village.name == "Baru"
    assert [name.name for name in village.names.all()] == names
    assert [name.valid_until for name in village.names.all()] == [localdate() - timedelta(days=1)] * len(names)


def test_a_changed_code_is_kept_with_the_name(client, staff):
    village = make.VillageFactory(code="18.11.98.2001")
    send(client, page("village_update", village), code="18.11.98.2002")
    assert village.names.get().code == "18.11.98.2001"
    assert found(client, "18.11.98.2001") == [village.name]


def test_a_former_name_is_not_that_of_today(client, staff):
    village = make.VillageFactory(name="Mukti Karya")
    answer = send(client, page("name_create", village), name="muktikarya")
    assert list(errors(answer)) == ["name"]
    answer = send(client, page("name_create", village), name="Lama", code="18.11")
    assert errors(answer) == {"code": ["Tulis kode desa seperti 18.11.01.2001."]}
    answer = send(client, page("name_create", village), name="Lama", valid_from="2020-01-01", valid_until="2019-01-01")
    assert errors(answer) == {"__all__": ["Tanggal berakhir tidak boleh sebelum tanggal mulai."]}
    send(client, page("name_create", village), name="Desa Lama")
    assert [name.name for name in village.names.all()] == ["Lama"]


# Lifecycle ------------------------------------------------------------------------------------------------


def test_no_step_stands_twice_in_the_life_cycle():
    steps = [step for steps in PHASES.values() for step in steps]
    assert len(steps) == len(set(steps)) == 50
    assert max(map(len, steps)) <= TimelineEntry._meta.get_field("step").max_length


def test_a_step_is_recorded_once_with_its_attachment(client, staff):
    village = make.VillageFactory()
    url = page("timeline_create", village)
    data = shown(client.get(url)) | {"step": "Konstruksi", "on": "2017-09-01", "note": "Selesai"}
    answers = [client.post(url, data | {"upload": pdf("BA.pdf")}) for _ in range(2)]
    entry = TimelineEntry.objects.get()
    assert [answer.url for answer in answers] == [f"{village.get_absolute_url()}#siklus"] * 2
    assert (entry.file.name, StoredFile.objects.count()) == ("BA.pdf", 1)
    file = client.get(page("timeline_file", entry))
    assert (file.content, file["Content-Disposition"]) == (PDF_BYTES, 'attachment; filename="BA.pdf"')
    assert "BA.pdf" in client.get(village.get_absolute_url()).content.decode()


def test_a_step_in_other_words_stays_when_it_is_edited(client, staff):
    entry = make.TimelineEntryFactory(step="Rembug warga")
    send(client, page("timeline_update", entry), note="Dari berkas lama")
    entry.refresh_from_db()
    assert (entry.step, entry.note) == ("Rembug warga", "Dari berkas lama")
    answer = send(client, page("timeline_update", entry), step="Rembug lain")
    assert errors(answer) == {"step": ["Pilih salah satu dari daftar."]}


def test_a_second_editor_sees_both_texts(client, staff):
    entry = make.TimelineEntryFactory()
    url = page("timeline_update", entry)
    data = shown(client.get(url)) | {"note": "dua"}
    send(client, url, note="satu")
    answer = client.post(url, data | {"upload": pdf()})
    assert answer.status_code == 409
    assert answer.context["conflict"]["rows"] == [{"label": "Catatan", "mine": "dua", "theirs": "satu"}]
    assert StoredFile.objects.count() == 0


def test_a_removed_step_stays_in_the_history_of_the_village(client, staff, django_capture_on_commit_callbacks):
    entry = make.TimelineEntryFactory(file=make.StoredFileFactory())
    url, village = page("timeline_remove", entry), entry.village
    assert "Hapus langkah “Sosialisasi Tingkat Desa”?" in client.get(url).content.decode()
    path, storage = entry.file.file.name, entry.file.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url)
    assert page_messages(answer) == ["Langkah “Sosialisasi Tingkat Desa” dihapus."]
    assert (TimelineEntry.objects.count(), StoredFile.objects.count(), storage.exists(path)) == (0, 0, False)
    assert Event.objects.of(village)[0].changes == {"langkah siklus": ["Sosialisasi Tingkat Desa", ""]}
    assert client.post(url).status_code == 404


def test_a_row_without_file_has_none_to_show(client, staff):
    assert client.get(page("timeline_file", make.TimelineEntryFactory())).status_code == 404


# Water and sanitation ------------------------------------------------------------------------------------


def test_a_water_test_says_what_is_not_fit(client, staff):
    facility = make.FacilityFactory()
    other = make.FacilityFactory()
    url = page("water_test_create", facility.village)
    requested = send(client, url, sampled_on="2026-01-05", fit="tidak", facility=facility.pk)
    assert errors(requested) == {"note": ["Tulis apa yang tidak memenuhi syarat."]}
    assert list(errors(send(client, url, sampled_on="2026-01-05", fit="", facility=other.pk))) == ["facility", "fit"]
    send(client, url, sampled_on="2026-01-05", fit="tidak", note="Besi 1,2 mg/L", facility=facility.pk)
    test = WaterTest.objects.get()
    assert (test.fit, test.facility) == (False, facility)
    assert shown(client.get(page("water_test_update", test)))["fit"] == "tidak"
    assert "Besi 1,2 mg/L" in client.get(facility.get_absolute_url()).content.decode()


def test_a_pillar_is_marked_once(client, staff):
    mark = make.SanitationMarkFactory()
    answer = send(client, page("sanitation_create", mark.village), pillar="1", on="2021-01-01")
    assert errors(answer) == {"__all__": ["Pilar ini sudah tercatat untuk desa itu. Ubah catatan yang ada."]}
    tomorrow = (localdate() + timedelta(days=1)).isoformat()
    assert list(errors(send(client, page("sanitation_create", mark.village), pillar="2", on=tomorrow))) == ["on"]
    assert SanitationMark.objects.count() == 1


# The page ------------------------------------------------------------------------------------------------


def test_several_facilities_are_told_in_one_word(client, staff):
    village = make.VillageFactory()
    for state in ("berfungsi", "berfungsi", "tidak"):
        make.ConditionCheckFactory(facility__village=village, functioning=state)
    assert "2 dari 3 berfungsi" in client.get(village.get_absolute_url()).content.decode()


def fill(village):
    facility = make.FacilityFactory(village=village)
    make.ConditionCheckFactory(facility=facility)
    make.VillageNameFactory(village=village)
    make.TimelineEntryFactory(village=village, file=make.StoredFileFactory())
    make.WaterTestFactory(village=village, facility=facility, file=make.StoredFileFactory())
    make.GroupFactory(village=village)


def test_the_dossier_asks_the_same_number_of_queries(client, staff, django_assert_max_num_queries):
    counts = []
    for rows in (1, 5):
        village = make.VillageFactory()
        for _ in range(rows):
            fill(village)
        with django_assert_max_num_queries(40) as requested:
            assert client.get(village.get_absolute_url()).status_code == 200
        counts.append(len(requested.captured_queries))
    assert counts[0] == counts[1]


def test_a_photo_as_attachment_is_shown(client, staff):
    entry = make.TimelineEntryFactory()
    url = page("timeline_update", entry)
    client.post(url, shown(client.get(url)) | {"upload": picture("rapat.png", "PNG")})
    answer = client.get(page("timeline_file", entry))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("image/jpeg", 'inline; filename="rapat.jpg"')


def test_a_water_test_older_than_its_water_system_is_refused(client, staff):
    facility = make.FacilityFactory(built_year=2019)
    url = page("water_test_create", facility.village)
    answer = send(client, url, facility=facility.pk, sampled_on="2018-12-31", fit="ya")
    assert "dibangun tahun 2019. Periksa tanggal ini" in errors(answer)["sampled_on"][0]
    assert not WaterTest.objects.exists()


def test_facts_before_the_year_of_building_are_refused_at_every_door(client, staff):
    facility = make.FacilityFactory(built_year=2019)
    early = date(2018, 12, 31)
    for fact in (
        WaterTest(village=facility.village, facility=facility, sampled_on=early, fit=True),
        make.ConditionCheckFactory.build(facility=facility, checked_on=early),
        make.DamageReportFactory.build(facility=facility, since=early),
    ):
        for door in (fact.full_clean, lambda fact=fact: fact.add(by=staff)):
            with pytest.raises(ValidationError, match="dibangun tahun 2019"):
                door()
    test = make.WaterTestFactory(village=facility.village, facility=facility, sampled_on=date(2019, 1, 1))
    test.sampled_on = early
    with pytest.raises(ValidationError, match="dibangun tahun 2019"):
        test.change(by=staff)
    facility.built_year = 2020
    with pytest.raises(ValidationError, match="sudah diuji atau diperiksa pada 1 Januari 2019"):
        facility.change(by=staff)


def test_an_import_asks_what_no_constraint_can_hold(staff):
    facility = make.FacilityFactory(built_year=2019)
    new, old = Row(1, "", 1, {}), Row(2, "", 2, {})
    new.add(make.ConditionCheckFactory.build(facility=facility, checked_on=date(2018, 12, 31)))
    make.ConditionCheckFactory(facility=facility, checked_on=date(2019, 5, 1))
    old.change(facility, built_year=2020)
    for row, sentence in ((new, "dibangun tahun 2019"), (old, "sudah diuji atau diperiksa pada 1 Mei 2019")):
        ledger = Ledger((), by=staff)
        ledger.take(row)
        assert sentence in " ".join(text for _, text in row.errors)
        assert ledger.counts == 0
    assert facility.built_year == 2019


def test_a_year_of_building_after_recorded_facts_is_refused(client, staff):
    check = make.ConditionCheckFactory(facility__built_year=2017, checked_on=date(2018, 5, 1))
    url = page("facility_update", check.facility)
    assert "1 Mei 2018" in errors(send(client, url, built_year="2019"))["built_year"][0]
    assert send(client, url, built_year="2018").status_code == 302
