"""Form of all lines of a work plan, or of a single one on a phone."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from imports.values import vocabulary
from kpspams.models import Member
from plans.forms.activities import ActivityRow, Choices
from plans.models import Activity, ActivityFunding, WorkArea, WorkPlan
from plans.queries.plan_lines import Line, Seen, stored_lines
from plans.queries.plan_totals import plan_activities
from plans.rules.months import MONTHS
from plans.services.plan_paste import Pasted, read_paste
from plans.services.work_plans import MAX_LINES, LinesConflict, save_lines
from records.in_words import rupiah_in_words

# "l12": the stored line 12; "n3": the third new row of this page. Bounded, because both come from the browser.
KEY = re.compile(r"(?:l[1-9][0-9]{0,5}|n[0-9]{1,6})")
SPARE_ROWS = 3
MAX_ROWS = MAX_LINES + 50  # rows on one page, blank ones included: Django may refuse a longer form unread
MAX_READ = 1_000  # rows of one submission; no page sends so many (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
FULL = (
    f"Formulir ini memuat paling banyak {MAX_ROWS} baris, termasuk yang kosong, jadi tidak ada baris yang ditambahkan. "
    "Hapus baris yang kosong, atau simpan dahulu."
)
UNREAD = (
    f"{{count}} baris tidak terbaca, karena sekali kirim paling banyak {MAX_READ} baris, jadi belum ada yang disimpan. "
    "Kembali ke halaman sebelumnya, hapus sebagian barisnya, lalu simpan."
)


@dataclass
class Section:
    """The rows of one bidang."""

    area: WorkArea
    rows: list[ActivityRow]

    @property
    def amount(self) -> int:
        return sum(row.amount for row in self.rows)


class PlanGrid:
    """`data` as posted, or the stored lines. `only` narrows to one line ("l12") or a new one ("n1").

    The posted list "rows" has the keys in their order on the page.
    """

    max_rows = MAX_ROWS
    full_text = FULL
    units = (
        "bulan",
        "kali",
        "unit",
        "SR",
        "m",
        "contoh",
        "batang",
        "paket",
    )  # units used in plans; others may be typed
    posts = tuple(Member.Post.labels)
    mode_options = (("", "Belum ditentukan"), *Activity.Mode.choices)
    cost_options = tuple(Activity.CostClass.choices)
    security_options = tuple(ActivityFunding.Security.choices)

    def __init__(self, plan: WorkPlan, data=None, only: str | None = None, area: str = ""):
        self.plan, self.data, self.only = plan, data, only
        self.choices = Choices(plan.group.village)
        self.errors: list[dict] = []
        self.pasted: Pasted | None = None
        self.pasted_keys: list[str] = []
        self.stored = stored_lines(plan_activities(plan))
        self.contested: set[int] = set()  # lines whose stored text this user may still take
        self.seen = Seen.of(plan, self.stored)
        self.version = plan.version
        if data is None:
            self.rows = self._stored_rows(area)
        else:
            keys = list(dict.fromkeys(key for key in data.getlist("rows") if KEY.fullmatch(key)))
            if only:
                keys = [only]
            if len(keys) > MAX_READ:
                self.errors.append({"target": "", "text": UNREAD.format(count=len(keys) - MAX_READ)})
            self.rows = [ActivityRow(key, self.choices, data=data) for key in keys[:MAX_READ]]
            lines = (key for key in data.getlist("bentrok") if KEY.fullmatch(key) and key.startswith("l"))
            self.contested = {int(key[1:]) for key in lines} & set(self.stored)
            self.seen = Seen.parse(data.get("seen", ""))
            self.version = _version(data.get("version", ""))

    def _stored_rows(self, area: str) -> list[ActivityRow]:
        if self.only:
            line = self.stored.get(int(self.only[1:])) if self.only.startswith("l") else None
            return [ActivityRow(self.only, self.choices, line=line, area=area)]
        rows = [ActivityRow(f"l{number}", self.choices, line=line) for number, line in self.stored.items()]
        if not rows and self.choices.areas:
            rows = [self._new_row(next(iter(self.choices.areas)), number) for number in range(1, SPARE_ROWS + 1)]
        return rows

    def _new_row(self, area: str, number: int) -> ActivityRow:
        return ActivityRow(f"n{number}", self.choices, area=area)

    @property
    def version_text(self) -> str:
        return str(self.version)

    @property
    def is_new(self) -> bool:
        return self.only is not None and self.only.startswith("n")

    @property
    def blank_row(self) -> ActivityRow:
        """The empty row that the script copies."""
        return ActivityRow("n0", self.choices)

    @property
    def sections(self) -> list[Section]:
        parts = {code: Section(area, []) for code, area in self.choices.areas.items()}
        first = next(iter(parts), None)
        for row in self.rows:
            code = row.texts["area"] if row.texts["area"] in parts else first
            if code:
                parts[code].rows.append(row)
        for place, row in enumerate((row for part in parts.values() for row in part.rows), 1):
            row.place = place
        return list(parts.values())

    @property
    def contested_gone(self) -> list[tuple[str, Line]]:
        """Lines in conflict that this user removed and can restore."""
        kept = {row.number for row in self.rows}
        return [(f"l{number}", self.stored[number]) for number in sorted(self.contested - kept)]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def total_words(self) -> str:
        return rupiah_in_words(self.total)

    def paste(self, text: str, *, whole: bool = False):
        """Appends rows copied from a spreadsheet, unsaved, with notes on what was not recognised (`pasted`).

        Errors are shown at the cells, as when saving. If there are too many rows for a plan, none is added, because
        half a plan would look like a whole one. `whole`: adds rows that were left out before as activities.
        """
        with vocabulary.using(self.plan.group.village.code[:5]):
            found = self.pasted = read_paste(text, self.choices, whole=whole)
        numbers = [int(row.key[1:]) for row in self.rows if row.key.startswith("n")]
        fresh = max(numbers, default=0) + 1
        kept = [row for row in self.rows if not (row.key.startswith("n") and row.is_blank)]
        if len(kept) + len(found.lines) > MAX_LINES:
            found.problems = [
                f"Satu rencana kerja memuat paling banyak {MAX_LINES} kegiatan. Di atas ada {len(kept)} dan tempelan"
                f" ini memuat {len(found.lines)}, jadi belum ada yang ditambahkan. Kurangi barisnya, lalu baca lagi."
            ]
            found.lines = []
            return
        added = []
        for number, line in enumerate(found.lines, fresh):
            data = QueryDict(mutable=True)
            for name, values in line.cells.items():
                data.setlist(f"n{number}-{name}", values)
            added.append(ActivityRow(f"n{number}", self.choices, data=data))
        self.rows = kept + added
        self.pasted_keys = [row.key for row in added]
        self._judge([row for section in self.sections for row in section.rows if row in added])

    def arrange(self, action: str) -> str:
        """Adds, doubles, moves or drops rows without saving, for pages without script. Returns the key to look at.

        "tiap" plans a line for every month, or for none where it has every month; "pakai" replaces the typed text of a
        line in conflict by the stored one.
        """
        verb, _, key = action.partition(":")
        if verb == "pakai":
            return self._take_stored(key)
        if verb == "tiap":
            for row in self.rows:
                if row.key == key:
                    row.months = set() if row.months == set(MONTHS) else set(MONTHS)
            return key
        if self.only:
            return key
        numbers = [int(row.key[1:]) for row in self.rows if row.key.startswith("n")]
        fresh = max(numbers, default=0) + 1
        more = {"tambah": SPARE_ROWS, "gandakan": 1}.get(verb, 0)
        if more and len(self.rows) + more > MAX_ROWS:
            self.errors.append({"target": "", "text": FULL})
            return key if KEY.fullmatch(key) else ""
        if verb == "tambah" and key in self.choices.areas:
            self.rows += [self._new_row(key, fresh + number) for number in range(SPARE_ROWS)]
            return f"n{fresh}"
        place = next((place for place, row in enumerate(self.rows) if row.key == key), None)
        if place is None:
            return ""
        row = self.rows[place]
        if verb == "hapus":
            del self.rows[place]
            return ""
        if verb == "gandakan":
            copy = ActivityRow(key, self.choices, data=self.data)
            copy.key = copy.prefix = f"n{fresh}"
            copy.instance.line = None
            self.rows.insert(place + 1, copy)
            return copy.key
        step = {"naik": -1, "turun": 1}.get(verb, 0)
        fellows = [at for at, other in enumerate(self.rows) if other.texts["area"] == row.texts["area"]]
        target = fellows.index(place) + step
        if step and 0 <= target < len(fellows):
            other = fellows[target]
            self.rows[place], self.rows[other] = self.rows[other], self.rows[place]
        return key

    def _take_stored(self, key: str) -> str:
        number = int(key[1:]) if KEY.fullmatch(key) else None
        if number not in self.contested:
            return ""
        self.contested.discard(number)
        stored = self._as_stored(number, self.stored[number])
        places = [row.number for row in self.rows]
        if number in places:
            self.rows[places.index(number)] = stored
        else:
            self.rows.append(stored)
        return key

    def is_valid(self) -> bool:
        """Checks each row that is not blank; `errors` lists the messages with their cells."""
        self._judge([row for section in self.sections for row in section.rows])
        return not self.errors

    def _judge(self, rows: list[ActivityRow]):
        for row in rows:
            if (row.is_blank and not self.only) or row.is_valid():
                continue
            name = "Kegiatan" if self.only else f"Baris {row.place}"
            row.shown = {field: str(texts[0]) for field, texts in row.errors.items()}
            for field, text in row.shown.items():
                label = row.fields[field].label
                self.errors.append({"target": f"{row.key}-{field}", "label": f"{name}, {label}", "text": text})
            for place, slot in enumerate(row.open_slots):
                if slot.error:
                    target = f"{row.key}-source-{place}"
                    self.errors.append({"target": target, "label": f"{name}, sumber dana", "text": slot.error})

    def save_by(self, user) -> dict:
        """Saves and returns the changes as text. Raises as save_lines; call it after is_valid()."""
        lines = [row.line for row in self.rows if self.only or not row.is_blank]
        return save_lines(self.plan, lines, by=user, version=self.version, seen=self.seen, whole=not self.only)

    def meet(self, conflict: LinesConflict):
        """Continues after a conflict: lines that this user did not change become as stored, their changes stay."""
        found = conflict.differences
        rows = []
        for row in self.rows:
            if row.number in found.gone:
                continue
            theirs = found.theirs.pop(row.number, None) if row.number else None
            rows.append(self._as_stored(row.number, theirs) if theirs and row.number else row)
        rows += [self._as_stored(number, line) for number, line in found.theirs.items()]
        self.rows = rows
        self.plan = conflict.current
        self.stored = stored_lines(plan_activities(conflict.current))
        self.seen = Seen.of(conflict.current, self.stored)
        self.version = conflict.current.version
        self.contested = found.contested & set(self.stored)

    def _as_stored(self, number: int, line: Line) -> ActivityRow:
        return ActivityRow(f"l{number}", self.choices, line=line)


def _version(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 10 else 0
