"""Limits of waiting for PostgreSQL. Without them one locked row blocks every thread of web.

Set on each new connection of web and worker; commands such as migrate and backup wait without a limit.
"""

from django.db.backends.signals import connection_created

WEB = {"lock_timeout": "4s", "statement_timeout": "30s"}
WORKER = {"lock_timeout": "60s", "statement_timeout": "240s"}  # the soft time limit of a task


def set_limits(limits: dict[str, str]) -> None:
    """Sets the limits for all connections of this process and of its forks."""

    def apply(connection, **kwargs: object) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for name, value in limits.items():
                    cursor.execute("SELECT set_config(%s, %s, false)", [name, value])

    connection_created.connect(apply, weak=False, dispatch_uid="database_limits")
