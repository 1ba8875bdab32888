"""Addresses of meetings and of their calendar."""

from django.urls import path

from meetings import calendar_views, views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/<slug:slug>/", views.meeting_detail, name="meeting_detail"),
    path("meetings/<slug:slug>/minutes.<str:ending>", views.minutes_document, name="minutes_document"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar.ics", calendar_views.calendar_feed, name="calendar_feed"),
    path("me/calendar/", calendar_views.personal_calendar, name="personal_calendar"),
    path("calendar/<str:token>/calendar.ics", calendar_views.personal_feed, name="personal_feed"),
    path("calendar/<str:token>/tasks.ics", calendar_views.personal_tasks, name="personal_tasks"),
]
