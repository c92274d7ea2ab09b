from django.urls import path

from kpspams.views import association, boards, documents, facilities, groups, member_list, members

app_name = "kpspams"
urlpatterns = [
    path("kpspams/", groups.GroupList.as_view(), name="group_list"),
    path("kpspams/tambah/", groups.GroupCreate.as_view(), name="group_create"),
    path("kpspams/<int:pk>/", groups.GroupDetail.as_view(), name="group_detail"),
    path("kpspams/<int:pk>/ubah/", groups.GroupUpdate.as_view(), name="group_update"),
    path("kpspams/<int:pk>/bubar/", groups.GroupClose.as_view(), name="group_close"),
    path("kpspams/<int:pk>/buka-kembali/", groups.GroupReopen.as_view(), name="group_reopen"),
    path("kpspams/<int:pk>/pemeriksaan/tambah/", groups.GroupCheckCreate.as_view(), name="group_check_create"),
    path("kpspams/<int:pk>/pengurus/", groups.GroupBoard.as_view(), name="group_board"),
    path("kpspams/<int:pk>/pengurus/ganti/", boards.board_change, name="board_change"),
    path("kpspams/<int:pk>/pengurus/tambah/", members.MemberCreate.as_view(), name="member_create"),
    path("kpspams/pengurus/", member_list.MemberList.as_view(), name="member_list"),
    path("kpspams/pengurus/<int:pk>/ubah/", members.MemberUpdate.as_view(), name="member_update"),
    path("kpspams/pengurus/<int:pk>/akhiri/", members.MemberEnd.as_view(), name="member_end"),
    path("kpspams/<int:pk>/dokumen/tambah/", documents.DocumentCreate.as_view(), name="document_create"),
    path("kpspams/dokumen/<int:pk>/ubah/", documents.DocumentUpdate.as_view(), name="document_update"),
    path("asosiasi/", association.AssociationList.as_view(), name="association_list"),
    path("asosiasi/tambah/", association.AssociationCreate.as_view(), name="association_create"),
    path("asosiasi/<int:pk>/", association.AssociationDetail.as_view(), name="association_detail"),
    path("asosiasi/<int:pk>/ubah/", association.AssociationUpdate.as_view(), name="association_update"),
    path("asosiasi/<int:pk>/anggota/", association.AssociationMembers.as_view(), name="association_members"),
    path("asosiasi/<int:pk>/anggota/tambah/", association.MembershipCreate.as_view(), name="membership_create"),
    path("asosiasi/anggota/<int:pk>/ubah/", association.MembershipUpdate.as_view(), name="membership_update"),
    path("asosiasi/<int:pk>/rapat/tambah/", association.MeetingCreate.as_view(), name="meeting_create"),
    path("asosiasi/rapat/<int:pk>/ubah/", association.MeetingUpdate.as_view(), name="meeting_update"),
    path("asosiasi/rapat/<int:pk>/notulen/", association.meeting_minutes, name="meeting_minutes"),
    path("kpspams/dokumen/<int:pk>/berkas/", documents.document_file, name="document_file"),
    path("kpspams/<int:pk>/sarana/tambah/", facilities.GroupFacilityCreate.as_view(), name="group_facility_create"),
    path("kpspams/sarana/<int:pk>/ubah/", facilities.GroupFacilityUpdate.as_view(), name="group_facility_update"),
]
