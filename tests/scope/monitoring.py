from tests.scope.answers import ALL, Page

PAGES = {
    "monitoring:home": Page(ALL),
    "monitoring:coverage": Page(ALL),
    "monitoring:findings": Page(ALL),
    "monitoring:finding_groups": Page(ALL, kwargs={"finding": lambda world: "tanpa-pembukuan"}),
}
