from django.urls import path

from monitoring.views import findings, home

app_name = "monitoring"
urlpatterns = [
    path("", home.home, name="home"),
    path("temuan/", findings.Findings.as_view(), name="findings"),
    path("temuan/<slug:finding>/", findings.FindingGroups.as_view(), name="finding_groups"),
]
