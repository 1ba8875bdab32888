"""Addresses for logging in and out."""

from django.urls import path

from members import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("login-link/<str:token>/", views.login_link, name="login_link"),
    path("logout/", views.logout, name="logout"),
]
