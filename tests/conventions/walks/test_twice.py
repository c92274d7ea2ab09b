"""Repeated submissions: a form sent twice with the same request key makes one row, on every page that creates
something.
"""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from django.utils.timezone import localdate

from tests.conventions.walks.walk import Page, html_of, walk
from tests.files import picture
from tests.pamsimas.demo.tables import APPS, snapshot
from villages.models import ConditionCheck, VillageOfficial

# Input for each page with a request key.
TYPED = {
    "trainings:resource_person_create": {"name": "Narasumber Baru", "sex": "L"},
    "trainings:budget_create": {"title": "Sewa gedung", "ceiling": "1.500.000"},
    "trainings:committee_create": {"name": "Panitia Baru", "sex": "P", "role": "Sekretaris"},
    "accounts:settings_rules": {"grace_days": "60"},
    "accounts:user_create": {"name": "Baru", "username": "baru", "role": "staff"},
    "accounts:settings_office_create": {
        "valid_from": "2024-01-01",
        "government_line": "PEMERINTAH",
        "office_name": "DINAS",
        "place": "Mesuji",
    },
    "accounts:settings_signatory_create": {
        "slot": "dpmu_head",
        "title_line": "Ketua DPMU",
        "valid_from": "2024-01-01",
    },
    "villages:village_create": {
        "code": "18.11.98.2999",
        "name": "Baru",
        "subdistrict": lambda w: w.village.subdistrict_id,
    },
    "villages:award_create": {"programme": lambda w: w.award.programme_id, "fiscal_year": "2019"},
    "villages:official_create": {
        "new_name": "Orang Baru",
        "new_sex": "L",
        "office": VillageOfficial.Office.HEAD,
        "starts_on": "2024-01-01",
    },
    "villages:facility_create": {"name": "SPAM Baru"},
    "villages:check_create": {
        "checked_on": "2024-05-05",
        "functioning": ConditionCheck.Functioning.WORKS,
        "checked_by": "Petugas",
    },
    "villages:person_create": {"name": "Orang Lain", "sex": "P", "village": lambda w: w.village.pk},
    "villages:assignment_create": {
        "fasilitator": lambda w: w.people["stranger"].pk,
        "villages": lambda w: w.village.pk,
        "starts_on": "2024-01-01",
    },
    "kpspams:group_create": {"name": "Tirta Baru", "village": lambda w: w.village.pk},
    "kpspams:group_check_create": {"checked_on": "2024-05-05"},
    "kpspams:member_create": {"new_name": "Orang Baru", "new_sex": "L", "post": "SEK", "starts_on": "2024-01-01"},
    "kpspams:document_create": {"kind": "sk", "number": "1/2024", "dated_on": "2024-01-01"},
    "plans:work_plan_create": {"group": lambda w: w.group.pk, "year": "2027"},
    "plans:line_note_create": {"text": "Harga terlalu tinggi"},
    "plans:plan_scan_create": {"upload": lambda w: picture()},
    "plans:work_plan_record": {
        "upload": lambda w: picture(),
        "signer_name": "Kepala Desa Contoh",
        "signer_office": "Kepala Desa",
        "signed_on": lambda w: localdate().isoformat(),
    },
    "trainings:training_create": {
        "title": "Pelatihan Baru",
        "fiscal_year": "2024",
        "venue": "Balai",
        "first_date": "2024-05-05",
    },
    "trainings:meeting_create": {"title": "Rapat Baru", "venue": "Balai", "date": "2024-05-05"},
    "trainings:training_copy": {"title": "Pelatihan Salinan", "first": "2024-05-05"},
    "trainings:agenda_grid_update": {
        "h{day.pk}n1-topic": "Materi",
        "h{day.pk}n1-starts": "10:00",
        "h{day.pk}n1-ends": "11:00",
    },
    "trainings:agenda_create": {"topic": "Materi", "starts": "10:00", "ends": "11:00"},
    "trainings:test_question_create": {"kind": "bs", "text": "Iuran dicatat.", "key": "B"},
    "trainings:evaluation_question_create": {"aspect": "Kebersihan", "kind": "skala"},
    "trainings:follow_up_create": {"task": "Membuka rekening"},
    "trainings:participant_create": {"name": "Orang Datang", "sex": "P", "village": lambda w: w.village.pk},
    "trainings:participant_substitute": {"name": "Orang Pengganti", "sex": "P", "village": lambda w: w.village.pk},
    "imports:word_create": {"word": "Sie Air", "means": "kpspams.member.post|TEK"},
    "villages:name_create": {"name": "Nama Lama", "valid_from": "2000-01-01", "valid_until": "2010-01-01"},
    "villages:timeline_create": {"step": "Sosialisasi Tingkat Desa", "on": "2017-03-01"},
    "villages:water_test_create": {"sampled_on": "2024-05-05", "fit": "ya", "lab": "Labkesda"},
    "villages:sanitation_create": {"pillar": "2", "on": "2024-05-05"},
    "villages:asset_create": {"kind": "sumur_gali", "units": "1"},
    "villages:asset_checks": {"state_{asset.pk}": "berfungsi"},
    "kpspams:board_change": {"kSEK-new_name": "Sekretaris Baru", "kSEK-new_sex": "P"},
    "fieldwork:entry_create": {"village": lambda w: w.village.pk, "photos": lambda w: picture()},
    "kpspams:association_create": {"name": "Asosiasi Lain"},
    "kpspams:membership_create": {
        "group": lambda w: w.closed_group.pk,
        "starts_on": "2019-05-05",
        "ends_on": "2019-12-31",
    },
    "kpspams:meeting_create": {"held_on": "2024-05-05", "topic": "Iuran"},
    "kpspams:group_facility_create": {"facility": lambda w: w.facility.pk, "starts_on": "2024-05-05"},
    "plans:damage_create": {
        "since": "2024-05-05",
        "reported_on": "2024-05-06",
        "component": "pompa",
        "description": "Pompa mati",
        "photos": lambda w: picture(),
    },
    "villages:target_create": {"indicator": "spam", "year": "2027", "value": "80"},
    "imports:import_create": {"kind": "villages", "file": lambda w: SimpleUploadedFile("desa.csv", b"kode;nama\n")},
    "trainings:certificate_exception": {"reason": "Keputusan Ketua", "dated_on": "2024-05-05"},
    "trainings:narrative_update": {"discussion": "Iuran dibahas."},
    "reports:signed_copy_create": {"upload": lambda w: picture()},
    "reports:document_setting": {"letterhead": "secretariat"},
    "reports:document_template_create": {"without": "on"},
    "reports:letter_text_create": {"body": "{jumlah} ke {kegiatan}"},
    "fieldwork:visit_create": {"people_met": "Ketua KPSPAMS", "result": "Iuran dibahas."},
    "monitoring:figures_create": {"as_of": "2026-06-30", "tetapkan": "ya"},
    "reports:schedule_create": {"every": "quarter"},
    "trainings:material_create": {"title": "Modul Baru", "link": "https://contoh.invalid/modul"},
}


def filled_in(typed: dict, dataset) -> dict:
    """The data to send: a name may refer to the dataset ("state_{asset.pk}"), a value may be a function of it."""
    return {key.format(**vars(dataset)): value(dataset) if callable(value) else value for key, value in typed.items()}


def rows() -> dict[str, int]:
    """The number of rows of each table of the project."""
    return {
        model._meta.label: model._base_manager.count()
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def forms_with_key(pages):
    for seen in pages:
        for form in seen.page.forms:
            if form.method == "post" and "request_key" in form.controls:
                yield seen.name, form.action or seen.address, form


def test_every_form_with_a_key_is_tried(pages_of):
    assert {name for name, _, _ in forms_with_key(pages_of("admin"))} - set(TYPED) == set()


@pytest.mark.parametrize("name", TYPED)
def test_sent_twice_makes_one_row(name, dataset, client):
    if name == "accounts:settings_rules":  # only the first save makes a row
        dataset.district.settings_row.delete()
    _, address, form = next(forms_with_key(walk(client, dataset, "admin", only={name})))
    before = rows()
    first, once = client.post(address, form.untouched() | filled_in(TYPED[name], dataset)), rows()
    assert once != before, Page(html_of(first)).text
    second = client.post(address, form.untouched() | filled_in(TYPED[name], dataset))
    assert rows() == once
    # A new account is answered with the page of its password, all others with a redirect to the row.
    assert [first.status_code, second.status_code] == ([200, 302] if name == "accounts:user_create" else [302, 302])
    assert second["Location"] == first.get("Location", second["Location"])


# Input of the second submission under the same key, where no text of TYPED can be lengthened.
OTHER = {
    "trainings:committee_create": {"role": "Bendahara"},
    "accounts:settings_rules": {"grace_days": "61"},
    "accounts:settings_signatory_create": {"title_line": "Ketua DPMU Lain"},
    "villages:award_create": {"fiscal_year": "2018"},
    "villages:assignment_create": {"starts_on": "2024-02-01"},
    "kpspams:group_check_create": {"checked_on": "2024-05-06"},
    "kpspams:document_create": {"number": "2/2024"},
    "plans:work_plan_create": {"year": "2028"},
    "plans:plan_scan_create": {"upload": lambda w: picture(size=(300, 400))},
    "plans:work_plan_record": {"signer_name": "Kepala Desa Lain"},
    "imports:word_create": {"word": "Sie Air Bersih"},
    "trainings:follow_up_create": {"task": "Membuka rekening lain"},
    "villages:timeline_create": {"on": "2017-03-02"},
    "villages:sanitation_create": {"pillar": "3"},
    "villages:asset_create": {"units": "2"},
    "villages:asset_checks": {"note_{asset.pk}": "Lain"},
    "fieldwork:entry_create": {"note": "Halaman lain"},
    "kpspams:membership_create": {"starts_on": "2019-05-06"},
    "kpspams:group_facility_create": {"starts_on": "2024-05-06"},
    "villages:target_create": {"value": "81"},
    "imports:import_create": {"file": lambda w: SimpleUploadedFile("desa.csv", b"kode;nama\n1;Lain\n")},
    "reports:signed_copy_create": {"upload": lambda w: picture(size=(300, 400))},
    "reports:document_setting": {"letterhead": "regent"},
    "reports:document_template_create": {"valid_from": "2024-02-01"},
    "monitoring:figures_create": {"as_of": "2026-05-31"},
    "reports:schedule_create": {"every": "month"},
}
TEXTS = (
    *("name", "title", "new_name", "topic", "text", "reason", "description", "body", "discussion", "aspect", "lab"),
    *("office_name", "checked_by", "people_met", "kSEK-new_name"),
)


def other(name: str) -> dict:
    """Input for this page when the same form is sent once more with other content."""
    text = next((field for field in TEXTS if field in TYPED[name]), "")
    return TYPED[name] | (OTHER.get(name) or {text: f"{TYPED[name][text]} Lain"})


# The agenda grid answers a conflict row by row: tests/trainings/views/test_agenda_grid.py.
@pytest.mark.parametrize("name", [name for name in TYPED if name != "trainings:agenda_grid_update"])
def test_sent_again_with_other_content_shows_both_and_saves_nothing(name, dataset, client):
    if name == "accounts:settings_rules":  # only the first save makes a row
        dataset.district.settings_row.delete()
    _, address, form = next(forms_with_key(walk(client, dataset, "admin", only={name})))
    client.post(address, form.untouched() | filled_in(TYPED[name], dataset))
    before = snapshot()  # the messages of the first response are unread: it was lost
    answer = client.post(address, form.untouched() | filled_in(other(name), dataset))
    page = Page(html_of(answer))
    assert (answer.status_code, snapshot() == before) == (409, True), page.text
    assert "Isian Anda belum tersimpan" in page.text
    assert not [facts for _, facts in page.tags if "notice-success" in facts.get("class", "")]
    shown = answer.context["conflict"]
    assert shown["rows"]
    assert all(row["mine"] != row["theirs"] or row["label"] == "Berkas" for row in shown["rows"])
    texts = [escape(row[side]) for row in shown["rows"] for side in ("mine", "theirs")]
    assert [text for text in texts if text not in html_of(answer)] == []
    assert "Tersimpan" not in Page(html_of(client.get("/akun/"))).text


# Pages without a request key: their rows are unique by nature, or the version of the whole detects the second time.
BY_NATURE = {
    "plans:work_area_create": ("central", {"code": "Z", "label": "Bidang baru", "order": "9"}),
    "plans:funding_source_create": ("central", {"code": "baru", "label": "Sumber baru", "order": "9"}),
    "villages:programme_create": ("central", {"code": "BARU", "name": "Program baru"}),
    "plans:activity_create": (
        "admin",
        {
            "n1-area": lambda w: w.area.code,
            "n1-title": "Kegiatan baru",
            "n1-volume": "1",
            "n1-unit": "kali",
            "n1-unit_price": "1.000",
        },
    ),
    "plans:progress_month": ("admin", {"bulan-note": "Sudah dibaca"}),
    "trainings:day_create": ("admin", {"date": "2018-12-07"}),
    "trainings:session_create": ("admin", {"name": "Malam", "starts": "19:00", "ends": "20:00"}),
    "trainings:invitation_create": ("admin", {"villages": lambda w: w.people["stranger"].assignments.get().village_id}),
}


@pytest.mark.parametrize("name", BY_NATURE)
def test_sent_twice_makes_one_row_by_nature(name, dataset, client):
    role, typed = BY_NATURE[name]
    (seen,) = walk(client, dataset, role, only={name})
    form = next(form for form in seen.page.forms if set(typed) <= set(form.controls))
    data = form.untouched() | filled_in(typed, dataset)
    before = rows()
    first, once = client.post(seen.address, data), rows()
    assert once != before, Page(html_of(first)).text
    assert client.post(seen.address, data).status_code < 500
    assert rows() == once
