from django.urls import path

from reports.views import all_villages, bundles, papers, pictures, reports, settings, verification

app_name = "reports"

urlpatterns = [
    path("v/", verification.verification_form, name="verification_form"),
    path("v/<str:code>", verification.verification, name="verification"),
    path("laporan/", reports.ReportList.as_view(), name="report_list"),
    path("laporan/baris/", reports.ReportRows.as_view(), name="report_rows"),
    path("laporan/sudah-dilihat/", reports.reports_seen, name="reports_seen"),
    path("laporan/minta/", reports.report_request, name="report_request"),
    path("laporan/berkas-sk/<int:pk>/", reports.decree_papers_request, name="decree_papers_request"),
    path("laporan/berkas/", bundles.BundleList.as_view(), name="bundle_list"),
    path("laporan/berkas/<int:pk>/", bundles.BundleDetail.as_view(), name="bundle_detail"),
    path("laporan/berkas/<int:pk>/baris/", bundles.BundleRows.as_view(), name="bundle_rows"),
    path("laporan/berkas/<int:pk>/unduh/", bundles.bundle_download, name="bundle_download"),
    path("laporan/berkas/<int:pk>/cetak/", bundles.bundle_print, name="bundle_print"),
    path("laporan/berkas/<int:pk>/batal/", bundles.bundle_cancel, name="bundle_cancel"),
    path("laporan/berkas/<int:pk>/coba-lagi/", bundles.bundle_retry, name="bundle_retry"),
    path("laporan/berkas/minta/<int:pk>/", bundles.bundle_request, name="bundle_request"),
    path("laporan/pemeriksaan/pelatihan/<int:pk>/", bundles.training_audit_request, name="training_audit_request"),
    path("laporan/pemeriksaan/desa/<int:pk>/", bundles.village_audit_request, name="village_audit_request"),
    path("laporan/semua-desa/", all_villages.all_villages, name="all_villages"),
    path("laporan/semua-desa/minta/", all_villages.all_villages_request, name="all_villages_request"),
    path("laporan/<int:pk>/", papers.ReportDetail.as_view(), name="report_detail"),
    path("laporan/<int:pk>/cabut/", papers.report_withdraw, name="report_withdraw"),
    path("laporan/<int:pk>/salinan/baru/", papers.SignedCopyCreate.as_view(), name="signed_copy_create"),
    path("laporan/salinan/<int:pk>/", papers.signed_copy_file, name="signed_copy_file"),
    path("laporan/<int:pk>/gambar.png", pictures.report_png, name="report_png"),
    path("laporan/<int:pk>/unduh/", reports.report_download, name="report_download"),
    path("laporan/<int:pk>/batal/", reports.report_cancel, name="report_cancel"),
    path("laporan/<int:pk>/hapus/", reports.report_delete, name="report_delete"),
    path("laporan/<int:pk>/coba-lagi/", reports.report_retry, name="report_retry"),
    path("peta.png", pictures.map_png, name="map_png"),
    path("gambar/<slug:key>.png", pictures.picture_png, name="picture_png"),
    path("pengaturan/dokumen/", settings.PaperHome.as_view(), name="paper_home"),
    path("pengaturan/dokumen/<int:pk>/", settings.PaperSettings.as_view(), name="paper_settings"),
    path("pengaturan/dokumen/<int:pk>/<slug:kind>/", settings.PaperSettingUpdate.as_view(), name="paper_setting"),
    path("pengaturan/dokumen/<int:pk>/<slug:kind>/pratinjau/", settings.paper_preview, name="paper_preview"),
    path("pengaturan/dokumen/<int:pk>/<slug:kind>/naskah/", settings.LetterTexts.as_view(), name="letter_texts"),
    path(
        "pengaturan/dokumen/<int:pk>/<slug:kind>/naskah/<slug:part>/baru/",
        settings.LetterTextCreate.as_view(),
        name="letter_text_create",
    ),
    path(
        "pengaturan/dokumen/<int:pk>/<slug:kind>/naskah/<slug:part>/pratinjau/",
        settings.text_preview,
        name="text_preview",
    ),
    path("pengaturan/naskah/<int:pk>/ubah/", settings.LetterTextUpdate.as_view(), name="letter_text_update"),
]
