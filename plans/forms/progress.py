"""Form of the progress of one line of a plan in one month."""

from django import forms

from plans.models import ActivityProgress, FundingSource
from plans.queries.line_progress import LineProgress
from plans.services.progress import LineReport
from records.fields import FigureField, SeenField, WholeField, choice_field
from records.files import AGAIN, PhotosField
from records.formats import number_id, rupiah
from records.models.figures import PERCENT, RUPIAH, VOLUME

PLANNED, OTHERWISE = "sesuai", "lain"
Status = ActivityProgress.Status
CHOICES = [
    (PLANNED, "Sesuai rencana"),
    (OTHERWISE, "Lain dari rencana"),
    (Status.POSTPONED.value, "Ditunda"),
    (Status.CANCELLED.value, "Batal"),
]
AMOUNT_ERRORS = {
    "invalid": "Tulis rupiah penuh, misalnya 1.450.000.",
    "min_value": "Biaya tidak boleh negatif.",
    "max_value": "Biaya ini melebihi Rp1 triliun. Periksa angkanya.",
}


def amount_field(label: str) -> WholeField:
    return WholeField(
        label=label,
        required=False,
        localize=True,
        min_value=RUPIAH.least,
        max_value=RUPIAH.most,
        error_messages=AMOUNT_ERRORS,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )


class LineForm(forms.Form):
    """Form of one line in one month. `seen`: id of the entry that the page showed, 0 for none."""

    choice = forms.ChoiceField(
        label="Pelaksanaan bulan ini",
        choices=CHOICES,
        required=False,
        error_messages={"invalid_choice": "Pilih salah satu keadaan dari daftar."},
    )
    volume = FigureField(
        label="Volume bulan ini",
        required=False,
        localize=True,
        min_value=VOLUME.least,
        max_value=VOLUME.most,
        max_digits=12,
        decimal_places=2,
        error_messages={
            "invalid": "Tulis angka, misalnya 1 atau 2,5.",
            "min_value": "Volume tidak boleh negatif.",
            "max_value": VOLUME.above,
        },
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    percent = WholeField(
        label="% fisik sampai akhir bulan ini",
        required=False,
        min_value=PERCENT.least,
        max_value=PERCENT.most,
        error_messages={
            "invalid": "Tulis angka antara 0 dan 100.",
            "min_value": "Tulis angka antara 0 dan 100.",
            "max_value": "Tulis angka antara 0 dan 100.",
        },
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    finished = forms.BooleanField(
        label="Kegiatan ini sudah selesai",
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    extra_source = forms.ChoiceField(label="Sumber lain", required=False)
    extra_cost = amount_field("Biaya dari sumber lain")
    obstacle = SeenField(label="Kendala atau alasan", max_length=250, required=False)
    photos = PhotosField(keeps=PhotosField.PLACE, label="Foto", required=False)

    def __init__(
        self, progress: LineProgress, month: int, sources: list[FundingSource], data=None, files=None, seen: int = 0
    ):
        self.seen = seen
        self.progress, self.month = progress, month
        self.entry: ActivityProgress | None = progress.entries.get(month)
        self.share = progress.share(month)
        spent = {paid.source_id: paid.cost for paid in self.entry.fundings.all()} if self.entry else {}
        self.known = {funding.source_id: funding.source for funding in progress.fundings}
        if self.entry:
            self.known |= {paid.source_id: paid.source for paid in self.entry.fundings.all()}
        super().__init__(data, files, prefix=f"l{progress.line}", initial=self._stored(spent))
        for key, source in self.known.items():
            self.fields[f"cost_{key}"] = amount_field(f"Biaya dari {source}")
        others = [(str(source.pk), source.label) for source in sources if source.pk not in self.known]
        choice_field(self, "extra_source").choices = [("", "Tidak ada"), *others]
        self.has_other_choices = bool(others)
        if not progress.requires_percent:
            self.fields["percent"].help_text = "Kosongkan bila volume sudah menunjukkan kemajuannya."

    def _stored(self, spent: dict[int, int]) -> dict:
        entry = self.entry
        if entry is None:
            return {}
        choice = PLANNED if entry.as_planned else entry.status or OTHERWISE
        return {
            "choice": choice,
            "volume": number_id(entry.volume) if entry.volume is not None else None,
            "percent": entry.percent,
            "finished": entry.percent == 100,
            "obstacle": entry.obstacle,
            **{f"cost_{key}": cost for key, cost in spent.items()},
        }

    @property
    def cost_fields(self):
        return [self[f"cost_{key}"] for key in self.known]

    @property
    def cost(self) -> int:
        """Rupiah of the current entry."""
        return self.progress.cost_by_month.get(self.month, 0)

    @property
    def is_late(self) -> bool:
        return self.progress.is_late_in(self.month)

    @property
    def is_planned_now(self) -> bool:
        return self.month in self.progress.months

    @property
    def planned_text(self) -> str:
        """Text of what "sesuai rencana" would write: "1 bulan, Rp1.450.000"."""
        parts = [f"{number_id(self.share.volume)} {self.progress.activity.unit}"]
        if self.share.cost:
            parts.append(rupiah(self.share.cost))
        if self.share.percent is not None:
            parts.append(f"{self.share.percent} % fisik")
        return ", ".join(parts)

    @property
    def options(self) -> list[dict]:
        """The four buttons; a line that is not planned for this month is finished rather than "sesuai rencana"."""
        chosen = self["choice"].value()
        finish = "Diselesaikan bulan ini" if not self.is_planned_now else "Sesuai rencana"
        return [
            {
                "value": value,
                "label": finish if value == PLANNED else label,
                "sub": self.planned_text if value == PLANNED else "",
                "on": chosen == value,
                "id": f"id_{self.prefix}-choice_{number}",
            }
            for number, (value, label) in enumerate(CHOICES)
        ]

    def clean(self):
        data = super().clean() or self.cleaned_data
        choice = data.get("choice")
        typed = any(value not in (None, "", [], False) for name, value in data.items() if name != "choice")
        if not choice and "choice" not in self.errors:
            if self.seen:
                self.add_error("choice", "Pilih keadaannya. Laporan diperbaiki dengan isian lain, tidak dikosongkan.")
            elif typed:
                self.add_error("choice", "Pilih keadaan kegiatan ini.")
        if choice == OTHERWISE:
            self._clean_otherwise(data)
        if choice in Status.values and not data.get("obstacle"):
            self.add_error("obstacle", f"Tulis alasannya mengapa kegiatan ini {Status(choice).label.lower()}.")
        if self.errors and data.get("photos"):
            self.add_error("photos", AGAIN)
        return data

    def _clean_otherwise(self, data):
        required, percent = self.progress.requires_percent, data.get("percent")
        if data.get("finished") and percent is not None and percent < 100 and "percent" in self.changed_data:
            self.add_error("percent", "Kegiatan yang sudah selesai berarti 100 %. Hapus centangnya, atau isi 100.")
        elif data.get("finished"):
            percent = data["percent"] = 100
        elif percent == 100 and "percent" not in self.changed_data and "finished" in self.changed_data:
            self.add_error("percent", "Isi % fisik yang sebenarnya, sebab kegiatan ini belum selesai.")
        if required and percent is None and "percent" not in self.errors:
            self.add_error("percent", "Isi % fisik sampai akhir bulan ini; 0 bila belum ada yang dikerjakan.")
        if (
            not required
            and percent is None
            and data.get("volume") is None
            and not {"volume", "percent"} & set(self.errors)
        ):
            self.add_error("volume", "Isi volume bulan ini; 0 bila tidak ada yang dikerjakan.")
        if data.get("extra_cost") and not data.get("extra_source"):
            self.add_error("extra_source", "Pilih sumber dana untuk biaya ini.")
        if data.get("extra_source") and not data.get("extra_cost"):
            self.add_error("extra_cost", "Isi biayanya, atau kosongkan sumbernya.")

    @property
    def report(self) -> LineReport | None:
        """The entry to save; None for an untouched line. Call it after is_valid()."""
        data, entry = self.cleaned_data, self.entry
        choice = data["choice"]
        if not choice:
            return None
        report = LineReport(
            self.progress.line,
            seen=self.seen,
            obstacle=data["obstacle"],
            photos=data["photos"],
            status=choice if choice in Status.values else "",
            as_planned=choice == PLANNED,
        )
        if choice == PLANNED and entry and entry.as_planned:
            # Recorded already. After a revision the share may differ, but nobody reported that.
            report.volume, report.percent = entry.volume, entry.percent
            report.costs = {paid.source_id: paid.cost for paid in entry.fundings.all()}
        elif choice == PLANNED:
            report.volume, report.percent, report.costs = self.share.volume, self.share.percent, dict(self.share.costs)
        elif choice == OTHERWISE:
            report.volume, report.percent = data.get("volume"), data.get("percent")
            report.costs = {key: data.get(f"cost_{key}") or 0 for key in self.known}
            if data.get("extra_source"):
                report.costs[int(data["extra_source"])] = data["extra_cost"]
        return report
