"""Factories of stored files and imports."""

import hashlib

import factory
from django.core.files.base import ContentFile

from imports.models import ColumnMap, ImportEffect, ImportRow, ImportRun, Synonym
from records.models import StoredFile
from tests.factories.accounts import UserFactory
from tests.factories.base import Factory

PDF = b"%PDF-1.4 uji"


class SynonymFactory(Factory):
    class Meta:
        model = Synonym

    place = "18.11"
    topic = "kpspams.member.post"
    word = factory.Sequence(lambda n: f"Sie Air {n}")
    value = "TEK"
    meaning = "Seksi Teknik"


class StoredFileFactory(Factory):
    class Meta:
        model = StoredFile

    file = factory.LazyFunction(lambda: ContentFile(PDF, name="uji.pdf"))
    sha256 = hashlib.sha256(PDF).hexdigest()
    bytes = len(PDF)
    type = StoredFile.Type.PDF
    name = "uji.pdf"


CSV = b"Kode desa;Desa;Jumlah KK;Tahun data penduduk\n18.11.01.2001;Wiralaga I;820;2025\n"
CSV_KEPT = {
    "name": "CSV",
    "hidden": False,
    "hidden_rows": 0,
    "header": 1,
    "last": 2,
    "rows": [[line, row.split(";")] for line, row in enumerate(CSV.decode().splitlines(), 1)],
}


class ImportRunFactory(Factory):
    class Meta:
        model = ImportRun

    kind = "villages"
    place = "18.11"
    by = factory.SubFactory(UserFactory)
    name = "desa.csv"
    state = ImportRun.State.READY
    step = ImportRun.Step.PREVIEW
    file = factory.LazyFunction(lambda: ContentFile(CSV, name="desa.csv"))
    contents = factory.LazyFunction(lambda: {"sheets": [CSV_KEPT]})
    sheets = factory.LazyFunction(lambda: [{"name": "CSV", "header": 1}])
    mapping = factory.LazyFunction(lambda: {"village_code": {"title": "kodedesa"}, "village": {"title": "desa"}})
    counts = factory.LazyFunction(lambda: {"rows": 1_250, "new": 1_250, "ignored": 0})


class ImportRowFactory(Factory):
    class Meta:
        model = ImportRow

    run = factory.SubFactory(ImportRunFactory)
    number = factory.Sequence(lambda n: n + 1)
    sheet = "CSV"
    line = 1_250
    raw = factory.LazyFunction(lambda: {"village_code": "18.11.01.2001", "village": "Wiralaga I"})
    verdict = ImportRow.Verdict.NEW
    label = "Desa Wiralaga I"


class ImportEffectFactory(Factory):
    class Meta:
        model = ImportEffect

    run = factory.SubFactory(ImportRunFactory)
    kind = "villages.village"
    object_id = 12_345
    verb = ImportEffect.Verb.ADD


class ColumnMapFactory(Factory):
    class Meta:
        model = ColumnMap

    kind = "villages"
    place = "18.11"
    fingerprint = factory.Sequence(lambda n: f"{n:064}")
