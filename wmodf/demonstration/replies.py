"""What members of the demonstration group answer to their next meeting."""

from datetime import datetime, timedelta

from django.utils import timezone

from meetings.models import Meeting, Reply
from meetings.replies import replying
from members.models import Person

# Who, what, the note, and the deputy with their organisation. The others have not answered yet.
REPLIES = [
    ("Priya Nandakumar", Reply.Answer.IN_PERSON, "", "", ""),
    ("Grace Okafor", Reply.Answer.IN_PERSON, "I shall be ten minutes late.", "", ""),
    ("Ruth Pemberton", Reply.Answer.IN_PERSON, "", "", ""),
    ("Samuel Brightwater", Reply.Answer.ONLINE, "", "", ""),
    ("Joan Castellan", Reply.Answer.APOLOGIES, "On leave that week.", "", ""),
    ("Hannah Frost-Lee", Reply.Answer.DEPUTY, "", "Peter Quill", "Merefield Health Partnership"),
]


def answer_next_meeting(*, now: datetime) -> None:
    """Answer the next meeting in the names of some members."""
    meeting = Meeting.objects.published().going_ahead().upcoming(on=timezone.localdate(now)).first()
    people = {person.name: person for person in Person.objects.members(on=timezone.localdate(now))}
    for number, (name, answer, note, deputy_name, deputy_organisation) in enumerate(REPLIES):
        replying.reply(
            meeting=meeting,
            person=people[name],
            answer=answer,
            note=note,
            deputy_name=deputy_name,
            deputy_organisation=deputy_organisation,
            now=now - timedelta(minutes=number),
        )
