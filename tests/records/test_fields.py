import pytest
from django.core.exceptions import ValidationError

from records.fields import RowsField
from tests.factories import VillageFactory
from villages.models import Village


@pytest.mark.parametrize("sent", [str(2**63), str(10**30), "9" * 5_000, "-" + "9" * 30, "\u0661" * 30])
def test_a_number_that_no_key_can_hold_is_no_choice(sent, db):
    village = VillageFactory()
    field = RowsField(queryset=Village.objects.all())
    with pytest.raises(ValidationError) as refused:
        field.clean([str(village.pk), sent])
    assert refused.value.messages == ["Ada pilihan yang tidak dikenal. Pilih dari daftar."]
    assert list(field.clean([str(village.pk)])) == [village]
