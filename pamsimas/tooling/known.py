"""What the check of the structure finds today and should not: these lists only get shorter (see layers.py)."""

# Module of a domain app and what it imports from a folder to its left, or that it stands outside the folders.
FOLDERS = [
    "monitoring/charts/__init__.py: monitoring.forms.area.AreaFilter",
    "monitoring/charts/base.py: monitoring.forms.area.AreaFilter",
    "monitoring/charts/coverage.py: monitoring.forms.area.ALL",
    "monitoring/queries/digest.py: monitoring.charts.Ground",
    "monitoring/queries/digest.py: monitoring.forms.digest.DigestFilter",
    "monitoring/queries/digest.py: monitoring.forms.digest.VillageDigestFilter",
    "monitoring/queries/map.py: monitoring.charts.base.Ground",
    "monitoring/queries/map.py: monitoring.charts.base.NO_VILLAGES",
    "monitoring/queries/map.py: monitoring.charts.base.Picture",
    "monitoring/queries/map.py: monitoring.drawing.Drawing",
    "monitoring/queries/map.py: monitoring.drawing.maps.Area",
    "monitoring/queries/map.py: monitoring.drawing.maps.Plane",
    "monitoring/queries/map.py: monitoring.drawing.maps.Spot",
    "monitoring/queries/map.py: monitoring.drawing.maps.View",
    "monitoring/queries/map.py: monitoring.drawing.maps.map_drawing",
    "monitoring/queries/map.py: monitoring.drawing.tiles.tiles",
    "monitoring/queries/map.py: monitoring.forms.map.MapFilter",
]

CIRCLES_AT_IMPORT = []

# Modules of one app that need each other, through an import inside a function or a name in a string.
CIRCLES_WITH_LATE_IMPORTS = []

# Module and what it imports inside a function without a reason of layers.LATE_REASONS.
LATE_IMPORTS = []

# Outside accounts: module or template and its number of places.
ROLES_NAMED = []
