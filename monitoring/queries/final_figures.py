"""Final figures (Angka yang ditetapkan): their computation for the public page of a kabupaten, and their publication.

Nothing is counted here: the chain, the coverage and the registers are read as of the day, and the result is stored.
Page, CSV and JSON read the stored result. It contains no names of persons, only counts, places and their codes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.conf import settings
from django.utils.timezone import localdate

from accounts.models import District
from kpspams.models import KpspamsGroup
from monitoring.models import FinalFigures
from monitoring.queries import stage_counts
from monitoring.queries.chain import STATE_LABELS, Chain, chains_of
from monitoring.queries.coverage import Coverage, Registry
from monitoring.queries.facts import TRAINING_KINDS
from monitoring.rules.concepts import CONCEPTS, Concept
from records.exports import harmless
from trainings.models import Training
from villages.models import GrantAward, Target, Village

STAGE_FIGURES = {
    "trained": "desa_terlatih",
    "legal": "desa_kelompok_ber_sk",
    "plan": "desa_rencana_kerja",
    "facility": "desa_spam_berfungsi",
}
TARGETS = {"kk_terlayani_persen": Target.Indicator.HOUSEHOLDS, "jiwa_terlayani_persen": Target.Indicator.PEOPLE}

Values = dict[str, int | float | None]  # {key of a concept: figure}


class KeptPlace(TypedDict):
    code: str
    name: str


class KeptDistrict(KeptPlace):
    province: str


class KeptSubdistrict(KeptPlace):
    figures: Values


class KeptVillage(KeptPlace):
    """`word`: label of the state of the water systems; `day`: that of the newest check, empty without one."""

    subdistrict: str
    state: str
    word: str
    day: str


class KeptFigures(TypedDict):
    """The type of FinalFigures.figures."""

    district: KeptDistrict
    sample: bool
    figures: Values
    targets: dict[str, float]
    subdistricts: list[KeptSubdistrict]
    villages: list[KeptVillage]


@dataclass(frozen=True)
class FigureRow:
    """One figure of the kabupaten on a page."""

    concept: Concept
    value: int | float | None
    target: float | None


def compute(district: District, on: date) -> KeptFigures:
    """The figures of one kabupaten as of `on`, ready to be stored. Sample rows count only in the demo."""
    villages = _villages(district)
    targeted = villages.filter(pk__in=GrantAward.objects.filter(fiscal_year__lte=on.year).values("village"))
    chains = chains_of(targeted.select_related("subdistrict__district__settings_row").order_by("code"), on)
    rows, total = Registry(villages).as_of(on)
    figures: Values = {"desa_sasaran": len(chains)}
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


def _covered(sums: Coverage) -> Values:
    """The figures of a Coverage with their public names; shares in percent; None is "belum ada data"."""
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
    """A float, because JSON has no Decimal; two decimals are exact enough."""
    return None if share is None else float(share)


def _targets(district: District, year: int) -> dict[str, float]:
    found = {row.indicator: row.value for row in Target.objects.filter(district=district, year=year)}
    return {key: float(found[indicator]) for key, indicator in TARGETS.items() if indicator in found}


def _functioning(chain: Chain) -> KeptVillage:
    step = chain.stage("facility")
    return {
        "code": chain.village.code,
        "name": chain.village.name,
        "subdistrict": chain.village.subdistrict.name,
        "state": step.state.value,
        "word": step.summary,
        "day": step.day.isoformat() if step.day else "",
    }


def figure_rows(kept: KeptFigures) -> list[FigureRow]:
    """The figures of the kabupaten with their concepts and targets, in order, for a page."""
    return [FigureRow(c, kept["figures"].get(c.key), kept["targets"].get(c.key)) for c in CONCEPTS]


def village_counts(kept: KeptFigures) -> list[stage_counts.Count]:
    """The number of villages in each state of the last stage."""
    return [
        stage_counts.Count(state, label, sum(row["state"] == state for row in kept["villages"]))
        for state, label in STATE_LABELS.items()
    ]


# Open data ----------------------------------------------------------------------------------------------

CSV_HEAD = ["kode_wilayah", "nama_wilayah", "tingkat", "indikator", "nilai", "satuan", "keadaan_per"]
METADATA_HEAD = ["indikator", "konsep", "definisi", "satuan", "sumber", "keadaan_per", "ditetapkan_pada"]


def public_json(final: FinalFigures, *, with_villages: bool) -> dict[str, Any]:
    """Content of /data.json: the stored figures with their metadata; villages only where the second setting is on."""
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
    """Lines of the CSV: one for each figure and place, header first. An unknown figure is empty, never 0."""
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
    """Lines without the header, one for each figure."""
    day, set_on = final.as_of.isoformat(), localdate(final.recorded_at).isoformat()
    return [[c.key, c.concept, c.definition, c.unit, c.source, day, set_on] for c in CONCEPTS]


def current_figures(district: District) -> FinalFigures | None:
    """The newest final figures of this kabupaten that are not withdrawn."""
    rows = FinalFigures.objects.current().filter(district=district).select_related("district__settings_row")
    return rows.order_by("-as_of", "-pk").first()
