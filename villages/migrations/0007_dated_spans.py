"""The order of two days is checked in one way everywhere."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('villages', '0006_limits_of_figures'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='villagename',
            name='village_name_in_order',
        ),
        migrations.AddConstraint(
            model_name='villagename',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='village_name_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'),
        ),
    ]
