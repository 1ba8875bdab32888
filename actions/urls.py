"""Addresses of actions."""

from django.urls import path

from actions import views

app_name = "actions"
urlpatterns = [
    path("", views.action_list, name="action_list"),
    path("<action:number>/", views.action_detail, name="action_detail"),
]
