from django.urls import path

from monitoring.views import coverage, findings, home

app_name = "monitoring"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("cakupan/", coverage.CoveragePage.as_view(), name="coverage"),
    path("temuan/", findings.Findings.as_view(), name="findings"),
    path("temuan/<slug:finding>/", findings.FindingGroups.as_view(), name="finding_groups"),
]
