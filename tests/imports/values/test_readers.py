"""Readers of columns: equal cells are parsed once."""

import pytest
from django.core.exceptions import ValidationError

from imports.models import ImportRun
from imports.tables.columns import Column
from imports.values import cells, readers
from imports.values.readers import NOTHING, CellReading, ColumnReader
from imports.values.vocabulary import UnknownWord
from records.parsers import numbers


class Counted:
    """A reader that records its input."""

    def __init__(self):
        self.cells = []

    def __call__(self, cell):
        self.cells.append(cell)
        if cell == "rusak":
            raise KeyError(cell)
        if cell == "salah":
            raise ValidationError("Tulis lagi.")
        return str(cell)


@pytest.fixture
def column():
    return Column("name", "Nama", Counted())


def test_column_reader_reads_equal_cells_once(column):
    reader = ColumnReader(column)
    found = [
        reader.read(cell) for cell in ("Budi", "salah", "Budi", "salah", {"day": "2018-12-04"}, {"day": "2018-12-04"})
    ]
    assert found[0] == CellReading("Budi", "Budi")
    assert found[1] == CellReading(error="Tulis lagi.")
    assert found[2:] == [found[0], found[1], found[4], found[4]]
    assert column.read.cells == ["Budi", "salah", {"day": "2018-12-04"}]


def test_column_reader_parts_cells_that_are_equal_in_python_alone(column):
    reader = ColumnReader(column)
    assert [reader.read(cell).value for cell in (1, True, 1.0, "1", {"day": "1"}, {"time": "1"})] == [
        *("1", "True", "1.0", "1", "{'day': '1'}", "{'time': '1'}"),
    ]


def test_column_reader_remembers_no_failure_of_the_portal(column):
    reader = ColumnReader(column)
    for _ in range(2):
        with pytest.raises(KeyError):
            reader.read("rusak")
    assert column.read.cells == ["rusak", "rusak"]


def test_column_reader_remembers_a_bounded_number_of_cells(column, monkeypatch):
    monkeypatch.setattr(readers, "MAX_KNOWN", 3)
    reader = ColumnReader(column)
    assert [reader.read(str(number)).value for number in range(10)] == [str(number) for number in range(10)]
    assert len(reader.known) <= 3


@pytest.mark.parametrize(
    ("required", "found"), [(True, CellReading(error="Nama kosong. Isi sel ini.")), (False, NOTHING)]
)
@pytest.mark.parametrize("cell", [None, "", "-"])
def test_column_reader_of_an_empty_cell(required, found, cell):
    assert ColumnReader(Column("name", "Nama", cells.text(80), required=required)).read(cell) == found


def test_column_reader_refuses_a_ditto_sign():
    found = ColumnReader(Column("name", "Nama", cells.text(80))).read("idem")
    assert found == CellReading(error="Tanda “idem” tidak dipahami pada kolom ini. Tulis isinya.")


def test_column_reader_reads_doubtful_figures_as_somebody_decided():
    column = Column("amount", "Jumlah", cells.decimal(2))
    undecided = ColumnReader(column).read("1,500")
    assert (undecided.value, undecided.doubtful, bool(undecided.error)) == (None, True, True)
    decided = ColumnReader(column, numbers.THOUSANDS).read("1,500")
    assert decided == CellReading(1500, "1.500", "tandanya pemisah ribuan")


def test_column_reader_keeps_the_word_that_nobody_knows():
    found = ColumnReader(Column("state", "Keadaan", cells.of(ImportRun, "state"))).read("entahlah")
    assert isinstance(found.unknown, UnknownWord)
    assert (found.unknown.word, found.unknown.__traceback__) == ("entahlah", None)
