"""Services of a berkas: several documents requested at once, each a Report of its own, delivered together.

The parts are made by all workers at once. The worker that finishes a part enqueues the bundle; when no part is in
progress any more, one worker writes the ZIP of the ready parts. A failed part is listed with its reason and can be
retried alone.

`requests` opens, retries and cancels a bundle, `assembly` packs it; `training_documents`, `all_villages` and `audit`
define its parts; `archive` writes the ZIP and `print_file` the file for the printer.
"""

from reports.services.bundles.assembly import assemble, is_waiting
from reports.services.bundles.requests import cancel, retry

__all__ = ["assemble", "cancel", "is_waiting", "retry"]
