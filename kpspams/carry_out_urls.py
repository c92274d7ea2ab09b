"""The addresses of carrying out: months of progress, plan against realisation, damages."""

from django.urls import path

from kpspams.views import damages, progress, progress_lists

urlpatterns = [
    path("rencana-kerja/pelaksanaan/", progress_lists.ProgressList.as_view(), name="progress_list"),
    path("rencana-kerja/pelaksanaan/<int:pk>/<int:year>/", progress.progress_year, name="progress_year"),
    path("rencana-kerja/pelaksanaan/<int:pk>/<int:year>/<int:month>/", progress.progress_month, name="progress_month"),
    path(
        "rencana-kerja/pelaksanaan/<int:pk>/<int:year>/kegiatan/<int:line>/",
        progress.progress_line,
        name="progress_line",
    ),
    path("rencana-kerja/pelaksanaan/foto/<int:pk>/", progress.progress_photo, name="progress_photo"),
    path("rencana-kerja/realisasi/", progress_lists.RealisationList.as_view(), name="realisation_list"),
    path("rencana-kerja/<int:pk>/realisasi/", progress_lists.PlanRealisation.as_view(), name="plan_realisation"),
    path("kerusakan/", damages.DamageList.as_view(), name="damage_list"),
    path("kerusakan/sarana/<int:pk>/tambah/", damages.DamageCreate.as_view(), name="damage_create"),
    path("kerusakan/<int:pk>/", damages.DamageDetail.as_view(), name="damage_detail"),
    path("kerusakan/<int:pk>/ubah/", damages.DamageUpdate.as_view(), name="damage_update"),
    path("kerusakan/<int:pk>/langkah/", damages.DamageStepCreate.as_view(), name="damage_step"),
    path("kerusakan/<int:pk>/kegiatan/", damages.DamageRepair.as_view(), name="damage_repair"),
    path("kerusakan/<int:pk>/foto/tambah/", damages.damage_photo_create, name="damage_photo_create"),
    path("kerusakan/foto/<int:pk>/", damages.damage_photo, name="damage_photo"),
]
