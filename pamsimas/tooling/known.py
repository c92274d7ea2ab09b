"""What the check of the structure finds today and should not: these lists only get shorter (see layers.py)."""

CIRCLES_AT_IMPORT = []

# Modules of one app that need each other, through an import inside a function or a name in a string.
CIRCLES_WITH_LATE_IMPORTS = [
    (
        "accounts.models",
        "accounts.models.access",
        "accounts.models.offices",
        "accounts.models.users",
        "accounts.rights",
    ),
    (
        "kpspams.board",
        "kpspams.models",
        "kpspams.models.activities",
        "kpspams.models.association",
        "kpspams.models.checks",
        "kpspams.models.damages",
        "kpspams.models.entry_requests",
        "kpspams.models.groups",
        "kpspams.models.members",
        "kpspams.models.progress",
        "kpspams.models.reviews",
        "kpspams.models.work_plans",
    ),
    ("reports.models.settings", "reports.signers"),
]

# Outside accounts: module or template and its number of places.
ROLES_NAMED = [
    "kpspams/handing_over.py: 1",
    "monitoring/forms/area.py: 1",
    "monitoring/views/home.py: 5",
    "reports/documents/digest_parts.py: 1",
    "reports/documents/visit_report.py: 2",
    "reports/handing_over.py: 1",
    "reports/models/bundles.py: 1",
    "reports/models/reports.py: 3",
    "reports/schedule_forms.py: 1",
    "reports/services.py: 1",
    "reports/visit_forms.py: 2",
    "trainings/forms/follow_ups.py: 1",
    "trainings/forms/trainings.py: 1",
    "trainings/handing_over.py: 1",
    "trainings/models/visits.py: 1",
    "villages/forms/assignments.py: 1",
    "villages/handing_over.py: 1",
    "villages/models/places.py: 2",
]
