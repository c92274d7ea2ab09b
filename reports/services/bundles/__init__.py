"""Berkas: several papers asked for in one press, each a Report of its own, delivered together.

The parts are made by all workers at once. Whoever finishes a part enqueues the bundle; when no part is under way any
more, one worker writes the ZIP of what is ready. A part that failed is named, with its reason, and tried again alone.

`road` carries every bundle from the press to the file; `training_papers`, `all_villages` and `audit` say what belongs
into one; `archive` writes the ZIP and `print_file` what is sent to the printer.
"""

from reports.services.bundles.lifecycle import assemble, cancel, is_waiting, retry

__all__ = ["assemble", "cancel", "is_waiting", "retry"]
