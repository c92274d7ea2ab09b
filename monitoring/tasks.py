"""Celery tasks of monitoring. Every task is safe to run twice and to lose: the next one does the work."""

from celery import shared_task

from jobs.limits import TASK_LIMIT, TASK_SOFT_LIMIT
from monitoring.services import chain_cache, reminders


@shared_task(ignore_result=True, soft_time_limit=TASK_SOFT_LIMIT, time_limit=TASK_LIMIT)
def count_touched() -> None:
    """Updates the chain cache; beat sends it every minute. Does nothing where pages compute the chain."""
    if chain_cache.needed():
        chain_cache.count_touched()


@shared_task(ignore_result=True, soft_time_limit=3_000, time_limit=3_300)
def count_all() -> None:
    """Updates the whole chain cache; beat sends it after midnight, because deadlines and old checks change states."""
    if chain_cache.needed():
        chain_cache.count_all()


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Sends reminders; beat sends it each morning."""
    reminders.send_digests()
