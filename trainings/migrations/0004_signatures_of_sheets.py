"""The number of signatures moves from the day to the sheet that people sign, the session."""

from django.db import migrations


def to_sessions(apps, schema_editor):
    """A day with one sheet hands its count on; where several sheets share one count it stays readable in the history."""
    Day = apps.get_model("trainings", "TrainingDay")
    Event = apps.get_model("records", "Event")
    for day in Day.objects.exclude(signatures_counted=None).prefetch_related("sessions"):
        sessions = list(day.sessions.all())
        if len(sessions) == 1:
            sessions[0].signatures_counted = day.signatures_counted
            sessions[0].save(update_fields=["signatures_counted"])
        else:
            Event.objects.create(
                verb="change",
                kind="trainings.training",
                object_id=day.training_id,
                label=day.training.title[:250],
                changes={f"jumlah tanda tangan {day.date:%d-%m-%Y}": [str(day.signatures_counted), "per lembar"]},
            )


def to_days(apps, schema_editor):
    Day = apps.get_model("trainings", "TrainingDay")
    for day in Day.objects.prefetch_related("sessions"):
        counts = [s.signatures_counted for s in day.sessions.all() if s.signatures_counted is not None]
        if len(counts) == 1:
            day.signatures_counted = counts[0]
            day.save(update_fields=["signatures_counted"])


class Migration(migrations.Migration):
    dependencies = [("trainings", "0003_whole_training")]

    operations = [migrations.RunPython(to_sessions, to_days)]
