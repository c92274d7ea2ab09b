from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0006_import_rows_recognised")]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="notes",
            field=models.JSONField(blank=True, default=dict, verbose_name="yang diisikan"),
        ),
    ]
