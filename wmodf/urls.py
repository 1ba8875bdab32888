"""All addresses."""

from django.contrib import admin
from django.urls import include, path

from wmodf import views

urlpatterns = [
    path("", views.home, name="home"),
    path("members/", views.group_detail, name="group_detail"),
    path("contact/", views.contact, name="contact"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("actions/", include("actions.urls")),
    path("wishlists/", include("wishlists.urls")),
]
