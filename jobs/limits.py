"""How long a task may take, in seconds. The soft limit raises in the task, so that its row can say that it failed."""

TASK_SOFT_LIMIT = 240
TASK_LIMIT = 300
