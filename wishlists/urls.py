"""Addresses of data used and wanted."""

from django.urls import path

from wishlists import views

app_name = "wishlists"
urlpatterns = [
    path("", views.entry_list, name="entry_list"),
]
