"""URLs of the project. Every app has its full Indonesian paths from the root."""

from django.urls import include, path

from pamsimas import health

APPS = ["monitoring", "reports", "fieldwork", "trainings", "plans", "kpspams", "villages", "imports", "accounts"]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
] + [path("", include(f"{app}.urls")) for app in APPS]

handler500 = "pamsimas.errors.server_error"
