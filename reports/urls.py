from django.urls import path

from reports.views import bundles, pictures, reports

app_name = "reports"

urlpatterns = [
    path("laporan/", reports.ReportList.as_view(), name="report_list"),
    path("laporan/baris/", reports.ReportRows.as_view(), name="report_rows"),
    path("laporan/minta/", reports.report_request, name="report_request"),
    path("laporan/berkas-sk/<int:pk>/", reports.decree_papers_request, name="decree_papers_request"),
    path("laporan/berkas/", bundles.BundleList.as_view(), name="bundle_list"),
    path("laporan/berkas/<int:pk>/", bundles.BundleDetail.as_view(), name="bundle_detail"),
    path("laporan/berkas/<int:pk>/baris/", bundles.BundleRows.as_view(), name="bundle_rows"),
    path("laporan/berkas/<int:pk>/unduh/", bundles.bundle_download, name="bundle_download"),
    path("laporan/berkas/<int:pk>/coba-lagi/", bundles.bundle_retry, name="bundle_retry"),
    path("laporan/berkas/minta/<int:pk>/", bundles.bundle_request, name="bundle_request"),
    path("laporan/<int:pk>/unduh/", reports.report_download, name="report_download"),
    path("laporan/<int:pk>/coba-lagi/", reports.report_retry, name="report_retry"),
    path("gambar/<slug:key>.png", pictures.picture_png, name="picture_png"),
]
