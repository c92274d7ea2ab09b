"""Ketua, sekretaris and bendahara of one group never overlap: one answer to who held the post on a day.

Written as an exclusion constraint where the database knows them (PostgreSQL); elsewhere the services keep it
(kpspams.services.groups). Ranges of one element stand for the group and the post, so that no extension is needed.
"""

from django.db import migrations

NAME = "member_core_posts_apart"
FORWARD = f"""
    ALTER TABLE kpspams_member ADD CONSTRAINT {NAME} EXCLUDE USING gist (
        int8range(group_id, group_id, '[]') WITH &&,
        int4range(ascii(post), ascii(post), '[]') WITH &&,
        daterange(starts_on, ends_on, '[]') WITH &&
    ) WHERE (post IN ('KET', 'SEK', 'BEN'))
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FORWARD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE kpspams_member DROP CONSTRAINT IF EXISTS {NAME}")


class Migration(migrations.Migration):
    dependencies = [("kpspams", "0001_tables_2026_12b")]
    operations = [migrations.RunPython(add, drop)]
