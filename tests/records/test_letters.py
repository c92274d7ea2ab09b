"""Characters that no document can print are found in the typed text."""

import pytest
from django.core.exceptions import ValidationError

from imports.rows.rows import Row
from imports.tables.columns import Column
from imports.values import cells
from imports.values.readers import ColumnReader
from records import letters
from records.fields import NameField, SeenField, field_of_column
from villages.models import ConditionCheck, Person, Village

FOREIGN = "Siti 😀 محمد ᬩ"


def test_all_letters_are_named_at_once():
    with pytest.raises(ValidationError) as refused:
        letters.check_name(FOREIGN)
    assert refused.value.messages == [
        "Huruf “ح”, “د”, “م”, “ᬩ”, “😀” tidak ada pada huruf cetak, padahal nama ini tercetak pada dokumen. "
        "Tulis dengan huruf Latin."
    ]
    assert letters.named("abcdefghijklm").endswith("“j” dan 3 huruf lain")


@pytest.mark.parametrize("name", ["Søren Ñuñez", "Ǧalāl ad-Dīn", "Nguyễn", "H. Sutrisno, S.Pd. – “Pak Tris”", "d’Or"])
def test_latin_names_can_be_printed(name):
    letters.check_name(name)


@pytest.mark.parametrize("model", [Person, Village])
def test_a_name_is_refused_in_form_and_import(model):
    field = field_of_column(model._meta.get_field("name"))
    assert type(field) is NameField
    for door in (field.clean, cells.of(model, "name")):
        with pytest.raises(ValidationError, match="“😀”"):
            door(FOREIGN)


def test_other_texts_are_kept_and_the_writer_warned():
    assert field_of_column(ConditionCheck._meta.get_field("cause")).clean("Pompa 😀") == "Pompa 😀"
    assert letters.warning({"Catatan": "Pompa 😀", "Lokasi": "Dusun I", "Hasil": "王"}) == (
        "Tersimpan, tetapi ada huruf yang tidak ada pada huruf cetak: “😀” pada “Catatan”; “王” pada “Hasil”. "
        "Dokumen yang memuatnya tidak dapat dibuat sebelum huruf itu dihapus atau diganti."
    )
    assert letters.warning({"Catatan": "Pompa é – “baik”\u200b"}) == ""


def test_the_preview_of_an_import_says_it():
    row = Row(1, "", 1, {"cause": "Pompa 😀", "note": "Pipa"})
    columns = Column("cause", "Sebab", cells.of(ConditionCheck, "cause")), Column("note", "Catatan", cells.text(20))
    row.read(map(ColumnReader, columns))
    assert (row.errors, row.notes) == ([], {"cause": "ada huruf yang tidak ada pada huruf cetak: “😀”"})


def test_an_accent_written_apart_is_the_same_name():
    apart = "Rene\N{COMBINING ACUTE ACCENT}"
    assert SeenField().clean(apart) == cells.of(Person, "name")("René") == "René"
