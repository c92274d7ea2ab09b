from django.urls import path

from kpspams.views import lists

app_name = "kpspams"
urlpatterns = [
    path("pengaturan/bidang/", lists.WorkAreaList.as_view(), name="work_area_list"),
    path("pengaturan/bidang/tambah/", lists.WorkAreaCreate.as_view(), name="work_area_create"),
    path("pengaturan/bidang/<int:pk>/ubah/", lists.WorkAreaUpdate.as_view(), name="work_area_update"),
    path("pengaturan/sumber-dana/", lists.FundingSourceList.as_view(), name="funding_source_list"),
    path("pengaturan/sumber-dana/tambah/", lists.FundingSourceCreate.as_view(), name="funding_source_create"),
    path("pengaturan/sumber-dana/<int:pk>/ubah/", lists.FundingSourceUpdate.as_view(), name="funding_source_update"),
]
