from django.urls import path

from fieldwork.views import entry_requests, visits

app_name = "fieldwork"
urlpatterns = [
    path("titip-entri/", entry_requests.EntryList.as_view(), name="entry_list"),
    path("titip-entri/tambah/", entry_requests.EntryCreate.as_view(), name="entry_create"),
    path("titip-entri/<int:pk>/", entry_requests.EntryDetail.as_view(), name="entry_detail"),
    path("titip-entri/<int:pk>/kerjakan/", entry_requests.entry_take, name="entry_take"),
    path("titip-entri/<int:pk>/selesai/", entry_requests.EntryFinish.as_view(), name="entry_finish"),
    path("titip-entri/<int:pk>/tolak/", entry_requests.EntryRefuse.as_view(), name="entry_refuse"),
    path("titip-entri/<int:pk>/buka-kembali/", entry_requests.entry_reopen, name="entry_reopen"),
    path("titip-entri/<int:pk>/kirim-lagi/", entry_requests.EntrySendAgain.as_view(), name="entry_send_again"),
    path("titip-entri/<int:pk>/tutup/", entry_requests.entry_dismiss, name="entry_dismiss"),
    path("titip-entri/foto/<int:pk>/", entry_requests.entry_photo, name="entry_photo"),
    path("titip-entri/desa/<int:pk>/", entry_requests.EntryForm.as_view(), name="entry_form"),
    path("kunjungan/", visits.VisitList.as_view(), name="visit_list"),
    path("kunjungan/catat/", visits.visit_start, name="visit_start"),
    path("kunjungan/<int:pk>/", visits.VisitDetail.as_view(), name="visit_detail"),
    path("kunjungan/<int:pk>/ubah/", visits.VisitUpdate.as_view(), name="visit_update"),
    path("kunjungan/<int:pk>/foto/", visits.visit_photo_create, name="visit_photo_create"),
    path("kunjungan/foto/<int:pk>/", visits.visit_photo, name="visit_photo"),
    path("desa/<int:pk>/kunjungan/catat/", visits.VisitCreate.as_view(), name="visit_create"),
]
