"""Uang saku, honorarium, tanda terima bahan: the people of the database, money columns blank."""

import re
from datetime import time

import pytest
from django.core.exceptions import ValidationError

from documents import registry
from documents.rendering import pdf, printing
from tests import factories
from tests.documents.samples import make_training, mark, pages_of, words_of

pytestmark = pytest.mark.django_db


def collected(kind, training):
    module = registry.document(kind)
    return module.collect(training, module.clean(training, {}), None)


def made(kind, training):
    return printing.print_document(registry.document(kind), training.pk, collected(kind, training)).content


def table_of(snapshot):
    return next(block for block in snapshot["body"] if block["kind"] == "table")


@pytest.fixture
def held(office):
    training = make_training(villages=2)
    mark(training, n2="izin")
    first = training.days.first().sessions.get()
    first.attendances.filter(participant__number=4).update(status="sakit")
    return training


def test_uang_saku_lists_who_was_present_with_their_days(held):
    table = table_of(collected("transport_list", held))
    assert table["heads"] == [
        "No", "Nama", "Unsur", "Desa", "Hari", "Tarif (Rp)", "Jumlah (Rp)", "PPh 21 (Rp)", "Diterima (Rp)",
        "NIK/NPWP", "Tanda tangan",
    ]  # fmt: skip
    assert [(row[1], row[4]) for row in table["rows"]] == [
        ("Peserta Nomor 1", "3"),
        ("Peserta Nomor 3", "3"),
        ("Peserta Nomor 4", "2"),
        ("Peserta Nomor 5", "3"),
        ("Peserta Nomor 6", "3"),
    ]
    assert all(row[5:10] == [""] * 5 for row in table["rows"])
    assert table["footer"] == [["", "Jumlah: 5 orang", "", "", "14", *[""] * 6]]


def test_before_the_event_all_are_listed_with_rows_to_spare(office):
    training = make_training(villages=2)
    rows = table_of(collected("transport_list", training))["rows"]
    assert (len(rows), {row[4] for row in rows}) == (6, {""})


@pytest.mark.parametrize("kind", ["transport_list", "materials_receipt"])
def test_empty_rows_fill_the_last_page_and_begin_no_other(office, kind):
    training = make_training(villages=2)
    document, content = registry.document(kind), collected(kind, training)
    table = table_of(document.fitted(content, pdf.measure))
    spare = len(table["rows"]) - 6
    assert [row[0] for row in table["rows"]] == [str(number) for number in range(1, 7 + spare)]

    def pages(count):
        rows = [*table["rows"][:6], *table_of(content)["spare"][:count]]
        body = [{**block, "rows": rows} if block["kind"] == "table" else block for block in content["body"]]
        return pdf.measure(document.render({**content, "body": body}))[0].pages

    assert [pages(count) for count in (0, spare, spare + 1)] == [pages(0), pages(0), pages(0) + 1]


def test_uang_saku_prints_budget_and_four_signers(held):
    factories.BudgetLineFactory(
        training=held,
        sub_activity="1.03.03.2.01",
        account_code="5.1.02.01",
        dpa_number="DPA/7",
        source="APBD Kabupaten",
    )
    factories.SignatoryFactory(slot="treasurer", title_line="Bendahara Pengeluaran", name="Siti Aminah")
    text = words_of(made("transport_list", held))
    for line in (
        "DAFTAR PENERIMAAN UANG SAKU/TRANSPORT PESERTA",
        "Sumber dana : APBD Kabupaten",
        "Sub kegiatan : 1.03.03.2.01",
        "Kode rekening : 5.1.02.01",
        "No. DPA : DPA/7",
        "Terbilang: ....",
        "Pengguna Anggaran/Kuasa Pengguna Anggaran,",
        "Pejabat Pelaksana Teknis Kegiatan,",
        "Lunas dibayar,",
        "Siti Aminah",
    ):
        assert line in text, line


@pytest.mark.parametrize("people", [3, 8, 9, 10, 11, 12, 13, 26])
def test_signatures_of_money_never_stand_alone(office, people):
    training = make_training(villages=1, per_village=0, days=1)
    for number in range(1, people + 1):
        person = factories.PersonFactory(village=None, district=training.district, institution="OPD")
        factories.ParticipantFactory(training=training, person=person, number=number)
    mark(training)
    last = pages_of(made("transport_list", training))[-1]
    assert "Lunas dibayar" in last
    assert re.search(r"\d+\. \.{12}", last)


def test_honorarium_counts_hours_of_the_agenda(office):
    training = make_training(villages=1, days=1)
    session = training.days.get().sessions.get()
    speaker = factories.ResourcePersonFactory(
        rank="Penata, III/c", person__institution="Dinas PMD", person__name="O'Brien"
    )
    item = factories.AgendaItemFactory(session=session, topic="APBDes", starts=time(10), ends=time(12, 15))
    factories.AgendaSpeakerFactory(item=item, resource_person=speaker)
    factories.AgendaSpeakerFactory(item=item, role="moderator", resource_person__person__name="Wayan Sari")
    factories.AgendaItemFactory(
        session=session, topic="Pembukuan", speaker="Bank Lampung", starts=time(13), ends=time(13, 45)
    )
    table = table_of(collected("honorarium_list", training))
    assert table["heads"] == [
        "No", "Nama", "Gol.", "Instansi", "Materi", "Jam", "Tarif (Rp)", "Bruto (Rp)", "PPh 21 (Rp)", "Diterima (Rp)",
        "NPWP", "Tanda tangan",
    ]  # fmt: skip
    assert [row[1:6] for row in table["rows"]] == [
        ["O'Brien", "Penata, III/c", "Dinas PMD", "APBDes", "2,25"],
        ["Wayan Sari", "", "", "Moderator: APBDes", "2,25"],
        ["", "", "Bank Lampung", "Pembukuan", "0,75"],
    ]
    assert table["footer"][0][5] == "5,25"
    assert "O'Brien" in words_of(made("honorarium_list", training))


def test_honorarium_needs_somebody_who_teaches(office):
    with pytest.raises(ValidationError, match="belum menyebut narasumber"):
        registry.document("honorarium_list").clean(make_training(villages=1, days=1), {})


def test_materials_are_signed_in_a_zigzag(held):
    snapshot = collected("materials_receipt", held)
    assert [row[1] for row in table_of(snapshot)["rows"]] == [f"Peserta Nomor {n}" for n in (1, 3, 4, 5, 6)]
    html = registry.document("materials_receipt").render(snapshot | {"document": snapshot["document"] | {"code": "X"}})
    assert re.findall(r"<td( class=\"zig\")?>(\d)\. \.{12}", html) == [
        ("", "1"), (' class="zig"', "2"), ("", "3"), (' class="zig"', "4"), ("", "5"),
    ]  # fmt: skip
