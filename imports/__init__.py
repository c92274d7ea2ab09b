"""Import of an office's own files: engine and pages. The engine reads, previews, writes and undoes; it depends on no
model that it fills.

A failure of the portal at one row is an error of that row, in the preview and in the saving: the other rows are still
planned, and nothing is written until a user saves. All rows are saved in one transaction or not at all; a row that
only the database refuses is found by trying each alone, marked, and the preview is shown again. What the preview
showed of a row (its verdict, its changes, its person) is compared before anything is written.

Adapters describe what a row means: each app registers its own in its `importers` (`imports.registry`).
"""
