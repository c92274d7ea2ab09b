from django.urls import path

from kpspams.views import activities, documents, groups, lists, members, plan_steps, work_plans

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
    path("kpspams/<int:pk>/pengurus/tambah/", members.MemberCreate.as_view(), name="member_create"),
    path("kpspams/pengurus/<int:pk>/ubah/", members.MemberUpdate.as_view(), name="member_update"),
    path("kpspams/pengurus/<int:pk>/akhiri/", members.MemberEnd.as_view(), name="member_end"),
    path("kpspams/<int:pk>/dokumen/tambah/", documents.DocumentCreate.as_view(), name="document_create"),
    path("kpspams/dokumen/<int:pk>/ubah/", documents.DocumentUpdate.as_view(), name="document_update"),
    path("pengaturan/bidang/", lists.WorkAreaList.as_view(), name="work_area_list"),
    path("pengaturan/bidang/tambah/", lists.WorkAreaCreate.as_view(), name="work_area_create"),
    path("pengaturan/bidang/<int:pk>/ubah/", lists.WorkAreaUpdate.as_view(), name="work_area_update"),
    path("pengaturan/sumber-dana/", lists.FundingSourceList.as_view(), name="funding_source_list"),
    path("pengaturan/sumber-dana/tambah/", lists.FundingSourceCreate.as_view(), name="funding_source_create"),
    path("pengaturan/sumber-dana/<int:pk>/ubah/", lists.FundingSourceUpdate.as_view(), name="funding_source_update"),
    path("rencana-kerja/", work_plans.WorkPlanList.as_view(), name="work_plan_list"),
    path("rencana-kerja/baru/", work_plans.WorkPlanCreate.as_view(), name="work_plan_create"),
    path("rencana-kerja/<int:pk>/", work_plans.WorkPlanDetail.as_view(), name="work_plan_detail"),
    path("rencana-kerja/<int:pk>/ubah/", activities.work_plan_update, name="work_plan_update"),
    path("rencana-kerja/<int:pk>/iuran/", work_plans.WorkPlanFees.as_view(), name="work_plan_fees"),
    path("rencana-kerja/<int:pk>/revisi/", work_plans.WorkPlanRevise.as_view(), name="work_plan_revise"),
    path("rencana-kerja/<int:pk>/isi/", work_plans.work_plan_fill, name="work_plan_fill"),
    path("rencana-kerja/<int:pk>/ajukan/", plan_steps.work_plan_submit, name="work_plan_submit"),
    path("rencana-kerja/<int:pk>/setujui/", plan_steps.work_plan_approve, name="work_plan_approve"),
    path("rencana-kerja/<int:pk>/kembalikan/", plan_steps.work_plan_return, name="work_plan_return"),
    path("rencana-kerja/<int:pk>/kegiatan/baru/", activities.activity_create, name="activity_create"),
    path("rencana-kerja/<int:pk>/kegiatan/<int:line>/", activities.activity_update, name="activity_update"),
    path("rencana-kerja/<int:pk>/kegiatan/<int:line>/hapus/", activities.activity_remove, name="activity_remove"),
]
