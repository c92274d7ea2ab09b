import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from docx import Document

from documents.layout import word_template
from documents.trainings import template_fields

FIELDS = template_fields.TRAINING_FORM.fields
VALUES = {name: f"isi {name}" for name in template_fields.VALUES} | {name: [] for name in template_fields.LISTS}


def written(*lines, rows=(), head="", foot=""):
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    if rows:
        table = file.add_table(rows=0, cols=len(rows[0]))
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    if head:
        file.sections[0].header.paragraphs[0].text = head
    if foot:
        file.sections[0].footer.paragraphs[0].text = foot
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def with_part(content, name, text):
    """The archive with an additional part, or with another text of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for entry in made.namelist():
            if entry != name:
                fresh.writestr(entry, made.read(entry))
        fresh.writestr(name, text)
    return out.getvalue()


def lines_of(content):
    file = Document(io.BytesIO(content))
    tables = [" | ".join(cell.text for cell in row.cells) for table in file.tables for row in table.rows]
    return [line.text for line in file.paragraphs if line.text] + tables


def test_fill_writes_values_rows_header_and_footer_and_leaves_other_systems_alone():
    content = written(
        "Nomor: {{ nomor }}, {{ kegiatan | upper }}",
        "{% if program %}Program {{ program }}{% endif %}{% if not tempat %}tanpa tempat{% endif %}",
        "${nomor} dan {nomor} tetap",
        rows=[["{%tr for baris in peserta %}", ""], ["{{ baris.no }}", "{{ baris.nama }}"], ["{%tr endfor %}", ""]],
        head="Kop {{ dinas }}",
        foot="{{ kode_dokumen }}",
    )
    word_template.check(content, FIELDS)
    person = dict.fromkeys(template_fields.PEOPLE, "")
    people = [person | {"no": "1", "nama": "Ma'ruf <b> & {{ nomor }}"}, person | {"no": "2", "nama": "Ayu\nDewi"}]
    filled = word_template.fill(content, VALUES | {"peserta": people, "program": ""}, "DATA CONTOH")
    assert lines_of(filled) == [
        "DATA CONTOH",
        "Nomor: isi nomor, ISI KEGIATAN",
        "${nomor} dan {nomor} tetap",
        "1 | Ma'ruf <b> & {{ nomor }}",
        "2 | Ayu\nDewi",
    ]
    section = Document(io.BytesIO(filled)).sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == (
        "Kop isi dinas",
        "isi kode_dokumen",
    )
    assert filled == word_template.fill(content, VALUES | {"peserta": people, "program": ""}, "DATA CONTOH")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{{ nomer }}", "Tanda isian tidak dikenal: {{ nomer }}."),
        ("{{ peserta }}", "sebab peserta sebuah daftar"),
        ("{% for p in orang %}{{ p.nama }}{% endfor %}", "Daftar tidak dikenal: orang."),
        ("{% for p in peserta %}{{ p.nik }}{% endfor %}", "Tanda isian tidak dikenal: {{ p.nik }}."),
        ("{% for p in peserta %}{% for q in acara %}x{% endfor %}{% endfor %}", "di dalam daftar lain"),
        ("{% for p in peserta if p.nama %}x{% endfor %}", "dengan hitungan atau syarat"),
        ("{{ nomor.__class__.__mro__ }}", "titik di belakang titik"),
        ("{{ ''.__class__ }}", "titik di belakang titik"),
        ("{% for i in range(10**9) %}x{% endfor %}", "dengan hitungan atau syarat"),
        ("{{ nomor.__class__ }}", "di luar daftarnya"),
        ("{{ nomor['x'] }}", "kurung siku [ ]"),
        ("{{ cycler() }}", "panggilan ( )"),
        ("{{ 10 ** 10 }}", "pangkat **"),
        ("{{ nomor | attr('x') }}", "“| attr”"),
        ("{% set x = nomor %}", "Perintah tidak dikenal: {% set x = nomor %} pada baris ke-1."),
        ("{% include 'x' %}", "Perintah tidak dikenal: {% include 'x' %}"),
        ("{% if nomor == 'x' %}y{% endif %}", "perbandingan"),
        ("{{ nomor", "Tanda isian tidak ditutup pada baris ke-1: {{ nomor."),
        ("{% if nomor %}y", "{% if nomor %} pada baris ke-1 tidak ditutup. Tambahkan {% endif %}"),
        ("{% endfor %}", "tidak mempunyai pasangan {% for … %} sebelumnya"),
        ("{% else %}", "tidak berada di dalam {% if … %}"),
        ("{{ nomor tanggal }}", "Tanda isian keliru: {{ nomor tanggal }}."),
        ("{% for p peserta %}{% endfor %}", "Ada perintah yang keliru penulisannya."),
        ("{{ }}", "Tanda isian kosong pada baris ke-1"),
        ("{{ " + "(" * 400, "Tanda isian tidak ditutup"),
        ("{{ " + "(" * 200 + "nomor" + ")" * 200 + " }}", "Tanda isian terlalu panjang"),
        ("{{ nomor }}" * 2_001, "lebih dari 2000 tanda isian"),
        ("{{ nomer }}", "Mungkin maksudnya {{ nomor }}."),
    ],
)
@pytest.mark.parametrize("place", ["body", "head"])
def test_check_refuses_what_it_does_not_know_by_name(line, complaint, place):
    content = written(line) if place == "body" else written(head=line)
    with pytest.raises(ValidationError) as error:
        word_template.check(content, FIELDS)
    assert complaint in " ".join(error.value.messages)


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("word/vbaProject.bin", "x", "makro"),
        ("[Content_Types].xml", "<Types><Override ContentType='a.macroEnabled.main+xml'/></Types>", "makro"),
        ("word/a.xml", "<w xmlns:w='w'><w:instrText>DDEAUTO c:\\\\cmd</w:instrText></w>", "kode bidang DDEAUTO"),
        ("word/a.xml", "<w xmlns:w='w'><w:fldSimple w:instr='INCLUDEPICTURE \"http://x\"'/></w>", "INCLUDEPICTURE"),
        ("word/document.xml", "<x>" * 5_000 + "</x>" * 5_000, "bukan DOCX yang utuh"),
        (
            "word/a.xml",
            "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///x'>]><x>&y;</x>".encode(
                "utf-16"
            ),
            "bukan DOCX yang utuh",
        ),
        (
            "word/_rels/a.xml.rels",
            "<r:Relationships xmlns:r='r'><r:Relationship Type='a/image' TargetMode='&#69;xternal'/></r:Relationships>",
            "tautan ke berkas di luar",
        ),
        ("word/_rels/a.xml.rels", "<r><Relationship Type='a/aFChunk' Target='a'/></r>", "berkas lain yang disisipkan"),
        ("word/embeddings/a.bin", "x", "berkas lain yang disematkan"),
        ("word/activeX/a.xml", "<x/>", "ActiveX"),
        ("word/media/a.bin", "0" * 15_000_000, "jauh lebih besar daripada ukurannya"),
        ("word/document.xml", "<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", "bukan DOCX yang utuh"),
        ("word/document.xml", "<x", "bukan DOCX yang utuh"),
        (
            "word/_rels/document.xml.rels",
            '<Relationships><Relationship Id="r" Type="a/attachedTemplate" Target="http://x" TargetMode="External"/>'
            "</Relationships>",
            "tautan ke berkas di luar",
        ),
    ],
)
def test_check_refuses_files_that_bring_more_than_a_letter(name, text, complaint):
    with pytest.raises(ValidationError) as error:
        word_template.check(with_part(written("{{ nomor }}"), name, text), FIELDS)
    assert complaint in " ".join(error.value.messages)


@pytest.mark.parametrize("content", [b"bukan zip", b"PK\x03\x04", b""])
def test_check_refuses_what_is_no_word_file(content):
    with pytest.raises(ValidationError, match="bukan DOCX yang utuh"):
        word_template.check(content, FIELDS)


def test_fill_refuses_what_loops_would_blow_up():
    content = written("{% for p in peserta %}" + "x" * 30_000 + "{% endfor %}")
    word_template.check(content, FIELDS)
    with pytest.raises(ValidationError, match="terlalu panjang"):
        word_template.fill(content, VALUES | {"peserta": [{}] * 1_000})


def test_the_starter_names_every_placeholder_and_passes_its_own_check():
    meanings = {name: meaning for name, (meaning, _) in template_fields.VALUES.items()}
    content = word_template.starter("Undangan", meanings, template_fields.LISTS)
    word_template.check(content, FIELDS)
    rows = {name: [dict.fromkeys(columns, "ada")] for name, columns in template_fields.LISTS.items()}
    text = "\n".join(lines_of(word_template.fill(content, VALUES | rows)))
    assert [name for name in template_fields.VALUES if f"isi {name}" not in text] == []
    assert text.count("ada | ada") >= len(rows)
    assert "{{" not in text


@pytest.mark.parametrize(
    ("line", "name"),
    [("{{ nomor_lama }}", "nomor_lama"), ("{% for p in peserta %}{{ p.nik }}{% endfor %}", "nik")],
)
def test_fill_names_in_indonesian_what_a_letter_no_longer_has(line, name):
    with pytest.raises(ValidationError, match=f"tanda isian {name} tidak dikenal pada surat ini"):
        word_template.fill(written(line), VALUES | {"peserta": [{"nama": "Ayu"}]})
