from django.urls import path

from accounts.views import drafts, login, profile, settings, users
from records.views import saved_drafts

app_name = "accounts"

urlpatterns = [
    path("masuk/", login.Login.as_view(), name="login"),
    path("keluar/", login.logout_view, name="logout"),
    path("akun/", profile.Profile.as_view(), name="profile"),
    path("akun/kontak/", profile.ContactUpdate.as_view(), name="contact"),
    path("akun/kata-sandi/", profile.PasswordChange.as_view(), name="password_change"),
    path("isian/belum-terkirim/", drafts.UnsentDrafts.as_view(), name="unsent_drafts"),
    path("isian/tersimpan/", saved_drafts, name="saved_drafts"),
    path("pengguna/", users.UserList.as_view(), name="user_list"),
    path("pengguna/tambah/", users.UserCreate.as_view(), name="user_create"),
    path("pengguna/<int:pk>/", users.UserDetail.as_view(), name="user_detail"),
    path("pengguna/<int:pk>/ubah/", users.UserUpdate.as_view(), name="user_update"),
    path("pengguna/<int:pk>/kata-sandi/", users.user_password_reset, name="user_password_reset"),
    path("pengguna/<int:pk>/konfirmasi/", users.user_confirm, name="user_confirm"),
    path("pengguna/<int:pk>/nonaktifkan/", users.user_deactivate, name="user_deactivate"),
    path("pengguna/<int:pk>/aktifkan/", users.user_reactivate, name="user_reactivate"),
    path("pengaturan/", settings.SettingsHome.as_view(), name="settings_home"),
    path("pengaturan/kabupaten/<int:pk>/", settings.SettingsDistrict.as_view(), name="settings_district"),
    path("pengaturan/kabupaten/<int:pk>/aturan/", settings.RulesUpdate.as_view(), name="settings_rules"),
    path(
        "pengaturan/kabupaten/<int:pk>/profil-kantor/tambah/",
        settings.OfficeCreate.as_view(),
        name="settings_office_create",
    ),
    path("pengaturan/profil-kantor/<int:pk>/ubah/", settings.OfficeUpdate.as_view(), name="settings_office_update"),
    path("pengaturan/profil-kantor/<int:pk>/lambang/", settings.office_emblem, name="settings_office_emblem"),
    path(
        "pengaturan/kabupaten/<int:pk>/penanda-tangan/tambah/",
        settings.SignatoryCreate.as_view(),
        name="settings_signatory_create",
    ),
    path(
        "pengaturan/penanda-tangan/<int:pk>/ubah/",
        settings.SignatoryUpdate.as_view(),
        name="settings_signatory_update",
    ),
]
