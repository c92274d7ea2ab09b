"""What the check of the structure finds today and should not: these lists only get shorter (see layers.py)."""

# Module of a domain app and what it imports from a folder to its left, or that it stands outside the folders.
FOLDERS = []

CIRCLES_AT_IMPORT = []

# Modules of one app that need each other, through an import inside a function or a name in a string.
CIRCLES_WITH_LATE_IMPORTS = []

# Module and what it imports inside a function without a reason of layers.LATE_REASONS.
LATE_IMPORTS = []

# Outside accounts: module or template and its number of places.
ROLES_NAMED = []
