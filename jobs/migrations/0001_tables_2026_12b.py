import django.utils.timezone
import records.create_models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        records.create_models.CreateModels(
            models=[
                migrations.CreateModel(
                    name='WorkerHeartbeat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='nama')),
                        ('seen_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='terakhir terlihat')),
                    ],
                    options={
                        'verbose_name': 'detak pekerja',
                        'verbose_name_plural': 'detak pekerja',
                    },
                ),
            ],
        ),
    ]
