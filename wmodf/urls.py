"""All addresses."""

from django.contrib import admin
from django.urls import include, path

from wmodf import desk, me, register, views

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", me.me, name="me"),
    path("desk/", desk.desk, name="desk"),
    path("members/", views.group_detail, name="group_detail"),
    path("contact/", views.contact, name="contact"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("", include("members.urls")),
    path("", include("meetings.urls")),
    path("actions/", include("actions.urls")),
    path("wishlists/add/", register.entry_add, name="entry_add"),
    path("wishlists/<entry:number>/change/", register.entry_change, name="entry_change"),
    path("wishlists/<entry:number>/withdraw/", register.entry_withdraw, name="entry_withdraw"),
    path("wishlists/<entry:number>/put-back/", register.entry_put_back, name="entry_put_back"),
    path("wishlists/", include("wishlists.urls")),
]

handler429 = "members.views.too_many"
