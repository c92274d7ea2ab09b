"""Tables of models that move to apps of their own."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('kpspams', '0014_limits_of_figures'),
    ]

    operations = [
        migrations.AlterModelTable(name='activity', table='plans_activity'),
        migrations.AlterModelTable(name='activityfunding', table='plans_activityfunding'),
        migrations.AlterModelTable(name='activityprogress', table='plans_activityprogress'),
        migrations.AlterModelTable(name='damagephoto', table='plans_damagephoto'),
        migrations.AlterModelTable(name='damagereport', table='plans_damagereport'),
        migrations.AlterModelTable(name='damagestep', table='plans_damagestep'),
        migrations.AlterModelTable(name='fundingsource', table='plans_fundingsource'),
        migrations.AlterModelTable(name='linenote', table='plans_linenote'),
        migrations.AlterModelTable(name='monthreport', table='plans_monthreport'),
        migrations.AlterModelTable(name='planscan', table='plans_planscan'),
        migrations.AlterModelTable(name='planstep', table='plans_planstep'),
        migrations.AlterModelTable(name='progressfunding', table='plans_progressfunding'),
        migrations.AlterModelTable(name='progressphoto', table='plans_progressphoto'),
        migrations.AlterModelTable(name='workarea', table='plans_workarea'),
        migrations.AlterModelTable(name='workplan', table='plans_workplan'),
        migrations.AlterModelTable(name='entryphoto', table='fieldwork_entryphoto'),
        migrations.AlterModelTable(name='entryrequest', table='fieldwork_entryrequest'),
    ]
