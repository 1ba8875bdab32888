"""Events and tasks to iCalendar: every rule that a reader was seen to need."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from meetings.ical import Edition, Event, Task, calendar, clean, tasks

REVISED = datetime(2026, 3, 2, 9, 30, 5, 123456, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def make_event(**fields) -> Event:
    return Event(
        **{
            "uid": "0b0a3c1e-33a5-4a4e-9a3a-6a7f7a1d0001",
            "summary": "Steering group meeting",
            "on": date(2026, 3, 25),
            "starts": time(11),
            "ends": time(13),
            "status": "confirmed",
            "location": "Council House",
            "joining_url": "",
            "path": "/meetings/2026-03-25/",
        }
        | fields
    )


def write(*events, name="Elmbridge Data Circle", sequence=0) -> bytes:
    editions = [Edition(entry=event, sequence=sequence, revised_at=REVISED) for event in events]
    return calendar(editions, name=name, site_url="https://circle.example")


def lines_of(body: bytes) -> list[str]:
    return body.replace(b"\r\n ", b"").decode().split("\r\n")


def event_lines(**fields) -> list[str]:
    lines = lines_of(write(make_event(**fields)))
    return lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]


def test_an_event_is_written_line_by_line():
    assert event_lines() == [
        "UID:0b0a3c1e-33a5-4a4e-9a3a-6a7f7a1d0001",
        "DTSTAMP:20260302T093005Z",
        "LAST-MODIFIED:20260302T093005Z",
        "SEQUENCE:0",
        "DTSTART;TZID=Europe/London:20260325T110000",
        "DTEND;TZID=Europe/London:20260325T130000",
        "STATUS:CONFIRMED",
        "SUMMARY:Steering group meeting",
        "LOCATION:Council House",
        "DESCRIPTION:Agenda and notes: https://circle.example/meetings/2026-03-25/",
        "URL:https://circle.example/meetings/2026-03-25/",
    ]


def test_a_calendar_without_events_has_its_name_its_refresh_and_the_zone_by_two_rules():
    assert lines_of(write()) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//wmodf//Meetings of a steering group//EN",
        "NAME:Elmbridge Data Circle",
        "X-WR-CALNAME:Elmbridge Data Circle",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "BEGIN:DAYLIGHT",
        "DTSTART:19970330T010000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "TZNAME:BST",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "END:STANDARD",
        "END:VTIMEZONE",
        "END:VCALENDAR",
        "",
    ]


def test_every_day_of_ten_years_the_zone_says_what_the_clocks_say():
    zone = icalendar.Calendar.from_ical(write()).walk("VTIMEZONE")[0].to_tz()
    days = [date(2020, 1, 1) + timedelta(days=days) for days in range(3653)]

    def offsets(of):
        return [datetime.combine(day, time(12), tzinfo=of).utcoffset() for day in days]

    assert offsets(zone) == offsets(LONDON)


def test_the_same_events_give_the_same_bytes():
    assert write(make_event(), make_event(uid="other")) == write(make_event(), make_event(uid="other"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"on": date(2026, 7, 1)},
            ["DTSTART;TZID=Europe/London:20260701T110000", "DTEND;TZID=Europe/London:20260701T130000"],
        ),
        (  # no times: the whole day
            {"starts": None, "ends": None, "on": date(2026, 2, 28)},
            ["DTSTART;VALUE=DATE:20260228", "DTEND;VALUE=DATE:20260301"],
        ),
        (  # no end: an hour, and the description says so
            {"ends": None},
            ["DTSTART;TZID=Europe/London:20260325T110000", "DTEND;TZID=Europe/London:20260325T120000"],
        ),
        (  # the hour that comes twice in October: its first time, in UTC
            {"on": date(2026, 10, 25), "starts": time(1, 30), "ends": time(3)},
            ["DTSTART:20261025T003000Z", "DTEND:20261025T030000Z"],
        ),
        (
            {"on": date(2026, 10, 25), "starts": time(0, 30), "ends": time(1, 30)},
            ["DTSTART:20261024T233000Z", "DTEND:20261025T003000Z"],
        ),
        (  # an end not known that would fall into it
            {"on": date(2026, 10, 25), "starts": time(0, 30), "ends": None},
            ["DTSTART:20261024T233000Z", "DTEND:20261025T003000Z"],
        ),
        (  # the same day, beside that hour
            {"on": date(2026, 10, 25), "starts": time(2), "ends": time(3)},
            ["DTSTART;TZID=Europe/London:20261025T020000", "DTEND;TZID=Europe/London:20261025T030000"],
        ),
        (  # the hour that never is: refused on entry, and never written as a clock time
            {"on": date(2026, 3, 29), "starts": time(1, 30), "ends": time(3, 30)},
            ["DTSTART:20260329T013000Z", "DTEND:20260329T023000Z"],
        ),
    ],
)
def test_start_and_end(fields, expected):
    assert [line for line in event_lines(**fields) if line.startswith(("DTSTART", "DTEND"))] == expected


def test_a_cancelled_event_says_so_and_takes_no_time():
    lines = event_lines(status="cancelled")
    assert {line for line in lines if line.startswith(("STATUS", "TRANSP", "SUMMARY"))} == {
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "SUMMARY:CANCELLED: Steering group meeting",
    }


def test_a_tentative_event_says_so_in_words_too():
    assert {
        "STATUS:TENTATIVE",
        r"DESCRIPTION:The date is provisional.\nAgenda and notes: https://circle.example/meetings/2026-03-25/",
    } <= set(event_lines(status="tentative"))


def test_an_unknown_end_is_said():
    assert (
        r"DESCRIPTION:When it ends is not known.\nAgenda and notes: https://circle.example/meetings/2026-03-25/"
        in event_lines(ends=None)
    )


def test_a_whole_day_has_the_link_in_url():
    assert [line for line in event_lines(starts=None, ends=None) if line.startswith(("URL", "DESC"))] == [
        "URL:https://circle.example/meetings/2026-03-25/"
    ]


def test_a_joining_link_is_a_conference_and_in_the_description():
    lines = event_lines(joining_url='https://join.example/a?b=é,"c;d')
    assert "CONFERENCE;VALUE=URI;LABEL=Join the meeting:https://join.example/a?b=%C3%A9,%22c;d" in lines
    assert next(line for line in lines if line.startswith("DESCRIPTION")) == (
        r"DESCRIPTION:To join: https://join.example/a?b=%C3%A9\,%22c\;d\n"
        "Agenda and notes: https://circle.example/meetings/2026-03-25/"
    )


@pytest.mark.parametrize(
    "url", ["https://join.example/\r\nATTENDEE:x", "https://a b", "ftp://join.example/", "javascript:alert(1)", "x"]
)
def test_a_joining_link_that_is_no_web_address_is_refused(url):
    with pytest.raises(ValueError, match="is no web address"):
        make_event(joining_url=url)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\vtwo\fthree\x85four\u2028five\u2029six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("a\tb", "a b"),
        ("turned \u202eround\u202c \u2066and\u2069 \ufeffhidden", "turned round and hidden"),
        ("Zoë 👩‍🔬 – “so”", "Zoë 👩‍🔬 – “so”"),
        # What readers took for an escape, or for a part of the calendar.
        (r"c\d \new \, \; \\ \Now", r"c\d ＼new ＼, ＼; ＼\ ＼Now"),
        ("one\\\ntwo\\", "one＼\ntwo\\"),
        ("end:vevent BEGIN:VALARM END: BEGIN:none", "end: vevent BEGIN: VALARM END: BEGIN:none"),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


def test_hostile_words_stay_words():
    title = 'A;b,c\\d "e"\r\nEND:VEVENT\u2028ATTENDEE:mailto:x@y.example\x00'
    body = write(make_event(summary=title, location=title), name=title)
    words = 'A;b,c\\d "e" END: VEVENT ATTENDEE:mailto:x@y.example'
    (event,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == (words, words)
    assert "ATTENDEE" not in event
    escaped = r'A\;b\,c\\d "e" END: VEVENT ATTENDEE:mailto:x@y.example'
    assert {f"NAME:{escaped}", f"X-WR-CALNAME:{escaped}", f"SUMMARY:{escaped}"} <= set(lines_of(body))


def test_lines_are_folded_at_75_octets_and_never_inside_a_character():
    words = "Zoë’s 日本語 👩‍🔬 meeting, " * 30
    body = write(make_event(summary=words, location=words), name=words)
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert b"\n" not in body.replace(b"\r\n", b"")
    (event,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert str(event["SUMMARY"]) == words.strip()


def make_task(**fields) -> Task:
    return Task(
        **{
            "uid": "0b0a3c1e-33a5-4a4e-9a3a-6a7f7a1d0002",
            "reference": "A37",
            "text": "AB to ask the bus company",
            "due_on": date(2026, 4, 30),
            "status": "open",
            "ended_on": None,
            "path": "/actions/A37/",
        }
        | fields
    )


def task_lines(write_feed, **fields) -> list[str]:
    """The lines of the one component that the feed makes of a task."""
    editions = [Edition(entry=make_task(**fields), sequence=2, revised_at=REVISED)]
    lines = lines_of(write_feed(editions, name="Circle: Ada Birch", site_url="https://circle.example"))
    return lines[lines.index("END:VTIMEZONE") + 1 : lines.index("END:VCALENDAR")]


def test_a_task_is_written_line_by_line():
    assert task_lines(tasks) == [
        "BEGIN:VTODO",
        "UID:0b0a3c1e-33a5-4a4e-9a3a-6a7f7a1d0002",
        "DTSTAMP:20260302T093005Z",
        "LAST-MODIFIED:20260302T093005Z",
        "SEQUENCE:2",
        "DUE;VALUE=DATE:20260430",
        "STATUS:NEEDS-ACTION",
        "SUMMARY:AB to ask the bus company (A37)",
        "DESCRIPTION:The action and its updates: https://circle.example/actions/A37/",
        "URL:https://circle.example/actions/A37/",
        "END:VTODO",
    ]


def test_a_task_in_a_calendar_of_events_is_its_due_day_which_takes_no_time():
    assert task_lines(calendar) == [
        "BEGIN:VEVENT",
        "UID:0b0a3c1e-33a5-4a4e-9a3a-6a7f7a1d0002",
        "DTSTAMP:20260302T093005Z",
        "LAST-MODIFIED:20260302T093005Z",
        "SEQUENCE:2",
        "DTSTART;VALUE=DATE:20260430",
        "DTEND;VALUE=DATE:20260501",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "SUMMARY:Due: AB to ask the bus company (A37)",
        "URL:https://circle.example/actions/A37/",
        "END:VEVENT",
    ]


def test_a_task_without_a_due_date_has_none():
    assert [line for line in task_lines(tasks, due_on=None) if line.startswith("DUE")] == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (  # noon of the day, by London's clocks in summer
            {"status": "done", "ended_on": date(2026, 4, 2)},
            ["STATUS:COMPLETED", "COMPLETED:20260402T110000Z", "PERCENT-COMPLETE:100", "SUMMARY:AB to ask (A37)"],
        ),
        (
            {"status": "dropped", "ended_on": date(2026, 4, 2)},
            ["STATUS:CANCELLED", "SUMMARY:CANCELLED: AB to ask (A37)"],
        ),
    ],
)
def test_a_task_that_ended_says_how(fields, expected):
    names = ("STATUS", "COMPLETED", "PERCENT", "SUMMARY")
    assert [line for line in task_lines(tasks, text="AB to ask", **fields) if line.startswith(names)] == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("word " * 40, " ".join(["word"] * 40)),  # 199 characters
        ("word " * 41, f"{' '.join(['word'] * 40)}…"),
        ("日" * 201, f"{'日' * 200}…"),  # no spaces to cut at
        ("one\r\ntwo\u2028three", "one two three"),
        ("\x07", ""),
    ],
)
def test_the_title_of_a_task_is_one_line_and_not_too_long(text, title):
    (todo,) = icalendar.Calendar.from_ical(
        tasks([Edition(entry=make_task(text=text), sequence=0, revised_at=REVISED)], name="x", site_url="https://x")
    ).walk("VTODO")
    assert str(todo["SUMMARY"]) == f"{title} (A37)".strip()


def test_words_too_long_for_the_title_are_in_the_description():
    start = "DESCRIPTION:" + "word " * 41
    (line,) = [line for line in task_lines(tasks, text="word " * 41) if line.startswith("DESCRIPTION")]
    assert line == start.strip() + r"\nThe action and its updates: https://circle.example/actions/A37/"
    (line,) = [line for line in task_lines(tasks, text="x" * 100_000) if line.startswith("DESCRIPTION")]
    assert line.startswith(f"DESCRIPTION:{'x' * 2000}…\\n")


def test_nobody_s_tasks_are_a_calendar_too():
    body = tasks([], name="Circle: Ada Birch", site_url="https://circle.example")
    assert (b"BEGIN:VTIMEZONE" in body, b"BEGIN:VTODO" in body) == (True, False)
