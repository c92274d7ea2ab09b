"""Angka yang ditetapkan: what is frozen for the public page of a kabupaten, and the words that explain each figure.

Nothing is counted here: the chain, the coverage and the registers are asked as of the day, and the answer is kept as it
was. Page, CSV and JSON read what was kept. No person's name can enter: only counts, places and their codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate

from accounts.models import District
from kpspams.models import KpspamsGroup
from monitoring.models import FinalFigures
from monitoring.queries import stage_counts
from monitoring.queries.chain import STATE_WORDS, chains_of
from monitoring.queries.coverage import Coverage, Registry
from monitoring.queries.facts import TRAINING_KINDS
from records.exports import harmless
from trainings.models import Training
from villages.models import GrantAward, Target, Village

CHAIN_SOURCE = "Portal Pamsimas, rantai hasil desa"
REGISTRY_SOURCE = "Portal Pamsimas, register SPAM dan pemeriksaannya"


@dataclass(frozen=True)
class Concept:
    """One published figure in the terms of Satu Data: what it is, how it is counted, in which unit, from where."""

    key: str
    concept: str
    definition: str
    unit: str
    source: str


CONCEPTS = (
    Concept(
        "desa_sasaran",
        "Desa sasaran",
        "Desa yang menerima bantuan program sampai tahun itu",
        "desa",
        "Portal Pamsimas, register bantuan",
    ),
    Concept(
        "desa_terlatih",
        "Desa terlatih",
        "Desa sasaran yang pengurusnya sekarang hadir pada pelatihan",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept(
        "desa_kelompok_ber_sk",
        "Desa dengan kelompok ber-SK",
        "Desa sasaran yang KPSPAMS-nya ber-SK berlaku dengan ketua, sekretaris, dan bendahara",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept(
        "desa_rencana_kerja",
        "Desa dengan rencana kerja",
        "Desa sasaran yang KPSPAMS-nya sudah mengajukan rencana kerja tahun itu",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept(
        "desa_spam_berfungsi",
        "Desa dengan SPAM berfungsi",
        "Desa sasaran yang semua SPAM-nya berfungsi menurut pemeriksaan 12 bulan terakhir",
        "desa",
        CHAIN_SOURCE,
    ),
    Concept("kpspams", "KPSPAMS", "Kelompok yang terbentuk dan belum bubar", "kelompok", "Portal Pamsimas, KPSPAMS"),
    Concept(
        "pelatihan",
        "Pelatihan dilaksanakan",
        "Pelatihan dan bimtek yang hari terakhirnya sudah lewat, tidak dibatalkan",
        "kegiatan",
        "Portal Pamsimas, pelatihan",
    ),
    Concept("spam", "SPAM tercatat", "SPAM perdesaan yang tercatat di portal", "unit", REGISTRY_SOURCE),
    Concept("spam_dicek", "SPAM dicek", "SPAM yang pernah diperiksa sampai tanggal itu", "unit", REGISTRY_SOURCE),
    Concept(
        "spam_berfungsi",
        "SPAM berfungsi",
        "SPAM yang berfungsi menurut pemeriksaan atau perbaikan 12 bulan terakhir; kosong bila tidak ada data",
        "unit",
        REGISTRY_SOURCE,
    ),
    Concept("sr_aktif", "Sambungan rumah aktif", "SR aktif menurut pemeriksaan terakhir", "SR", REGISTRY_SOURCE),
    Concept("kk_terlayani", "KK terlayani", "KK terlayani menurut pemeriksaan terakhir", "KK", REGISTRY_SOURCE),
    Concept("jiwa_terlayani", "Jiwa terlayani", "Jiwa terlayani menurut pemeriksaan terakhir", "jiwa", REGISTRY_SOURCE),
    Concept(
        "kk_terlayani_persen",
        "Cakupan KK",
        "KK terlayani dibagi KK dasar cakupan",
        "persen",
        REGISTRY_SOURCE,
    ),
    Concept(
        "kk_dasar_persen",
        "KK dasar cakupan",
        "Jumlah KK desa yang jumlah KK-nya tercatat dan KK terlayaninya tercatat untuk semua SPAM-nya",
        "KK",
        REGISTRY_SOURCE,
    ),
    Concept(
        "jiwa_terlayani_persen",
        "Cakupan jiwa",
        "Jiwa terlayani dibagi jiwa dasar cakupan",
        "persen",
        REGISTRY_SOURCE,
    ),
    Concept(
        "jiwa_dasar_persen",
        "Jiwa dasar cakupan",
        "Jumlah jiwa desa yang jumlah jiwanya tercatat dan jiwa terlayaninya tercatat untuk semua SPAM-nya",
        "jiwa",
        REGISTRY_SOURCE,
    ),
)
STAGE_FIGURES = {
    "trained": "desa_terlatih",
    "legal": "desa_kelompok_ber_sk",
    "plan": "desa_rencana_kerja",
    "facility": "desa_spam_berfungsi",
}
TARGETS = {"kk_terlayani_persen": Target.Indicator.HOUSEHOLDS, "jiwa_terlayani_persen": Target.Indicator.PEOPLE}

Figures = dict[str, Any]


def compute(district: District, on: date) -> Figures:
    """The figures of one kabupaten as of `on`, ready to be kept. Sample rows count in the demo only."""
    villages = _villages(district)
    targeted = villages.filter(pk__in=GrantAward.objects.filter(fiscal_year__lte=on.year).values("village"))
    chains = chains_of(targeted.select_related("subdistrict__district__settings_row").order_by("code"), on)
    rows, total = Registry(villages).as_of(on)
    figures: dict[str, int | float | None] = {"desa_sasaran": len(chains)}
    figures |= {STAGE_FIGURES[stage.key]: stage.reached for stage in stage_counts.stage_counts(chains)}
    figures |= {
        "kpspams": KpspamsGroup.objects.current(on).filter(village__in=villages).count(),
        "pelatihan": _trainings(district, on),
    }
    figures |= _covered(total)
    return {
        "district": {"code": district.code, "name": district.name, "province": district.province},
        "sample": villages.filter(is_sample=True).exists(),
        "figures": figures,
        "targets": _targets(district, on.year),
        "subdistricts": [
            {"code": row.place.code, "name": row.place.name, "figures": _covered(row)} for row in rows if row.place
        ],
        "villages": [_functioning(chain) for chain in chains],
    }


def _villages(district: District):
    villages = Village.objects.filter(subdistrict__district=district)
    return villages if settings.DEMO_MODE else villages.filter(is_sample=False)


def _trainings(district: District, on: date) -> int:
    held = Training.objects.filter(district=district, kind__in=TRAINING_KINDS).exclude(state=Training.State.CANCELLED)
    if not settings.DEMO_MODE:
        held = held.filter(is_sample=False)
    return held.with_dates().filter(last_day__lte=on).count()


def _covered(sums: Coverage) -> dict[str, int | float | None]:
    """What a Coverage says under the public names; shares in percent; None is "belum ada data"."""
    return {
        "spam": sums.facilities,
        "spam_dicek": sums.checked,
        "spam_berfungsi": sums.working,
        "sr_aktif": sums.connections,
        "kk_terlayani": sums.households,
        "jiwa_terlayani": sums.people,
        "kk_terlayani_persen": _number(sums.household_share),
        "kk_dasar_persen": sums.kk.whole,
        "jiwa_terlayani_persen": _number(sums.people_share),
        "jiwa_dasar_persen": sums.jiwa.whole,
    }


def _number(share: Decimal | None) -> float | None:
    """Two decimals fit a float; JSON knows no Decimal."""
    return None if share is None else float(share)


def _targets(district: District, year: int) -> dict[str, float]:
    found = {row.indicator: row.value for row in Target.objects.filter(district=district, year=year)}
    return {key: float(found[indicator]) for key, indicator in TARGETS.items() if indicator in found}


def _functioning(chain) -> dict[str, str]:
    step = chain.stage("facility")
    return {
        "code": chain.village.code,
        "name": chain.village.name,
        "subdistrict": chain.village.subdistrict.name,
        "state": step.state.value,
        "word": step.word,
        "day": step.day.isoformat() if step.day else "",
    }


def told(kept: Figures) -> list[dict[str, Any]]:
    """The figures of the kabupaten with their concepts and targets, in order, for a page."""
    return [
        {"concept": concept, "value": kept["figures"].get(concept.key), "target": kept["targets"].get(concept.key)}
        for concept in CONCEPTS
    ]


def village_counts(kept: Figures) -> list[dict[str, Any]]:
    """How many villages stand in each state of the last stage."""
    return [
        {"state": state.value, "word": word, "count": sum(row["state"] == state for row in kept["villages"])}
        for state, word in STATE_WORDS.items()
    ]


# Open data ----------------------------------------------------------------------------------------------

CSV_HEAD = ["kode_wilayah", "nama_wilayah", "tingkat", "indikator", "nilai", "satuan", "keadaan_per"]
METADATA_HEAD = ["indikator", "konsep", "definisi", "satuan", "sumber", "keadaan_per", "ditetapkan_pada"]


def public_json(final: FinalFigures, *, with_villages: bool) -> dict[str, Any]:
    """What /data.json holds: the kept figures with their metadata; villages only where the second switch is on."""
    kept = final.figures
    found = {
        "kabupaten": {"kode": kept["district"]["code"], "nama": kept["district"]["name"]},
        "keadaan_per": final.as_of.isoformat(),
        "data_contoh": kept["sample"],
        "angka": kept["figures"],
        "target": kept["targets"],
        "kecamatan": [
            {"kode": row["code"], "nama": row["name"], "angka": row["figures"]} for row in kept["subdistricts"]
        ],
        "metadata": [dict(zip(METADATA_HEAD, line, strict=True)) for line in metadata_lines(final)],
    }
    if with_villages:
        found["desa"] = [
            {
                "kode": row["code"],
                "nama": row["name"],
                "kecamatan": row["subdistrict"],
                "spam": row["word"],
                "tanggal": row["day"] or None,
            }
            for row in kept["villages"]
        ]
    return found


def csv_lines(final: FinalFigures, *, with_villages: bool) -> Iterator[list[Any]]:
    """One line a figure and place, the head first. An unknown figure is empty, never 0."""
    kept, day = final.figures, final.as_of.isoformat()
    units = {concept.key: concept.unit for concept in CONCEPTS}
    yield CSV_HEAD
    places = [(kept["district"], "kabupaten", kept["figures"])]
    places += [(row, "kecamatan", row["figures"]) for row in kept["subdistricts"]]
    for place, level, figures in places:
        for key, value in figures.items():
            yield [place["code"], harmless(place["name"]), level, key, "" if value is None else value, units[key], day]
    if with_villages:
        for row in kept["villages"]:
            yield [
                row["code"],
                harmless(row["name"]),
                "desa",
                "keadaan_spam",
                row["word"],
                "kategori",
                row["day"] or day,
            ]


def metadata_lines(final: FinalFigures) -> list[list[str]]:
    """One line a figure, without the head."""
    day, set_on = final.as_of.isoformat(), localdate(final.recorded_at).isoformat()
    return [[c.key, c.concept, c.definition, c.unit, c.source, day, set_on] for c in CONCEPTS]


def current_figures(district: District) -> FinalFigures | None:
    """The newest figures that were set for this kabupaten and not withdrawn."""
    rows = FinalFigures.objects.current().filter(district=district).select_related("district__settings_row")
    return rows.order_by("-as_of", "-pk").first()
