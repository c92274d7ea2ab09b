from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trainings", "0009_unsorted_scans")]

    operations = [
        migrations.AddField(
            model_name="schedulechange",
            name="starts",
            field=models.TimeField(blank=True, null=True, verbose_name="jam mulai sebelumnya"),
        ),
        migrations.AddField(
            model_name="schedulechange",
            name="agenda",
            field=models.JSONField(blank=True, null=True, verbose_name="susunan acara sebelumnya"),
        ),
    ]
