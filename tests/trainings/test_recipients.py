"""Lines of Yth. that are no addressees."""

import pytest
from django.core.exceptions import ValidationError

from trainings.forms.trainings import check_recipients


@pytest.mark.parametrize(
    "line",
    ["005/123/DPMU/2026", "Nomor: 005/12", "no. 4/XI/2026", "1234", "......", "dpmu@contoh.go.id", "Hal: Undangan"],
)
def test_a_line_that_is_no_addressee_is_refused_by_name(line):
    with pytest.raises(ValidationError, match="bukan penerima"):
        check_recipients(f"Camat Uji\n{line}")


def test_addressees_are_kept():
    text = (
        "1. Kepala Dinas PMD/Bapermas/BPMD\nYth. Camat Uji\nKepala SMPN 2 Mesuji\nDanramil 426-01/Mesuji\nKa. UPTD Air"
    )
    kept = "Kepala Dinas PMD/Bapermas/BPMD\nCamat Uji\nKepala SMPN 2 Mesuji\nDanramil 426-01/Mesuji\nKa. UPTD Air"
    assert check_recipients(text) == kept
