from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("laporan/", views.ReportList.as_view(), name="report_list"),
    path("laporan/baris/", views.ReportRows.as_view(), name="report_rows"),
    path("laporan/minta/", views.report_request, name="report_request"),
    path("laporan/berkas-sk/<int:pk>/", views.decree_papers_request, name="decree_papers_request"),
    path("laporan/<int:pk>/unduh/", views.report_download, name="report_download"),
    path("laporan/<int:pk>/coba-lagi/", views.report_retry, name="report_retry"),
]
