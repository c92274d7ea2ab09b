from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0002_programme_phases_2026_12b")]
    operations = [
        migrations.AddField(
            model_name="programme",
            name="printed_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="nama pada dokumen"),
        ),
    ]
