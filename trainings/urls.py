from django.urls import include, path

from trainings.views import agenda, attendance, certificates, materials, papers, participants, parts, photos, trainings

app_name = "trainings"

# Everything below one training
of_training = [
    path("ubah/", trainings.TrainingUpdate.as_view(), name="training_update"),
    path("tutup/", trainings.TrainingClose.as_view(), name="training_close"),
    path("buka-kembali/", trainings.TrainingReopen.as_view(), name="training_reopen"),
    path("batalkan/", trainings.TrainingCancel.as_view(), name="training_cancel"),
    path("hari/baru/", parts.DayCreate.as_view(), name="day_create"),
    path("hari/<int:pk>/hapus/", parts.DayRemove.as_view(), name="day_remove"),
    path("hari/<int:pk>/sesi/baru/", parts.SessionCreate.as_view(), name="session_create"),
    path("hari/<int:pk>/acara/baru/", agenda.AgendaCreate.as_view(), name="agenda_create"),
    path("sesi/<int:pk>/ubah/", parts.SessionUpdate.as_view(), name="session_update"),
    path("sesi/<int:pk>/hapus/", parts.SessionRemove.as_view(), name="session_remove"),
    path("acara/", agenda.Agenda.as_view(), name="agenda"),
    path("acara/<int:pk>/ubah/", agenda.AgendaUpdate.as_view(), name="agenda_update"),
    path("acara/<int:pk>/hapus/", agenda.AgendaRemove.as_view(), name="agenda_remove"),
    path("undangan/baru/", parts.InvitationCreate.as_view(), name="invitation_create"),
    path("undangan/<int:pk>/ubah/", parts.InvitationUpdate.as_view(), name="invitation_update"),
    path("undangan/<int:pk>/hapus/", parts.InvitationRemove.as_view(), name="invitation_remove"),
    path("peserta/pilih/", participants.ParticipantPick.as_view(), name="participant_pick"),
    path("peserta/baru/", participants.ParticipantCreate.as_view(), name="participant_create"),
    path("peserta/urutkan/", participants.ParticipantRenumber.as_view(), name="participant_renumber"),
    path("peserta/<int:pk>/ubah/", participants.ParticipantUpdate.as_view(), name="participant_update"),
    path("peserta/<int:pk>/batalkan/", participants.ParticipantWithdraw.as_view(), name="participant_withdraw"),
    path("kehadiran/", attendance.AttendanceGrid.as_view(), name="attendance_grid"),
    path("kehadiran/<int:pk>/", attendance.AttendanceSession.as_view(), name="attendance_session"),
    path("sertifikat/", certificates.CertificateList.as_view(), name="certificate_list"),
    path("sertifikat/<int:pk>/beri/", certificates.CertificateException.as_view(), name="certificate_exception"),
    path("sertifikat/<int:pk>/cabut/", certificates.CertificateWithdraw.as_view(), name="certificate_withdraw"),
    path("spj/", papers.Papers.as_view(), name="papers"),
    path("spj/<slug:paper>/", papers.PaperUpdate.as_view(), name="paper_update"),
    path("spj/<slug:paper>/berkas/", papers.PaperFile.as_view(), name="paper_file"),
    path("uraian/", papers.NarrativeUpdate.as_view(), name="narrative_update"),
    path("dokumentasi/", photos.PhotoList.as_view(), name="photo_list"),
    path("dokumentasi/tambah/", photos.PhotoCreate.as_view(), name="photo_create"),
    path("dokumentasi/<int:pk>/ubah/", photos.PhotoUpdate.as_view(), name="photo_update"),
    path("dokumentasi/<int:pk>/hapus/", photos.PhotoRemove.as_view(), name="photo_remove"),
    path("dokumentasi/<int:pk>/berkas/", photos.PhotoFile.as_view(), name="photo_file"),
]

urlpatterns = [
    path("bahan-ajar/", materials.MaterialList.as_view(), name="material_list"),
    path("bahan-ajar/tambah/", materials.MaterialCreate.as_view(), name="material_create"),
    path("bahan-ajar/<int:pk>/", materials.MaterialDetail.as_view(), name="material_detail"),
    path("bahan-ajar/<int:pk>/ubah/", materials.MaterialUpdate.as_view(), name="material_update"),
    path("bahan-ajar/<int:pk>/berkas/", materials.material_file, name="material_file"),
    path("pustaka/", materials.Library.as_view(), name="library"),
    path("pustaka/<int:pk>/berkas/", materials.library_file, name="library_file"),
    path("pelatihan/", trainings.TrainingList.as_view(), name="training_list"),
    path("pelatihan/baru/", trainings.TrainingCreate.as_view(), name="training_create"),
    path("pelatihan/<int:pk>/", trainings.TrainingDetail.as_view(), name="training_detail"),
    path("pelatihan/<int:training>/", include(of_training)),
]
