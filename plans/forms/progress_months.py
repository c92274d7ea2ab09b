"""Forms of one month of a group: one for each line that is due, and the report of the month."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from plans.forms.progress import AMOUNT_ERRORS, LineForm
from plans.models import FundingSource, MonthReport
from plans.queries.progress import PlanProgress
from plans.services.progress import EMPTY_REPORT, MonthConflict, MonthWish, Saved, save_month
from records.fields import SeenField, WholeField
from records.files import AGAIN
from records.models.figures import RUPIAH
from records.parsers.grids import NUMBER, ShownText


class PlainHidden(forms.HiddenInput):
    """The shown value for the form: without thousands separators."""

    def format_value(self, value):
        return None if value in (None, "") else str(value)


class MonthForm(forms.ModelForm):
    """Form of the report of the month. The shown values are hidden fields, so that only changes are written."""

    data: QueryDict

    nothing = forms.BooleanField(label="Tidak ada kegiatan bulan ini", required=False, show_hidden_initial=True)
    income = WholeField(
        label="Penerimaan iuran bulan ini (Rp)",
        required=False,
        localize=True,
        min_value=RUPIAH.least,
        max_value=RUPIAH.most,
        show_hidden_initial=True,
        error_messages=AMOUNT_ERRORS | {"min_value": "Penerimaan tidak boleh negatif."},
        help_text="Jumlah iuran yang benar-benar diterima, menurut buku kas. Kosongkan bila belum diketahui.",
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    note = SeenField(label="Catatan bulan ini", max_length=250, required=False, show_hidden_initial=True)

    class Meta:
        model = MonthReport
        fields = ["nothing", "income", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["income"].hidden_widget = PlainHidden

    @property
    def nothing_shown(self):
        """Hidden field with the shown value of the check box."""
        return self["nothing"].as_hidden(only_initial=True)

    def wish(self) -> MonthWish:
        """The changed columns; call it after is_valid()."""
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        shown = {name: self._shown(name) for name in changed}
        return MonthWish(changed, shown)

    def _shown(self, name: str):
        field = self.fields[name]
        hidden = field.hidden_widget()
        value = hidden.value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        try:
            return field.clean(value)
        except ValidationError:
            return EMPTY_REPORT[name]


SHOWN = ShownText(1, ":", NUMBER)


class MonthSheet:
    """All forms of the page. `every` shows the lines of other months too.

    The page has one text of the shown entries ("3:0 4:1234": line 3 without an entry, line 4 with that one), under the
    name with which the draft of the browser keeps it.
    """

    def __init__(self, progress: PlanProgress, month: int, *, every=False, data=None, files=None):
        self.progress, self.month, self.every = progress, month, every
        sources = list(FundingSource.objects.all())
        lines = [line for line in progress.lines if not line.gone]
        if data is None:
            shown = [line for line in lines if every or line.is_due(month) or month in line.entries]
            self.seen = {line.line: line.entries[month].pk if month in line.entries else 0 for line in shown}
        else:
            self.seen = {line: int(entry) for line, entry in SHOWN.read(data.get("version", "")).items()}
            shown = [line for line in lines if line.line in self.seen]
        self.rows = [LineForm(line, month, sources, data, files, self.seen[line.line]) for line in shown]
        self.rows.sort(key=lambda row: (row.is_late, row.progress.activity.position))
        self.hidden_count = len(lines) - len(shown)
        report = progress.reports.get(month)
        instance = report or MonthReport(group=progress.plan.group, year=progress.plan.year, month=month)
        self.form = MonthForm(data, instance=instance, prefix="bulan")

    @property
    def version(self) -> str:
        return SHOWN.write(self.seen)

    def is_valid(self) -> bool:
        judged = [form.is_valid() for form in [*self.rows, self.form]]
        return all(judged)

    @property
    def errors(self) -> list[dict]:
        """All errors with their place in the page."""
        found = []
        for row in self.rows:
            name = f"{row.progress.activity.position}. {row.progress.activity.title}"
            found += [{"target": _target(row, key), "text": f"{name}: {text}"} for key, text in _texts(row)]
        return found + [{"target": _target(self.form, key), "text": text} for key, text in _texts(self.form)]

    def save_by(self, user) -> Saved:
        """Raises MonthConflict and ValidationError as save_month."""
        reports = [row.report for row in self.rows]
        wish = self.form.wish()
        return save_month(self.progress.plan, self.month, [row for row in reports if row], wish, by=user)

    def meet(self, conflict: MonthConflict):
        """Prepares the page with the typed values; sending it again means "mine"."""
        report = self.progress.plan.group.month_reports.filter(year=self.progress.plan.year, month=self.month).first()
        self.seen = {line: conflict.current.get(line, 0) for line in self.seen}
        self.form.data = self.form.data.copy()
        for name, empty in EMPTY_REPORT.items():
            value = getattr(report, name) if report else empty
            shown = self.form.fields[name].prepare_value(value)
            self.form.data[self.form.add_initial_prefix(name)] = "" if shown in (None, False) else str(shown)

    def require_photos_again(self):
        for row in self.rows:
            if row.cleaned_data.get("photos"):
                row.add_error("photos", AGAIN)


def _texts(form):
    return [(name, text) for name, texts in form.errors.items() for text in texts]


def _target(form, name: str) -> str:
    if name == "__all__":
        return ""
    return f"id_{form.prefix}-choice_0" if name == "choice" else form[name].id_for_label
