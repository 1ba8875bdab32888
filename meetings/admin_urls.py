"""Addresses of the secretary's own pages in the admin of meetings."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from meetings.agenda import paper_views
from meetings.agenda import views as agenda
from meetings.corrections import views as corrections
from meetings.dates import rescheduling_views
from meetings.dates import views as dates
from meetings.drafts import page as drafts
from meetings.drafts import versions_page
from meetings.imports import page as imports
from meetings.names import views as names
from meetings.record import aids
from meetings.record import page as record
from meetings.replies import secretary_views as replies

# Where, what, and its name after "meetings_meeting_".
OF_ALL = [
    ("dates/", dates.meeting_dates, "dates"),
    ("help/", aids.writing_help, "help"),
    ("import/", imports.import_notes, "import"),
    ("import/<int:batch_id>/", imports.import_batch, "import_batch"),
    ("original/<int:original_id>/", imports.original_file, "original"),
    ("names/", names.withheld_names, "names"),
    ("names/<int:person_id>/", names.withheld_name, "withheld_name"),
]
OF_ONE = [
    ("agenda/", agenda.make_agenda, "agenda"),
    ("papers/", paper_views.meeting_papers, "papers"),
    ("replies/", replies.meeting_replies, "replies"),
    ("replies/for-host/", replies.meeting_replies_for_host, "replies_for_host"),
    ("move/", rescheduling_views.move_meeting, "move"),
    ("cancel/", rescheduling_views.cancel_meeting, "cancel"),
    ("record/", record.record_notes, "record"),
    ("record/preview/", record.preview_notes, "preview"),
    ("record/draft/", drafts.draft, "draft"),
    ("record/put-away/", drafts.put_away, "put_away"),
    ("drafts/", drafts.drafts, "drafts"),
    ("drafts/<int:draft_id>/", drafts.draft_detail, "draft_detail"),
    ("versions/", versions_page.versions, "versions"),
    ("correct/", corrections.correct_notes, "correct"),
    ("correct/redact/", corrections.redact_passage, "redact"),
]


def urls(wrap: Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]) -> list[URLPattern]:
    """The pages, each wrapped in the admin's own check of who may enter (its `admin_view`)."""
    pages = [*OF_ALL, *((f"<int:meeting_id>/{route}", view, name) for route, view, name in OF_ONE)]
    return [path(route, wrap(view), name=f"meetings_meeting_{name}") for route, view, name in pages]
