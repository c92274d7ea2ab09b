"""Celery tasks for rows of any app. Every task is safe to run twice and to lose."""

from celery import shared_task

from records.models import SavedDraft, SentForm


@shared_task(ignore_result=True)
def delete_expired_drafts() -> None:
    """Deletes expired rows; beat sends it once a day."""
    SavedDraft.objects.expired().delete()
    SentForm.objects.expired().delete()
