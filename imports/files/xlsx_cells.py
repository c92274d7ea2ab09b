"""Parser of the rows of one worksheet."""

from collections.abc import Callable, Iterator

from openpyxl.utils.datetime import from_ISO8601

from imports.files.xlsx import Book, Cell, Names, Part, number, parse, unescaped

FIRST_TEXTS = 3  # largest number of title lines
MAX_BEYOND = 300  # unread columns of a sheet that are named
MAX_TITLE = 40  # characters kept of each text


def takes_more(beyond: dict[int, list[str]], index: int) -> bool:
    """Whether texts of an unread column are still collected."""
    return len(beyond[index]) < FIRST_TEXTS if index in beyond else len(beyond) < MAX_BEYOND


def note_beyond(beyond: dict[int, list[str]], index: int, value: Cell):
    """Collects the first texts of an unread column: its title, with that of its group."""
    if value is not None:
        beyond.setdefault(index, []).append(value[:MAX_TITLE] if isinstance(value, str) else "")


class SheetCells:
    """The stored rows of one sheet: only filled cells count, gaps between rows cost nothing."""

    def __init__(self, book: Book, part: Part, columns: int):
        self.book, self.part, self.columns = book, part, columns
        self.names = Names()
        self.indexes: dict[str, int] = {}
        self.line, self.index = 0, -1
        self.cells: list[Cell] = []
        self.filled = 0  # cells of the row
        self.text: list[str] = []
        self.takes = self.is_hint = False
        self.type, self.style = "n", "0"
        self.found: list[tuple[int, list[Cell]]] = []
        self.beyond: dict[int, list[str]] = {}  # by index, the first texts of unread columns

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yields (line number of Excel, cells without trailing empty ones) of each filled row."""
        book = self.book
        for _ in parse(book.archive, self.part.path, book.budget, self._start, self._end, self._characters):
            yield from self.found
            self.found.clear()

    def _start(self, name: str, attributes: dict[str, str]):
        local = self.names[name]
        if local == "c":
            self._open_cell(attributes.get)
        elif local == "v":
            self.takes = True
        elif local == "t":
            self.takes = not self.is_hint and self.type == "inlineStr"
        elif local == "rPh":
            self.is_hint = True
        elif local == "row":
            self.line = int(float(attributes["r"])) if "r" in attributes else self.line + 1
            self.index = -1

    def _open_cell(self, get: Callable[..., str]):
        """`get`: returns an attribute or the default."""
        if reference := get("r"):
            letters = reference.rstrip("0123456789")
            index = self.indexes.get(letters)
            if index is None:
                index = self.indexes[letters] = _index(letters)
            self.index = index
        else:
            self.index += 1
        self.type = get("t", "n")
        self.style = get("s", "0")

    def _characters(self, text: str):
        if self.takes:
            self.text.append(text)

    def _end(self, name: str):
        local = self.names[name]
        if local == "v" or local == "t":
            self.takes = False
        elif local == "c":
            if self.text:
                self._close_cell("".join(self.text))
                self.text.clear()
        elif local == "row":
            if self.cells:
                self.book.budget.take_cells(self.filled)
                self.found.append((self.line, self.cells))
                self.cells, self.filled = [], 0
        elif local == "rPh":
            self.is_hint = False

    def _close_cell(self, text: str):
        if self.index >= self.columns:
            if takes_more(self.beyond, self.index):
                note_beyond(self.beyond, self.index, self._value(text))
            return
        value = self._value(text)
        if value is None:
            return
        self.filled += 1
        cells = self.cells
        missing = self.index - len(cells)
        if missing < 0:  # two cells of one place, or out of order: the last one counts
            cells[self.index] = value
            return
        if missing:
            cells.extend([None] * missing)
        cells.append(value)

    def _value(self, text: str) -> Cell:
        kind = self.type
        if kind == "s":
            return self.book.strings[int(text)]
        if kind == "n":
            if self.style in self.book.days:
                return self.book.day(text, self.book.days[self.style])
            return self.book.clean(number(text))
        if kind == "b":
            return bool(int(text))
        if kind == "d":
            return self.book.clean(_written_day(text))
        value = self.book.clean(unescaped(text))
        self.book.budget.take_text(value)
        return value


def _written_day(text: str) -> object:
    return from_ISO8601(text)


def _index(letters: str) -> int:
    """A is 0, AA is 26."""
    found = 0
    for letter in letters.replace("$", ""):
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1
