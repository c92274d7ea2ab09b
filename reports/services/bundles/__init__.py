"""Berkas: several documents requested at once, each a Report of its own, delivered together.

The parts are made by all workers at once. Whoever finishes a part enqueues the bundle; when no part is under way any
more, one worker writes the ZIP of what is ready. A part that failed is named, with its reason, and tried again alone.

`requests` opens, retries and cancels a bundle, `assembly` packs it; `training_documents`, `all_villages` and `audit`
say what belongs into one; `archive` writes the ZIP and `print_file` what is sent to the printer.
"""

from reports.services.bundles.assembly import assemble, is_waiting
from reports.services.bundles.requests import cancel, retry

__all__ = ["assemble", "cancel", "is_waiting", "retry"]
