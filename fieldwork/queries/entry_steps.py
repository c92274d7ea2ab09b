"""Steps of the entry page in the order of the form: which parts of a filled form of a village are recorded already."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse

from accounts.rights import Right, may
from fieldwork.models import EntryRequest
from fieldwork.rules.paper_form import Part, plan_year
from kpspams.models import KpspamsGroup
from kpspams.queries.boards import GroupOn
from plans.models import WorkPlan
from records.formats import date_id, number_id
from records.models import Event
from villages.models import ConditionCheck, Facility, Village, VillageOfficial


@dataclass
class Item:
    """One step: what is recorded, when it was changed last, and the form for it.

    `url` is empty where this user may only read. `rows` are the rows whose last change counts.
    """

    title: str
    known: str
    button: str
    url: str = ""
    rows: list[Any] = field(default_factory=list)
    changed_at: datetime | None = None


@dataclass
class Step:
    part: Part
    items: list[Item]


def entry_in_hand(request) -> EntryRequest | None:
    """The request whose photos are shown beside the page (`?titipan=`), among the visible ones, or None."""
    requested = request.GET.get("titipan", "")
    if not (requested.isascii() and requested.isdecimal() and len(requested) < 19):
        return None
    rows = EntryRequest.objects.visible_to(request.user).select_related("village", "group")
    return rows.prefetch_related("photos__file").filter(pk=int(requested)).first()


def steps_of(village: Village, user, today: date) -> list[Step]:
    """The six parts of the form. The number of queries does not grow with groups and water systems."""
    groups = list(
        village.groups.current(today).prefetch_related("documents", "members__person", "checks", "work_plans")
    )
    facilities = list(village.facilities.prefetch_related("checks", "assets"))
    registry, people, plans = (may(user, right) for right in (Right.EDIT_REGISTRY, Right.EDIT_GROUPS, Right.EDIT_PLANS))
    steps = [
        Step(Part.VILLAGE, _village_items(village, today, registry)),
        Step(Part.GROUP, [item for group in groups for item in _group_items(group, today, people)]),
        Step(Part.BOARD, [_board_item(group, today, people) for group in groups]),
        Step(Part.FACILITIES, [item for facility in facilities for item in _facility_items(facility, registry)]),
        Step(Part.GROUP_CHECK, [_check_item(group, people) for group in groups]),
        Step(Part.PLAN, [item for group in groups for item in _plan_items(group, plan_year(today), plans)]),
    ]
    if not groups and people:
        create = f"{reverse('kpspams:group_create')}?desa={village.pk}"
        steps[1].items.append(Item("KPSPAMS", "Belum ada KPSPAMS di desa ini.", "Tambah KPSPAMS", create))
    if registry:
        create = reverse("villages:facility_create", args=[village.pk])
        known = "" if facilities else "Belum ada sarana yang tercatat."
        steps[3].items.append(Item("Sarana lain" if facilities else "Sarana", known, "Tambah sarana", create))
    _fill_in_changes(steps)
    return steps


def _fill_in_changes(steps: Iterable[Step]):
    """When each item was last changed, in one query over the history."""
    items = [item for step in steps for item in step.items]
    of_kind: dict[str, set[int]] = {}
    for item in items:
        for row in item.rows:
            of_kind.setdefault(row._meta.label_lower, set()).add(row.pk)
    if not of_kind:
        return
    wanted = Q()
    for kind, ids in of_kind.items():
        wanted |= Q(kind=kind, object_id__in=ids)
    writing = Event.objects.filter(wanted).exclude(verb=Event.Verb.DOWNLOAD)
    last = {
        (kind, pk): at for kind, pk, at in writing.order_by().values_list("kind", "object_id").annotate(at=Max("at"))
    }
    for item in items:
        found = [last[row._meta.label_lower, row.pk] for row in item.rows if (row._meta.label_lower, row.pk) in last]
        item.changed_at = max(found, default=None)


def _village_items(village: Village, today: date, registry: bool) -> list[Item]:
    counted = [
        f"{number_id(value)} {unit}"
        for value, unit in ((village.households, "KK"), (village.people, "jiwa"))
        if value is not None
    ]
    figures = f"{', '.join(counted)} (data {village.figures_year})" if counted else "Jumlah KK dan jiwa belum ada."
    heads = village.officials.current(today).filter(office=VillageOfficial.Office.HEAD)
    head = heads.select_related("person").first()
    return [
        Item(
            "Data desa",
            figures,
            "Ubah desa",
            reverse("villages:village_update", args=[village.pk]) if registry else "",
            [village],
        ),
        Item(
            "Kepala Desa",
            head.person.name if head else "Belum dicatat.",
            "Catat pejabat",
            reverse("villages:official_create", args=[village.pk]) if registry else "",
            [head] if head else [],
        ),
    ]


def _group_items(group: KpspamsGroup, today: date, people: bool) -> list[Item]:
    kind = "Pamsimas" if group.is_pamsimas else "Non-Pamsimas"
    known = ", ".join(filter(None, [kind, group.get_legal_form_display(), group.hamlets]))
    decrees = [document for document in group.documents.all() if document.kind == document.Kind.DECREE]
    decree = reverse("kpspams:document_create", args=[group.pk]) + "?jenis=sk"
    update = reverse("kpspams:group_update", args=[group.pk])
    return [
        Item(str(group), known, "Ubah KPSPAMS", update if people else "", [group]),
        Item(f"SK {group}", GroupOn(group, today).decree_chip.label, "Catat SK", decree if people else "", decrees),
    ]


def _board_item(group: KpspamsGroup, today: date, people: bool) -> Item:
    board = GroupOn(group, today)
    held = len(board.held)
    known = f"{number_id(held)} jabatan terisi. {board.board_chip.label}" if held else "Belum ada pengurus."
    change = reverse("kpspams:board_change", args=[group.pk])
    label = "Ganti pengurus" if held else "Catat pengurus"
    return Item(str(group), known, label, change if people else "", list(group.members.all()))


def _facility_items(facility: Facility, registry: bool) -> list[Item]:
    checks = list(facility.checks.all())
    known = "Belum pernah diperiksa."
    if checks:
        known = f"{ConditionCheck.Functioning(checks[0].functioning).label}, {date_id(checks[0].checked_on)}"
    facts = ", ".join(filter(None, [facility.get_technology_display(), str(facility.built_year or "")]))
    update = reverse("villages:facility_update", args=[facility.pk])
    check = reverse("villages:check_create", args=[facility.pk])
    items = [
        Item(facility.name, facts, "Ubah sarana", update if registry else "", [facility]),
        Item(f"Pemeriksaan {facility.name}", known, "Catat pemeriksaan", check if registry else "", checks),
    ]
    assets = list(facility.assets.all())
    if assets:
        state = reverse("villages:asset_checks", args=[facility.pk])
        known = f"{number_id(len(assets))} jenis aset"
        items.append(Item(f"Aset {facility.name}", known, "Catat keadaan aset", state if registry else "", assets))
    return items


def _check_item(group: KpspamsGroup, people: bool) -> Item:
    checks = list(group.checks.all())
    known = "Belum pernah diperiksa."
    if checks:
        known = f"{'Aktif' if checks[0].active else 'Tidak aktif'}, diperiksa {date_id(checks[0].checked_on)}"
    check = reverse("kpspams:group_check_create", args=[group.pk])
    return Item(str(group), known, "Catat pemeriksaan", check if people else "", checks)


def _plan_items(group: KpspamsGroup, year: int, plans: bool) -> list[Item]:
    """The plan of the year of the form: missing, to be filled in, or decided and read-only."""
    title = f"{group}, tahun {year}"
    found = [plan for plan in group.work_plans.all() if plan.year == year]
    newest = max(found, key=lambda plan: plan.revision, default=None)
    if newest is None:
        create = f"{reverse('plans:work_plan_create')}?kpspams={group.pk}&tahun={year}"
        return [Item(title, f"Belum ada rencana kerja {year}.", "Buat rencana kerja", create if plans else "")]
    if newest.status in WorkPlan.OPEN:
        grid = reverse("plans:work_plan_update", args=[newest.pk])
        fees = reverse("plans:work_plan_fees", args=[newest.pk])
        payers = f"{number_id(newest.payers)} {newest.get_payer_unit_display()}" if newest.payers else "Belum diisi."
        return [
            Item(title, newest.status_word, "Isi kegiatan", grid if plans else "", [newest]),
            Item(f"Iuran {title}", payers, "Isi data iuran", fees if plans else ""),
        ]
    return [Item(title, newest.status_word, "Lihat rencana", newest.get_absolute_url(), [newest])]
