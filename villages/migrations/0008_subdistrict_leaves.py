"""The table of kecamatan is renamed: it belongs to `accounts` from then on, beside that of kabupaten."""

from django.db import migrations
from records.moved_models import MoveInState


class Migration(migrations.Migration):

    # Only villages_village points at it, which stands since 0001.
    dependencies = [
        ('villages', '0007_dated_spans'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER TABLE villages_subdistrict RENAME TO accounts_subdistrict',
            'ALTER TABLE accounts_subdistrict RENAME TO villages_subdistrict',
        ),
        MoveInState(
            state_operations=[
                migrations.AlterModelTable(name='subdistrict', table='accounts_subdistrict'),
            ],
        ),
    ]
