"""The demonstration's papers: a small file and slides elsewhere, for the next meeting."""

from datetime import date, datetime

from meetings.agenda.papering import add_file, add_link
from meetings.models import Meeting

WANTS = (
    "data wanted,of whom,asked,stands\n"
    "Grants made by the council,Aldermere City Council,by letter,promised\n"
    "Ambulance response times by ward,Merefield Health Partnership,by request,refused\n"
    "Building control decisions,Thornbeck Borough Council,by letter,released\n"
)


def add_papers(*, today: date, now: datetime) -> None:
    """Give the next meeting two papers, which are shown once its agenda is published."""
    meeting = Meeting.objects.going_ahead().upcoming(on=today).first()
    if meeting is None:
        return
    add_file(
        meeting=meeting,
        upload=("wants.csv", WANTS.encode()),
        title="What the forum asked for this year",
        by=None,
        now=now,
    )
    add_link(
        meeting=meeting,
        link="https://slides.aldermere.example/a-year-of-wants",
        title="A year of wants",
        kind="slides",
        by=None,
        now=now,
    )
