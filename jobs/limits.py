"""Time limits of a task in seconds. The soft limit raises inside the task, so that the task can record its failure."""

TASK_SOFT_LIMIT = 240
TASK_LIMIT = 300
