"""Checks of files before they are opened: harmful files and files without a table are refused with a message."""

import io
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from imports.files import books
from tests.imports.office import book, table


def read(content: bytes, name="berkas.xlsx", **kwargs):
    return books.read(io.BytesIO(content), name, **kwargs)


def refusal(content: bytes, name="berkas.xlsx") -> str:
    with pytest.raises(ValidationError) as caught:
        read(content, name)
    return caught.value.message


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return out.getvalue()


GOOD = book(("Data", [["Desa"], ["Wiralaga I"]]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas kosong"),
        (b"   \r\n", "Berkas kosong"),
        (b"x" * (books.MAX_BYTES + 1), "lebih besar dari 10 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "terkunci dengan sandi"),
        (b"<html><table><tr><td>Desa</td></tr></table></html>", "halaman web"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "halaman web"),
        (b"PK\x03\x04 bukan zip", "Berkas rusak"),
        (GOOD[: len(GOOD) // 2], "Berkas rusak"),
        (b"%PDF-1.7 laporan", "Hanya berkas XLSX atau CSV"),
        (packed(word__document_xml=b"<x/>"), "Hanya berkas XLSX atau CSV"),
        (packed(xl__workbook_xml=b"<x"), "Berkas rusak"),
        (with_part(GOOD, "xl/vbaProject.bin", b"makro"), "memuat makro"),
        (with_part(GOOD, "xl/media/besar.xml", b"0" * (books.MAX_UNPACKED + 1)), "jauh lebih besar"),
        (with_part(GOOD, "xl/padat.xml", b"0" * 5_000_000), "jauh lebih besar"),
        (packed(**{f"bagian{number}": b"x" for number in range(books.MAX_ENTRIES + 1)}), "terlalu banyak bagian"),
        (book(("Data", [])), "tidak berisi satu baris pun"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_may_not_come_in_is_refused(content, message):
    assert message in refusal(content)


def test_entities_in_a_workbook_are_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, bomb if entry.filename == "xl/workbook.xml" else source.read(entry))
    assert refusal(out.getvalue()) == books.BROKEN


def test_a_locked_part_is_refused():
    out = bytearray(GOOD)
    place = out.index(b"PK\x01\x02")
    out[place + 8] |= 1
    assert "sandi" in refusal(bytes(out))


def test_too_many_rows_are_refused():
    content = table([["Desa"], *(["Wiralaga"] for _ in range(books.MAX_ROWS + 100))])
    assert refusal(content, "desa.csv") == "Berkas memuat lebih dari 20.000 baris. Bagi menjadi beberapa berkas."


def test_a_name_tells_nothing_about_what_a_file_is():
    assert [sheet.name for sheet in read(GOOD, "desa.csv")] == ["Data"]
    assert "Hanya berkas XLSX" in refusal(b"Desa;Kode\r\nA;1", "desa.xlsx")


def test_null_bytes_are_no_text():
    assert "bukan teks CSV" in refusal(b"Desa;\0\0\0Kode", "desa.csv")


def test_rows_keep_the_numbers_of_excel():
    content = book(("Data", [["Judul"], [], [], ["Desa", "KK"], ["Wiralaga", 3.5]]))
    assert read(content)[0].rows == [(1, ["Judul"]), (4, ["Desa", "KK"]), (5, ["Wiralaga", 3.5])]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"Desa;KK\r\nA;1\r\n", [(1, ["Desa", "KK"]), (2, ["A", "1"])]),
        (b"\xef\xbb\xbfDesa,KK\nA,1\n", [(1, ["Desa", "KK"]), (2, ["A", "1"])]),
        ("Désa\tKK\nA\t1\n".encode("utf-16"), [(1, ["Désa", "KK"]), (2, ["A", "1"])]),
        ("Désa;KK\nA;1,5\n".encode("cp1252"), [(1, ["Désa", "KK"]), (2, ["A", "1,5"])]),
        (b"sep=;\nDesa;KK\n", [(1, ["sep=", None][:1]), (2, ["Desa", "KK"])]),
        (b'Desa;Ket\n"A\nB";"x ""y"""\nC;z\n', [(1, ["Desa", "Ket"]), (2, ["A B", 'x "y"']), (4, ["C", "z"])]),
    ],
)
def test_csv_as_offices_write_it(content, rows):
    assert read(content, "desa.csv")[0].rows == rows


def test_signs_that_no_eye_sees_are_gone():
    assert books.clean("\ufeffTirta\u200b\x00\n Jaya\xa0 ") == "Tirta Jaya"
    assert books.clean(float("nan")) is None


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        (["Nama;L/P;Desa", "H. Sukirman, S.Pd., M.M., Ph.D.;L;Contoh Satu", "Siti;P;Contoh Dua"], 3),
        (["DAFTAR PESERTA, KECAMATAN MESUJI, TA 2018", "Nama;L/P", "Budi, S.Pd., M.M.;L", "Siti;P"], 2),
        (["Nama,Desa", '"Sukirman; S.Pd.; M.M.",Contoh Satu', "Siti,Contoh Dua"], 2),
        (["Desa\tHarga", "Contoh Satu\t1,5", "Contoh Dua\t2,25"], 2),
        (["Nama|Desa|Ket", "Budi, S.Pd.|Contoh Satu|a;b"], 3),
    ],
)
def test_the_titles_and_equal_counts_tell_what_parts_the_cells(lines, width):
    rows = read("\n".join(lines).encode(), "x.csv")[0].rows
    assert {len(cells) for _, cells in rows if len(cells) > 1} == {width}


def test_a_person_has_the_last_word_on_what_parts_the_cells():
    assert read(b"a,b;c\n1,2;3\n", "x.csv", sign=",")[0].rows == [(1, ["a", "b;c"]), (2, ["1", "2;3"])]


def test_a_hidden_sheet_says_so():
    made = openpyxl.Workbook()
    made.active.append(["Desa"])
    made.create_sheet("Lama").append(["Desa"])
    made["Lama"].sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    assert [(sheet.name, sheet.hidden) for sheet in read(out.getvalue())] == [("Sheet", False), ("Lama", True)]
