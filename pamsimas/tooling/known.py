"""Known findings of the check of the structure; these lists only get shorter (see layers.py)."""

# Module of a domain app and what it imports from a folder to its left, or that it stands outside the folders.
FOLDERS = []

CIRCLES_AT_IMPORT = []

# Modules of one app that need each other, through an import inside a function or a name in a string.
CIRCLES_WITH_LATE_IMPORTS = []

# Module and what it imports inside a function without a reason of late_imports.LATE_REASONS.
LATE_IMPORTS = []

# Outside accounts: module or template and its number of places.
ROLES_NAMED = []

# Names with a word of names.PRIVATE: the app and the name, or the path of a file.
NAMES = []
