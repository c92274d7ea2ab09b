"""What the check of the structure finds today and should not: these lists only get shorter (see layers.py)."""

CIRCLES_AT_IMPORT = []

# Modules of one app that need each other, through an import inside a function or a name in a string.
CIRCLES_WITH_LATE_IMPORTS = []

# Module and what it imports inside a function without a reason of layers.LATE_REASONS.
LATE_IMPORTS = [
    "reports/bundles/print_file.py: pypdfium2",
    "reports/documents/foot.py: segno",
    "reports/documents/sheets.py: xlsxwriter",
    "reports/pdf.py: weasyprint",
    "reports/pdf.py: weasyprint.text.fonts",
    "reports/pdf.py: weasyprint.urls",
    "reports/raster.py: pypdfium2",
]

# Outside accounts: module or template and its number of places.
ROLES_NAMED = []
