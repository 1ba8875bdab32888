"""Addresses of meetings and of their calendar."""

from django.urls import path

from meetings import calendar_views, highlights_views, views
from meetings.agenda import public_views as agenda_public_views
from meetings.events import views as event_views
from meetings.replies import member_views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/<slug:slug>/", views.meeting_detail, name="meeting_detail"),
    path("meetings/<slug:slug>/meeting.ics", calendar_views.meeting_calendar, name="meeting_calendar"),
    path("meetings/<slug:slug>/minutes.<str:ending>", views.minutes_document, name="minutes_document"),
    path("meetings/<slug:slug>/highlights/", highlights_views.meeting_highlights, name="meeting_highlights"),
    path("meetings/<slug:slug>/highlights.txt", highlights_views.highlights_text, name="highlights_text"),
    path("meetings/<slug:slug>/agenda/", agenda_public_views.meeting_agenda, name="meeting_agenda"),
    path("meetings/<slug:slug>/agenda.<str:ending>", agenda_public_views.agenda_document, name="agenda_document"),
    path("meetings/<slug:slug>/papers/<int:paper_id>/<str:name>", agenda_public_views.paper_file, name="paper_file"),
    path("meetings/<slug:slug>/reply/", member_views.reply, name="reply"),
    path("meetings/<slug:slug>/propose/", member_views.propose_item, name="propose_item"),
    path("me/proposals/<int:item_id>/take-back/", member_views.proposal_take_back, name="proposal_take_back"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar.ics", calendar_views.calendar_feed, name="calendar_feed"),
    path("events/", event_views.event_list, name="event_list"),
    path("events.ics", event_views.event_feed_file, name="event_feed"),
    path("me/calendar/", calendar_views.personal_calendar, name="personal_calendar"),
    path("calendar/<str:token>/calendar.ics", calendar_views.personal_feed, name="personal_feed"),
    path("calendar/<str:token>/tasks.ics", calendar_views.personal_tasks, name="personal_tasks"),
]
