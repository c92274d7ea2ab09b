"""URLs of the settings of a kabupaten, and the data of its office form."""

from django.urls import reverse

KEY = "7c1a5c1e-5a0e-4a7b-9f6e-0d7c55aa0002"


def url(name, pk):
    return reverse(f"accounts:settings_{name}", args=[pk])


def office_typed(**fields):
    return {
        "valid_from": "2025-01-01",
        "government_line": "PEMERINTAH KABUPATEN MESUJI",
        "office_name": "DINAS UJI",
        "place": "Mesuji",
        "paper": "F4",
        "word_village": "Desa",
        "word_village_head": "Kepala Desa",
        "word_dpmu": "DPMU",
        "word_dinas": "Dinas",
        "request_key": KEY,
    } | fields
