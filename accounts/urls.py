from django.urls import path

from accounts.views import login, profile

app_name = "accounts"

urlpatterns = [
    path("masuk/", login.Login.as_view(), name="login"),
    path("keluar/", login.logout_view, name="logout"),
    path("akun/", profile.Profile.as_view(), name="profile"),
    path("akun/kata-sandi/", profile.PasswordChange.as_view(), name="password_change"),
]
