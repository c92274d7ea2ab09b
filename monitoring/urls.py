from django.urls import path

from monitoring.views import home

app_name = "monitoring"
urlpatterns = [path("", home.home, name="home")]
