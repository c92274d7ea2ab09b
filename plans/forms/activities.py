"""Form of the lines of a work plan, one row a line; written without Django fields, because sixty lines must be fast."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from plans.models import Activity, ActivityFunding, FundingSource, WorkArea
from plans.queries.plan_lines import Line
from plans.rules.months import MONTHS, months_to_mask
from records.fields import SeenField, WholeField, field_of_column
from records.formats import number_id, rupiah
from records.models import MAX_RUPIAH
from villages.models import Village


class Choices:
    """Bidang, sources and the water systems of the village, read once for all rows of a page."""

    def __init__(self, village: Village | None = None):
        known = village.facilities.order_by("name", "pk") if village else ()
        self.facilities = {str(facility.pk): facility for facility in known}
        self.facility_options = (
            ("", "Tidak terkait sarana"),
            *((key, facility.name) for key, facility in self.facilities.items()),
        )
        self.areas = {area.code: area for area in WorkArea.objects.all()}
        self.sources = {source.code: source for source in FundingSource.objects.all()}
        self.area_options = tuple((code, str(area)) for code, area in self.areas.items())
        self.source_options = (
            ("", "Pilih sumber"),
            *((code, source.label) for code, source in self.sources.items()),
        )
        self.fee_codes = " ".join(code for code, source in self.sources.items() if source.is_fee)


@dataclass
class Slot:
    """One funding source of a row, as typed."""

    source: str = ""
    amount: str = ""
    security: str = ActivityFunding.Security.PROPOSED
    error: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.source or self.amount.strip())


class ActivityRow(forms.ModelForm):
    """One line. `key` is "l12" for the stored line 12, "n3" for a new one; it prefixes the names of the fields.

    The sources are three lists of equal length (source, amount, security), the months one list. A source without an
    amount pays the rest.
    """

    area = SeenField(label="bidang", error_messages={"required": "Pilih bidang."})
    facility = SeenField(label="sarana", required=False)

    class Meta:
        model = Activity
        fields = [
            "title",
            "location",
            "target",
            "volume",
            "unit",
            "unit_price",
            "responsible",
            "mode",
            "cost_class",
            "facility",
            "carried_over",
            "note",
        ]
        localized_fields = ["volume", "unit_price"]
        formfield_callback = staticmethod(field_of_column)
        # Django's own messages use "bidang" for a field, which means something else on this page.
        error_messages = {
            "title": {"required": "Tulis kegiatannya."},
            "volume": {
                "required": "Isi volume.",
                "invalid": "Tulis angka, misalnya 12 atau 2,5.",
                "min_value": "Volume tidak boleh negatif.",
            },
            "unit": {"required": "Isi satuan, misalnya bulan atau kali."},
            "unit_price": {
                "required": "Isi harga satuan.",
                "invalid": "Tulis rupiah penuh, misalnya 1.450.000.",
                "min_value": "Harga satuan tidak boleh negatif.",
                "max_value": "Harga satuan ini melebihi Rp1 triliun. Periksa angkanya.",
            },
            "mode": {"invalid_choice": "Pilih pola pelaksanaan dari daftar."},
            "cost_class": {"required": "Pilih jenis biaya.", "invalid_choice": "Pilih jenis biaya dari daftar."},
        }

    NAMES = ["area", *Meta.fields]

    def __init__(self, key: str, choices: Choices, data=None, line: Line | None = None, area: str = ""):
        super().__init__(data, instance=line.activity if line and data is None else Activity(), prefix=key)
        self.key, self.choices = key, choices
        self.instance.line = int(key[1:]) if key.startswith("l") else None
        self.fundings: list[ActivityFunding] = []
        self.row_error = ""
        self.shown: dict[str, str] = {}  # errors, after the whole page was checked
        self.place = 0  # the number on the page
        self.theirs: Line | None = None  # the stored line, where another request changed it meanwhile
        if data is not None:
            self._read(data)
        else:
            self._show(line, area)

    def _read(self, data):
        self.texts = {name: data.get(self.add_prefix(name), "") for name in self.NAMES}
        self.months = {int(month) for month in data.getlist(self.add_prefix("months")) if month in _MONTH_WORDS}
        columns = [data.getlist(self.add_prefix(name)) for name in ("source", "amount", "security")]
        self.slots = [Slot(*cells) for cells in zip(*columns, strict=False)]

    def _show(self, line: Line | None, area: str):
        activity = self.instance
        self.texts = {name: getattr(activity, name) or "" for name in self.Meta.fields if name != "facility"}
        self.texts["facility"] = str(activity.facility_id or "")
        self.texts["area"] = activity.area.code if activity.area_id else area
        self.texts["cost_class"] = activity.cost_class
        if line:
            self.texts["volume"] = number_id(activity.volume)
            self.texts["unit_price"] = number_id(activity.unit_price)
        self.months = set(activity.month_list)
        self.slots = [
            Slot(funding.source.code, number_id(funding.amount), funding.security)
            for funding in (line.fundings if line else [])
        ]
        if len(self.slots) == 1 and line and line.fundings[0].amount == activity.amount:
            self.slots[0].amount = ""  # a single source pays everything, also after a change of the price

    @property
    def number(self) -> int | None:
        return self.instance.line

    @property
    def is_blank(self) -> bool:
        """Whether the row is empty; bidang and preselected choices do not count."""
        words = ("title", "location", "target", "volume", "unit", "unit_price", "responsible", "note")
        typed = any(str(self.texts[name]).strip() for name in words)
        return not (typed or self.months or any(not slot.is_blank for slot in self.slots))

    @property
    def open_slots(self) -> list[Slot]:
        """The sources to show: the filled ones and one empty one."""
        filled = [slot for slot in self.slots if not slot.is_blank]
        return [*filled, Slot()]

    @property
    def month_boxes(self) -> list[tuple[str, str, bool]]:
        return [(str(month), word, month in self.months) for month, word in zip(MONTHS, "JFMAMJJASOND", strict=True)]

    @property
    def has_details(self) -> bool:
        return any(self.texts[name] for name in ("note", "mode", "target", "facility", "carried_over"))

    @property
    def amount(self) -> int:
        """The typed amount of the row; 0 while it is unknown."""
        try:
            volume = self.fields["volume"].clean(str(self.texts["volume"]))
            price = self.fields["unit_price"].clean(str(self.texts["unit_price"]))
        except ValidationError:
            return 0
        return min(Activity.cost(volume, price), MAX_RUPIAH * 10)

    def _post_clean(self):
        """Skips the validation of the model: the fields check the same, and its constraints would need a query for
        each row.
        """
        construct_instance(self, self.instance, self.Meta.fields)

    def clean_area(self):
        area = self.choices.areas.get(self.cleaned_data["area"])
        if area is None:
            raise ValidationError("Pilih bidang dari daftar.")
        return area

    def clean_facility(self):
        key = self.cleaned_data["facility"]
        if key and key not in self.choices.facilities:
            raise ValidationError("Pilih sarana desa ini dari daftar.")
        return self.choices.facilities.get(key)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if {"volume", "unit_price"} <= set(cleaned):
            amount = Activity.cost(cleaned["volume"], cleaned["unit_price"])
            if amount > MAX_RUPIAH:
                self.add_error("unit_price", "Jumlah kegiatan ini melebihi Rp1 triliun. Periksa volume dan harga.")
            else:
                self._fund(amount)
        else:
            self._fund(None)
        return cleaned

    def _fund(self, amount: int | None):
        """Reads the sources; `amount` is unknown where volume or price are wrong."""
        used: set[str] = set()
        rest_payer, paid = None, 0
        for slot in self.slots:
            if slot.is_blank:
                continue
            funding = self._funding(slot, used)
            if funding is None:
                continue
            used.add(slot.source)
            self.fundings.append(funding)
            if funding.amount:
                paid += funding.amount
            elif rest_payer:
                slot.error = "Isi jumlahnya: hanya satu sumber boleh dikosongkan untuk membayar sisanya."
            else:
                rest_payer = (slot, funding)
        if amount is None or any(slot.error for slot in self.slots):
            pass
        elif amount == 0 and self.fundings:
            slot = rest_payer[0] if rest_payer else next(slot for slot in self.slots if not slot.is_blank)
            slot.error = "Kegiatan ini belum berbiaya. Isi volume dan harga satuan, atau kosongkan sumber dana."
        elif paid > amount:
            last = [slot for slot in self.slots if slot.amount.strip()][-1]
            last.error = f"Sumber dana berjumlah {rupiah(paid)}, lebih dari jumlah kegiatan {rupiah(amount)}."
        elif rest_payer and paid == amount:
            rest_payer[0].error = "Tidak ada sisa untuk sumber ini. Isi jumlahnya atau kosongkan sumbernya."
        elif rest_payer:
            rest_payer[1].amount = amount - paid
        if any(slot.error for slot in self.slots):
            self.row_error = next(slot.error for slot in self.slots if slot.error)

    def _funding(self, slot: Slot, used: set) -> ActivityFunding | None:
        source = self.choices.sources.get(slot.source)
        if source is None:
            slot.error = "Pilih sumber dana untuk jumlah ini."
        elif slot.source in used:
            slot.error = f"{source} sudah dipakai pada kegiatan ini. Gabungkan jumlahnya."
        elif slot.security not in ActivityFunding.Security.values:
            slot.error = "Pilih kepastian dari daftar."
        else:
            try:
                amount = _AMOUNT.clean(slot.amount)
            except ValidationError as error:
                slot.error = error.messages[0]
            else:
                return ActivityFunding(source=source, amount=amount or 0, security=slot.security)
        return None

    def is_valid(self):
        return super().is_valid() and not self.row_error

    @property
    def line(self) -> Line:
        """The row as a line to save; call it after is_valid()."""
        self.instance.months = months_to_mask(self.months)
        self.instance.area = self.cleaned_data["area"]
        self.instance.amount = Activity.cost(self.instance.volume, self.instance.unit_price)
        return Line(self.instance, self.fundings)


_MONTH_WORDS = {str(month) for month in MONTHS}
_AMOUNT = WholeField(
    label="jumlah (Rp)",
    required=False,
    localize=True,
    min_value=1,
    max_value=MAX_RUPIAH,
    error_messages={
        "invalid": "Tulis rupiah penuh, misalnya 1.500.000.",
        "min_value": "Jumlah dari sumber dana harus lebih dari nol.",
        "max_value": "Jumlah ini melebihi Rp1 triliun. Periksa angkanya.",
    },
)
