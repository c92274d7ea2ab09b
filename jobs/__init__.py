"""Background work as rows: a job is claimed by one worker, held by a lease, and enqueued again when nobody holds it.

`models`: the row, its claim and its lease; `leases`: keeps a claim while the work goes on; `queue`: sends a job to the
workers and requeues what was lost; `heartbeat`: when a worker was last alive. A Celery message only says that a row
waits; the row is the job.
"""
