from django.urls import path

from villages.views import assignments, facilities, people, places

app_name = "villages"
urlpatterns = [
    path("desa/", places.VillageList.as_view(), name="village_list"),
    path("desa/tambah/", places.VillageCreate.as_view(), name="village_create"),
    path("desa/<int:pk>/", places.VillageDetail.as_view(), name="village_detail"),
    path("desa/<int:pk>/ubah/", places.VillageUpdate.as_view(), name="village_update"),
    path("desa/<int:pk>/bantuan/tambah/", places.AwardCreate.as_view(), name="award_create"),
    path("desa/bantuan/<int:pk>/ubah/", places.AwardUpdate.as_view(), name="award_update"),
    path("desa/<int:pk>/pejabat/tambah/", places.OfficialCreate.as_view(), name="official_create"),
    path("desa/pejabat/<int:pk>/akhiri/", places.OfficialEnd.as_view(), name="official_end"),
    path("desa/<int:pk>/sarana/tambah/", facilities.FacilityCreate.as_view(), name="facility_create"),
    path("sarana/<int:pk>/", facilities.FacilityDetail.as_view(), name="facility_detail"),
    path("sarana/<int:pk>/ubah/", facilities.FacilityUpdate.as_view(), name="facility_update"),
    path("sarana/<int:pk>/pemeriksaan/tambah/", facilities.CheckCreate.as_view(), name="check_create"),
    path("orang/", people.PersonList.as_view(), name="person_list"),
    path("orang/tambah/", people.PersonCreate.as_view(), name="person_create"),
    path("orang/<int:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("orang/<int:pk>/ubah/", people.PersonUpdate.as_view(), name="person_update"),
    path("penugasan/", assignments.AssignmentList.as_view(), name="assignment_list"),
    path("penugasan/tambah/", assignments.AssignmentCreate.as_view(), name="assignment_create"),
    path("penugasan/perpanjang/", assignments.AssignmentExtend.as_view(), name="assignment_extend"),
    path("penugasan/tanpa-fasilitator/", assignments.AssignmentGapList.as_view(), name="assignment_gap_list"),
    path("penugasan/<int:pk>/ubah/", assignments.AssignmentUpdate.as_view(), name="assignment_update"),
]
