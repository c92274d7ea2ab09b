import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_skipped_steps")]
    operations = [
        migrations.AlterField(
            model_name="districtsettings",
            name="walk_in_rows",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(0, "Angka ini tidak boleh negatif."),
                    django.core.validators.MaxValueValidator(100, "Isi angka antara 0 dan 100."),
                ],
                verbose_name="baris kosong daftar hadir, paling banyak",
            ),
        ),
    ]
