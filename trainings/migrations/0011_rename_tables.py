"""Tables of models that move to apps of their own."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('trainings', '0010_limits_of_figures'),
    ]

    operations = [
        migrations.AlterModelTable(name='visit', table='fieldwork_visit'),
        migrations.AlterModelTable(name='visitmonth', table='fieldwork_visitmonth'),
        migrations.AlterModelTable(name='visitphoto', table='fieldwork_visitphoto'),
    ]
