"""Sheets with more columns than are read."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from imports import registry
from imports.files.books import MAX_COLUMNS
from imports.services import lifecycle
from tests.imports.kinds import every, name_of, of, workbook, written
from tests.imports.office import figures, imported, preview, save, table, uploaded

pytestmark = pytest.mark.django_db


def wide(kind, *titles, at=MAX_COLUMNS):
    """The valid file with these titles and values below them, from this column on."""
    between = [None] * (at - len(kind.head))
    return [[*kind.head, *between, *titles], *([*row, *between, *("isi" for _ in titles)] for row in kind.rows)]


def beyond(kind, title):
    """The valid file with one of its columns beyond the limit; other texts are in its place."""
    at = kind.at(title)
    return [[*row[:at], f"x{line}", *row[at + 1 :]] for line, row in enumerate(wide(kind, title))]


SENTENCE = (
    "Lembar Rekap terlalu lebar: hanya 100 kolom pertama yang dibaca (A sampai CV). 2 kolom berisi sesudahnya tidak "
    "dibaca: CW (Kas), CX (Iuran)."
)


@every
def test_columns_that_are_not_read_are_named_before_and_in_the_preview(staff, client, kind):
    content = workbook(wide(kind, "Kas", "Iuran"))
    run = uploaded(kind.name, content, staff)
    assert SENTENCE in client.get(reverse("imports:import_columns", args=[run.pk])).text
    run = imported(kind.name, content, staff)
    assert (run.reading["wide"], kind.stored()) == ([SENTENCE], kind.result)
    assert SENTENCE in client.get(reverse("imports:import_detail", args=[run.pk])).text


@every
def test_the_last_column_that_is_read_is_no_reason_to_warn(staff, client, kind):
    run = imported(kind.name, workbook(wide(kind, "Kas", at=MAX_COLUMNS - 1)), staff)
    assert (run.reading["wide"], run.reading["unused"]) == ([], ["Kas"])


@every
def test_a_file_is_refused_only_where_a_column_of_ours_is_not_read(staff, kind):
    lost = kind.text
    run = uploaded(kind.name, workbook(beyond(kind, lost)), staff)
    mapping = {name: how for name, how in run.mapping.items() if name != name_of(kind, lost)}
    with pytest.raises(ValidationError) as error:
        lifecycle.map_columns(run, mapping, by=staff)
    assert f"(kolom CW ({lost}) lembar Rekap). Pindahkan kolomnya ke depan" in error.value.messages[0]
    lifecycle.map_columns(run, mapping | {name_of(kind, lost): {"title": "x0"}}, by=staff)


@of("boards")
def test_a_wide_csv_is_told_too(staff, kind):
    content = table(written(kind, wide(kind, "Kas", "Iuran")))
    run = preview(kind.name, content, staff, name="rekap.csv")
    assert run.reading["wide"] == [SENTENCE.replace("Rekap", "CSV")]
    assert figures(save(run, staff))["created"] == 2


@of("villages")
def test_of_very_many_columns_the_first_are_named(staff, kind):
    titles = [f"K{number}" for number in range(400)]
    run = preview(kind.name, workbook(wide(kind, *titles)), staff)
    (sentence,) = run.reading["wide"]
    assert "lebih dari 300 kolom berisi sesudahnya tidak dibaca: CW (K0), " in sentence
    assert sentence.endswith("DP (K19), ….")


def columns_form(client, run) -> tuple[str, dict[str, str]]:
    """The URL of the columns, and the form's data as a browser would send it."""
    address = reverse("imports:import_columns", args=[run.pk])
    form = client.get(address).context["form"]
    return address, {name: form[name].value() or "" for name in form.fields}


@of("villages")
def test_a_column_that_the_import_can_do_without_is_left_out_when_the_person_says_so(staff, client, kind):
    run = uploaded(kind.name, workbook(wide(kind, kind.beside)), staff)
    address, sent = columns_form(client, run)
    assert sent.pop("tak-terbaca") == ""
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert 'type="checkbox" name="tak-terbaca"' in refused.text
    assert "centang “Lanjutkan tanpa kolom yang tidak terbaca itu” di bawah" in refused.text
    assert client.post(address, sent | {"tak-terbaca": "on"}).status_code == 302


@every
def test_a_column_that_must_stand_in_the_file_is_never_left_out(staff, client, kind):
    needed = next(column for column in registry.adapter(kind.name).columns if column.required)
    run = uploaded(kind.name, workbook(wide(kind, needed.label)), staff)
    mapping = {name: how for name, how in run.mapping.items() if name != needed.name}
    with pytest.raises(ValidationError, match="tidak terbaca") as error:
        lifecycle.map_columns(run, mapping, by=staff, without_optional=True)
    assert "centang" not in error.value.messages[0]


@of("villages")
def test_a_file_that_is_not_too_wide_asks_nothing_about_it(staff, client, kind):
    _, sent = columns_form(client, uploaded(kind.name, workbook(wide(kind, "Kas", at=MAX_COLUMNS - 1)), staff))
    assert "tak-terbaca" not in sent
