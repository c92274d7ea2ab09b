"""Import of an office's own files: engine and pages. The engine reads, previews, writes and undoes;
it knows no noun.

A row at which the portal fails is an error of that row, in the preview as in the saving: the others are planned on,
and nothing is written until somebody saves them. What is saved goes in as one transaction, or not at all; a row that
only the database refuses is found by trying each alone, marked, and the preview is shown again. What a preview
promised of a row (its verdict, its changes, whom it means) is compared before anything is written.

What a row means is described by adapters: each app registers its own in its `importers` (`imports.registry`).
"""
