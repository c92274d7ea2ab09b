from kpspams.importers.groups import GroupImport
from kpspams.importers.plans import PlanImport
from records.imports.columns import guess_mapping
from records.search import search_key


def guessed(adapter, *titles):
    """{column: title}, as the form of columns would come filled in."""
    written = {search_key(title): title for title in titles}
    return {column: written[key] for column, key in guess_mapping(list(written), adapter.columns).items()}


def test_a_label_goes_before_the_synonym_of_another_column():
    assert guessed(PlanImport, "Kegiatan", "Lokasi", "Vol") == {
        "title": "Kegiatan",
        "location": "Lokasi",
        "volume": "Vol",
    }
    assert guessed(GroupImport, "Lokasi", "Nama KPSPAMS") == {"village": "Lokasi", "group": "Nama KPSPAMS"}


def test_titles_as_offices_write_them_are_known():
    assert guessed(GroupImport, "Kec.", "No. SK", "Tgl. SK", "Berlaku s/d", "Tgl Terbentuk") == {
        "subdistrict": "Kec.",
        "sk_number": "No. SK",
        "sk_date": "Tgl. SK",
        "sk_until": "Berlaku s/d",
        "formed_on": "Tgl Terbentuk",
    }
