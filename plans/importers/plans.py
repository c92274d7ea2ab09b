"""Importer of work plans, one row for each activity. Plans are imported as drafts, because approval is a decision."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from imports.adapters import Adapter
from imports.rows.rows import NOT_WRITTEN, Row
from imports.tables.columns import Column
from imports.values import cells
from kpspams.importers.groups import GROUP_COLUMN, GroupFinder
from kpspams.models import KpspamsGroup
from plans.importers.plan_months import MONTH_COLUMNS, read_marks
from plans.importers.plan_sizes import PlanKey, PlanSizes
from plans.models import Activity, ActivityFunding, FundingSource, WorkArea, WorkPlan
from records.formats import rupiah
from records.models import MAX_RUPIAH
from records.search_keys import search_key
from villages.importers.places import VILLAGE_COLUMNS, VillageFinder

# The columns of an activity that a row may change, with the column of the file.
LINE = ("target", "volume", "unit", "unit_price", "months", "responsible", "mode", "cost_class", "note")
SURVEYED = ("village_code", "village", "subdistrict", "group", "year", "area", "title", "location")
MODES = {
    "kerja sama": "antar_desa",
    "antar desa": "antar_desa",
    "pihak ke-3": "pihak_ketiga",
    "kontrak": "pihak_ketiga",
}
CLASSES = {"operasional": "rutin", "operasi": "rutin", "pemeliharaan": "rutin", "pengembangan": "perbaikan"}


class PlanImport(Adapter):
    """Work plans: activities with the amount of one source; two sources are two rows."""

    kind = "plans"
    order = 6
    label = "Rencana kerja tahun lalu"
    needs = "Desa dan KPSPAMS sudah tercatat. Rencana masuk sebagai draf; ajukan dan setujui seperti biasa."
    writes = (WorkPlan, Activity, ActivityFunding)
    columns = (
        *VILLAGE_COLUMNS,
        GROUP_COLUMN,
        Column(
            "year",
            "Tahun",
            cells.year,
            ("tahun rencana", "ta", "tahun anggaran"),
            True,
            2025,
            fixed=True,
        ),
        Column(
            "area",
            "Bidang",
            cells.text(90),
            ("kode bidang", "bidang kegiatan"),
            required=True,
            example="A",
            help="Kode A-G atau nama bidang.",
        ),
        Column(
            "title",
            "Kegiatan",
            cells.of(Activity, "title"),
            ("nama kegiatan", "uraian kegiatan", "uraian", "jenis kegiatan"),
            required=True,
            example="Menguras reservoir",
        ),
        Column("location", "Lokasi", cells.of(Activity, "location"), ("lokasi kegiatan",), example="Dusun I"),
        Column("target", "Sasaran/manfaat", cells.of(Activity, "target"), ("sasaran", "manfaat"), example="130 KK"),
        Column("volume", "Volume", cells.of(Activity, "volume"), ("vol",), required=True, example="2"),
        Column("unit", "Satuan", cells.of(Activity, "unit"), ("sat",), required=True, example="kali"),
        Column(
            "unit_price",
            "Harga satuan (Rp)",
            cells.of(Activity, "unit_price"),
            ("harga satuan", "harga", "biaya satuan"),
            required=True,
            example="150.000",
        ),
        *MONTH_COLUMNS,
        Column(
            "responsible",
            "Penanggung jawab",
            cells.of(Activity, "responsible"),
            ("pj", "pelaksana"),
            example="Seksi Teknik",
        ),
        Column("mode", "Pola pelaksanaan", cells.of(Activity, "mode", MODES), ("pola",), example="Swakelola"),
        Column("cost_class", "Jenis biaya", cells.of(Activity, "cost_class", CLASSES), example="Operasional rutin"),
        Column(
            "source",
            "Sumber dana",
            cells.text(60),
            ("sumber", "sumber pembiayaan", "pembiayaan"),
            example="Iuran",
            fixed=True,
        ),
        Column(
            "source_amount",
            "Jumlah dari sumber (Rp)",
            cells.whole(maximum=MAX_RUPIAH, label="jumlah (Rp)"),
            ("jumlah dana", "nilai sumber"),
            example="300.000",
            help="Kosong berarti seluruh biaya kegiatan.",
        ),
        Column("note", "Keterangan", cells.of(Activity, "note"), ("ket", "catatan")),
    )

    def load(self):
        self.places = VillageFinder(by=self.by, place=self.place)
        self.groups = GroupFinder(self.places)
        self.areas: dict[str, WorkArea] = {}
        for area in WorkArea.objects.all():
            for word in (area.code, area.label, str(area)):
                self.areas.setdefault(search_key(word), area)
        self.sources: dict[str, FundingSource] = {}
        for source in FundingSource.objects.all():
            for word in (source.code, source.label):
                self.sources.setdefault(search_key(word), source)
        self.plans: dict[tuple, WorkPlan] = {}
        plans = {}
        for plan in WorkPlan.objects.filter(group__in=self.groups.by_id).order_by("revision"):
            plan.group = self.groups.by_id[plan.group_id]
            plans[plan.pk] = self.plans[plan.group_id, plan.year] = plan
        self.lines: dict[tuple, Activity] = {}
        self.counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])  # id of the plan object: lines, last number
        activities = {}
        areas = {area.pk: area for area in self.areas.values()}
        for activity in Activity.objects.filter(plan__in=plans):
            plan = plans[activity.plan_id]
            activity.plan, activity.area = plan, areas[activity.area_id]
            activities[activity.pk] = activity
            self.lines[self._line_key(plan, activity.area, activity.title, activity.location)] = activity
        for last in Activity.objects.filter(plan__in=plans).values("plan").annotate(line=Max("line")):
            plan = plans[last["plan"]]
            held = sum(activity.plan_id == plan.pk for activity in activities.values())
            self.counts[id(plan)] = [held, last["line"]]
        sources = {source.pk: source for source in self.sources.values()}
        self.fundings: dict[tuple[int, int], ActivityFunding] = {}
        for funding in ActivityFunding.objects.filter(activity__in=activities):
            funding.activity, funding.source = activities[funding.activity_id], sources[funding.source_id]
            self.fundings[id(funding.activity), funding.source_id] = funding

    @staticmethod
    def _line_key(plan: WorkPlan, area: WorkArea, title: str, location: str) -> tuple:
        return id(plan), area.pk, search_key(title), search_key(location)

    def survey(self, rows: Iterable[Row]):
        known: dict[PlanKey, set] = defaultdict(set)
        numbers = {id(plan): key for key, plan in self.plans.items()}
        for plan_id, *line in self.lines:
            if plan_id in numbers:  # only of the newest revision
                known[numbers[plan_id]].add(tuple(line))
        self.sizes = PlanSizes(known)
        self.sizes.count((row, self._surveyed_group(row), self._surveyed_line(row)) for row in rows)
        self.places.coded = self.places.elsewhere = 0  # the rows are planned after this

    def _surveyed_group(self, row: Row) -> KpspamsGroup | None:
        row.read(reader for reader in self.readers if reader.name in SURVEYED)
        return self.groups.find(row, self.places.find(row))

    def _surveyed_line(self, row: Row) -> tuple | None:
        area, title = self.areas.get(search_key(row.get("area", ""))), row.get("title")
        return (area.pk, search_key(title), search_key(row.get("location", ""))) if area and title else None

    def question(self):
        return self.places.question()

    def plan(self, row: Row):
        row.label = row.get("title", "")
        group = self.groups.find(row, self.places.find(row))
        if group and row.has("year") and (complaint := self.sizes.complaint(group, row.get("year"))):
            row.wrong("", complaint)
            return
        area = self._choice(row, "area", self.areas, "Bidang")
        source = self._choice(row, "source", self.sources, "Sumber dana")
        for name in ("volume", "unit_price"):
            if row.get(name, 0) < 0:
                row.wrong(name, f"{self.column(name).label} tidak boleh negatif.")
        read_marks(row)
        amount = self._amount(row)
        if row.get("source_amount") is not None and source is None and not row.failed("source"):
            row.wrong("source", "Isi sumber dana untuk jumlah itu.")
        if amount is not None and row.get("source_amount", 0) > amount:
            row.wrong("source_amount", f"Jumlah dari sumber lebih besar daripada biaya kegiatan, {rupiah(amount)}.")
        if group is None or area is None or not row.has("year"):
            return
        plan = self._plan(row, group)
        if plan is None or row.errors:
            return
        self._line(row, plan, area, source, amount)

    def _choice(self, row: Row, name: str, known: dict[str, Any], label: str) -> Any:
        written = row.get(name)
        if not written:
            return None
        found = known.get(search_key(written))
        if found is None:
            names = ", ".join(dict.fromkeys(str(item) for item in known.values()))
            row.wrong(name, f"{label} “{written}” tidak dikenal. Yang ada: {names}.")
        else:
            row.means(name, str(found))
        return found

    def _amount(self, row: Row) -> int | None:
        if not row.has("volume") or not row.has("unit_price"):
            return None
        amount = Activity.cost(row.get("volume"), row.get("unit_price"))
        if amount > MAX_RUPIAH:
            row.wrong("unit_price", "Volume kali harga satuan melebihi Rp1 triliun. Periksa titik dan komanya.")
        return amount

    def _plan(self, row: Row, group: KpspamsGroup) -> WorkPlan | None:
        key = (group.pk, row.get("year"))
        plan = self.plans.get(key)
        if plan is None:
            plan = WorkPlan(group=group, year=row.get("year"))
            if not row.errors:
                row.add(plan, self.plans, key)
        return plan

    def _line(self, row: Row, plan: WorkPlan, area: WorkArea, source: FundingSource | None, amount: int | None):
        location = row.get("location", "")
        key = self._line_key(plan, area, row.get("title"), location)
        activity = self.lines.get(key)
        values = row.filled(**{name: name for name in LINE})
        before = (len(row.adds), activity and {name: getattr(activity, name) for name in values})
        if activity is None:
            held, last = self.counts[id(plan)]
            activity = Activity(
                plan=plan,
                line=last + 1,
                position=held + 1,
                area=area,
                title=row.get("title"),
                location=location,
                **values,
            )
            activity.amount = amount or 0
            if "cost_class" not in values:
                row.means("cost_class", str(activity.get_cost_class_display()), NOT_WRITTEN)
            row.add(activity, self.lines, key, silent=True)
            row.then(lambda: self.counts.update({id(plan): [held + 1, last + 1]}))
        else:
            row.change(activity, **values, amount=amount)
        changed = len(row.adds) > before[0] or before[1] != values
        changed = self._funding(row, activity, source, amount) or changed
        if not changed:
            return
        if not plan.is_open:
            row.wrong("year", f"{plan} berstatus {plan.status_word}, jadi kegiatannya tidak dapat diubah.")
            return
        title = row.get("title")
        row.then(lambda: self.ledger.touch(plan))
        row.then(
            lambda: self.ledger.add_change(plan, f"kegiatan {activity.position} ({title})", "", rupiah(activity.amount))
        )

    def _funding(self, row: Row, activity: Activity, source: FundingSource | None, amount: int | None) -> bool:
        if source is None or not amount:
            return False
        paid = row.get("source_amount") or amount
        if not row.has("source_amount"):
            row.means("source_amount", rupiah(paid), "seluruh biaya kegiatan")
        funding = self.fundings.get((id(activity), source.pk))
        if funding is None:
            made = ActivityFunding(activity=activity, source=source, amount=paid)
            row.add(made, self.fundings, (id(activity), source.pk), silent=True)
            return True
        if funding.amount != paid:
            row.change(funding, amount=paid)
            return True
        return False
