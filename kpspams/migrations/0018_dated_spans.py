"""The days of memberships and of operated water systems are called starts_on and ends_on, as those of posts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_roles_of_the_table'),
        ('kpspams', '0017_models_left'),
        ('records', '0016_imports_leave'),
        ('villages', '0007_dated_spans'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='associationmembership',
            options={'ordering': ['starts_on', 'pk'], 'verbose_name': 'keanggotaan asosiasi', 'verbose_name_plural': 'keanggotaan asosiasi'},
        ),
        migrations.AlterModelOptions(
            name='groupfacility',
            options={'ordering': ['-starts_on', 'pk'], 'verbose_name': 'sarana yang dikelola', 'verbose_name_plural': 'sarana yang dikelola'},
        ),
        migrations.RemoveConstraint(
            model_name='association',
            name='association_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='associationmembership',
            name='association_membership_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='associationmembership',
            name='association_membership_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='groupfacility',
            name='group_facility_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='groupfacility',
            name='group_facility_one_open',
        ),
        migrations.RemoveConstraint(
            model_name='kpspamsgroup',
            name='group_dates_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='legaldocument',
            name='legal_document_in_order',
        ),
        migrations.RenameField(
            model_name='associationmembership',
            old_name='left_on',
            new_name='ends_on',
        ),
        migrations.RenameField(
            model_name='associationmembership',
            old_name='joined_on',
            new_name='starts_on',
        ),
        migrations.RenameField(
            model_name='groupfacility',
            old_name='until',
            new_name='ends_on',
        ),
        migrations.RenameField(
            model_name='groupfacility',
            old_name='since',
            new_name='starts_on',
        ),
        migrations.AddConstraint(
            model_name='association',
            constraint=models.CheckConstraint(condition=models.Q(('dissolved_on', None), ('dissolved_on__gte', models.F('formed_on')), _connector='OR'), name='association_in_order', violation_error_message='Tanggal bubar tidak boleh sebelum tanggal pembentukan.'),
        ),
        migrations.AddConstraint(
            model_name='associationmembership',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='association_membership_in_order', violation_error_message='Tanggal keluar tidak boleh sebelum tanggal bergabung.'),
        ),
        migrations.AddConstraint(
            model_name='associationmembership',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('association', 'group'), name='association_membership_one_open', violation_error_message='Kelompok ini masih menjadi anggota asosiasi itu.'),
        ),
        migrations.AddConstraint(
            model_name='groupfacility',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='group_facility_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='groupfacility',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('group', 'facility'), name='group_facility_one_open', violation_error_message='Kelompok ini sudah tercatat mengelola sarana itu.'),
        ),
        migrations.AddConstraint(
            model_name='kpspamsgroup',
            constraint=models.CheckConstraint(condition=models.Q(('dissolved_on', None), ('dissolved_on__gte', models.F('formed_on')), _connector='OR'), name='group_dates_in_order', violation_error_message='Tanggal bubar tidak boleh sebelum tanggal pembentukan.'),
        ),
        migrations.AddConstraint(
            model_name='legaldocument',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('dated_on')), _connector='OR'), name='legal_document_in_order', violation_error_message='Tanggal berakhir tidak boleh sebelum tanggal dokumen.'),
        ),
    ]
