"""Every word that people read goes through Django's translation; what is stored or read back as notes never does."""

import ast
import re
import struct
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from meetings import documents, publishing
from meetings.agenda.showing import publish_agenda
from meetings.dates import rescheduling
from meetings.minutes.structure import Kind
from members import matching
from members.models import Membership
from tests import factories
from tests.factories import NOW
from tests.pseudo import outside, pseudo_language, untranslated

ROOT = Path(settings.BASE_DIR)
TEMPLATES = {
    str(path.relative_to(ROOT)): path.read_text()
    for path in sorted((ROOT / "templates").rglob("*.*"))
    if path.suffix in {".html", ".txt"}
}
CODE = {
    str(path.relative_to(ROOT)): path.read_text()
    for room in ("wmodf", "meetings", "members", "actions", "wishlists")
    for path in sorted((ROOT / room).rglob("*.py"))
    if not {"migrations", "minutes", "commands", "demonstration"} & set(path.parts)
}
# Words that are put into notes speak the notes' own language: a mark that the reader of notes knows.
ALLOWED = {
    "templates/admin/meetings/meeting/_record_agenda.html": {"## . [confidential]"},
    "templates/wmodf/open_data.html": {".csv", ".json"},  # the names of files
}
READABLE = {"aria-label", "title", "placeholder", "alt", "data-label", "data-unreachable"}
NO_WORDS = {"script", "style", "code"}  # what stands in code, outside any message, is typed as it is
LETTERS = re.compile(r"[^\W\d_]")
# Words given to a filter or an included template, unless by _("…"); and plurals that no other language could make.
WORDS_IN_TAGS = re.compile(
    r"""\|\s*(?:default|default_if_none|yesno)\s*:\s*"[^"]*[^\W\d_]|\|\s*pluralize\b|\b\w+="[A-Z][^"]*\""""
)


# --- templates ------------------------------------------------------------------------------------------------------


class Bare(HTMLParser):
    """The text and the readable attributes of a page whose messages were taken out, with their lines."""

    def __init__(self, html):
        super().__init__()
        self.found, self.skipped = [], 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.skipped += tag in NO_WORDS
        for name, value in attrs:
            if name in READABLE and LETTERS.search(value or ""):
                self.found.append((self.getpos()[0], f"{name}={value}"))

    def handle_endtag(self, tag):
        self.skipped -= tag in NO_WORDS

    def handle_data(self, data):
        first = self.getpos()[0]
        if not self.skipped:
            lines = enumerate(data.split("\n"), start=first)
            self.found += [(number, line.strip()) for number, line in lines if LETTERS.search(line)]


def without_messages(source):
    """The template's own text, each tag a blank, and (line, words) of each tag that brings words untranslated."""
    text, said, until = [], [], None
    for token in Lexer(source).tokenize():
        if until:
            until = None if token.contents.split()[:1] == [until] and token.token_type == TokenType.BLOCK else until
            text.append("\n" * token.contents.count("\n"))
            continue
        if token.token_type == TokenType.TEXT:
            text.append(token.contents)
            continue
        name = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if name in {"blocktranslate", "comment"}:
            until = f"end{name}"
        speaks = name in {"include", "with", ""} and token.token_type != TokenType.COMMENT
        if speaks and (words := WORDS_IN_TAGS.search(token.contents)):
            said.append((token.lineno, words.group()))
        text.append(" ")
    return "".join(text), said


def bare_words(name, source):
    """Each place of the template where words stand that no translation reaches: file, line, words."""
    text, said = without_messages(source)
    found = [*Bare(text).found, *said]
    return [f"{name}:{line}: {words}" for line, words in found if " ".join(words.split()) not in ALLOWED.get(name, ())]


def test_every_word_of_a_template_is_translated():
    assert {"templates/base.html", "templates/account/email/login_code_message.txt"} <= set(TEMPLATES)
    assert [place for name, source in TEMPLATES.items() for place in bare_words(name, source)] == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>\n  Words\n</p>", 2),
        ("<p>{% if one %}words{% endif %}</p>", 1),
        ('{% translate "Words" %} words', 1),
        ("{% blocktranslate %}Words{% endblocktranslate %}\nmore", 2),
        ('\n<a aria-label="Words {{ one }}"></a>', 2),
        ('<a{% if one %} title="Words"{% endif %}></a>', 1),
        ('{{ one|default:"nobody" }}', 1),
        ("{{ one }} {{ many|pluralize }}", 1),
        ('{% include "one.html" with label="Mine" %}', 1),
        ("{# Words #}\n<script>words()</script>\nwords", 3),
    ],
)
def test_words_outside_messages_would_be_found(source, line):
    assert [place.split(":")[1] for place in bare_words("one.html", source)] == [str(line)]


def test_messages_and_data_are_not_taken_for_bare_words():
    source = (
        '{% load i18n %}<a class="one" href="/one/" title="{% translate \'One\' %}">{{ one|default:_("none") }}</a>'
        "<code>one</code>"
        '{% blocktranslate trimmed with a=b %}\n<em title="in it">One</em>{% endblocktranslate %} – 1.'
    )
    assert bare_words("one.html", source) == []


# --- code -----------------------------------------------------------------------------------------------------------

SHOWN = {"label", "help_text", "empty_label", "description", "verbose_name", "verbose_name_plural"}
SHOWN |= {"violation_error_message"}
TELLING = {"success", "info", "warning", "error", "message_user", "ValidationError", "NotAllowedError"}


def is_words(node):
    """Whether this is plain text for people: letters, in no call of gettext."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and re.search(r"[^\W\d_]{2} ", part.value) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(LETTERS.search(node.value))


def bare_strings(name, source):
    """Labels, help texts, choices, messages and refusals that no translation reaches: file, line, words."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found += [word.value for word in node.keywords if word.arg in SHOWN]
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if called in TELLING and owner != "logger":
                found += node.args
        elif isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            pairs = [one.value for one in node.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Tuple)]
            found += [pair.elts[1] for pair in pairs]
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in (SHOWN - {"label"}) | {"msg"}:
            found.append(node.value)
    return [f"{name}:{node.lineno}: {ast.unparse(node)}" for node in found if is_words(node)]


# Read by whoever runs the site, or kept with a file in the words of the source: not translated.
NOT_FOR_READERS = {
    "wmodf/settings.py",
    "wmodf/admin_site.py",
    "wmodf/checks.py",
    "members/logins.py",
    "meetings/imports/importing.py",
    "meetings/imports/unpacking.py",
    "meetings/imports/batches.py",
    "meetings/feed.py",
    "meetings/events/feed.py",
    "meetings/ical.py",
    "members/licences.py",  # the licences' proper names
    "wmodf/moving/arriving.py",  # the command import_group alone
}


def test_every_label_and_message_in_code_is_translated():
    looked_at = {name: source for name, source in CODE.items() if name not in NOT_FOR_READERS}
    assert set(CODE) >= NOT_FOR_READERS | {"wishlists/forms.py"}
    assert [place for name, source in looked_at.items() for place in bare_strings(name, source)] == []


@pytest.mark.parametrize(
    "source",
    [
        'name = CharField(label="Name")',
        'raise ValidationError({}) or ValidationError("Write a name.")',
        'msg = f"There are {n} names."',
        'class One(models.TextChoices):\n    ONE = "one", "one of them"',
        'messages.success(request, "Saved.")',
        'class Meta:\n    verbose_name_plural = "people"',
    ],
)
def test_a_bare_string_in_code_would_be_found(source):
    assert len(bare_strings("one.py", source)) == 1


# --- pages ----------------------------------------------------------------------------------------------------------

# All that the rows say is made of words with a q before them; the rest are proper names, and references.
DATA = re.compile(r"[Qq][\w’'.@-]*|[AD]\d*|PDF|Word|Markdown|CSV|Outlook|Google|Apple|Thunderbird|UTC|webcal", re.ASCII)


@pytest.fixture
def told(group):
    """One of everything that the public reads of; the pages on which it stands."""
    group.name, group.public_email, group.description = "Quill Quorum", "q@q.example", "Qu quv."
    group.save()
    council = factories.make_organisation("Qcouncil", website="https://q.example/", description="Qw qx.")
    person = factories.make_person("Qa Quill", role="secretary", on_behalf_of=council)
    today = timezone.localdate()
    held = factories.make_meeting(title="Qmeeting", on=date(2026, 1, 28), venue="Qhall", host=council, **hours())
    coming = factories.make_meeting(
        title="Qcoming", on=today + timedelta(days=9), venue="Qroom", status="tentative", **hours()
    )
    item = factories.make_item(held, "Qitem", number="1")
    factories.make_attendance(held, person, role="Qrole")
    action = factories.make_action("Qaction qwords", owners=[person], meeting=held, due_on=date(2026, 2, 1))
    factories.make_action("Qother qwords", owners=[Membership.Role.SECRETARY], meeting=held, due_text="qsoon")
    dataset = factories.make_dataset("Qdataset", publisher="Qpublisher")
    used = factories.make_entry("Qused qwords", meeting=held, person=person, dataset=dataset)
    want = factories.make_entry("Qwanted qwords", kind="wants", meeting=held, person=person)
    factories.make_line(held, "Qdecision qwords.", kind=Kind.DECISION, item=item)
    factories.make_agenda_item(coming, "Qagenda", note="Qnote", minutes=5)
    factories.make_paper(held, "Qpaper")
    factories.make_event("Qevent", on=today + timedelta(days=5), published=True, place="Qplace", description="Qd.")
    factories.make_minutes(held, text="Qnotes.")
    publishing.show(meeting=held, now=NOW)
    publish_agenda(meeting=coming, now=NOW)
    return {
        "home": reverse("home"),
        "group": reverse("group_detail"),
        "contact": reverse("contact"),
        "meetings": reverse("meetings:meeting_list"),
        "a meeting": held.get_absolute_url(),
        "a coming meeting": coming.get_absolute_url(),
        "an agenda": reverse("meetings:meeting_agenda", args=[coming.slug]),
        "highlights": reverse("meetings:meeting_highlights", args=[held.slug]),
        "calendar": reverse("meetings:calendar"),
        "events": reverse("meetings:event_list"),
        "actions": reverse("actions:action_list"),
        "an action": action.get_absolute_url(),
        "data": reverse("wishlists:entry_list"),
        "data used": used.get_absolute_url(),
        "data wanted": want.get_absolute_url(),
        "a person": person.get_absolute_url(),
        "an organisation": council.get_absolute_url(),
        "a dataset": dataset.get_absolute_url(),
        "login": reverse("login"),
        "organisations": reverse("organisation_list"),
        "datasets": reverse("dataset_list"),
        "figures": reverse("figures"),
        "found": reverse("search") + "?q=qwords",
        "privacy": reverse("privacy"),
        "accessibility": reverse("accessibility"),
        "nothing there": "/nothing/",
        "a wrong filter": reverse("actions:action_list") + "?state=qx",
    }


def hours():
    """When a meeting begins and ends."""
    return {"starts": "10:00", "ends": "12:30"}


def bare_on(html):
    """The words of a page in no message that are no data either."""
    return sorted(word for word in untranslated(html) if not DATA.fullmatch(word))


def test_every_word_of_a_public_page_is_translated_or_data(told):
    with pseudo_language():
        pages = {name: Client().get(address).content.decode() for name, address in told.items()}
    assert all("«" in page for page in pages.values())
    assert {name: bare for name, page in pages.items() if (bare := bare_on(page))} == {}


def test_every_word_of_a_members_page_is_translated_or_data(told, member):
    member.person.name, member.person.email = "Qmina Qmember", "q@qmember.example"
    member.person.save()
    client = Client()
    client.force_login(member)
    names = ("home", "a meeting", "a coming meeting", "an action", "data wanted", "calendar")
    addresses = {name: told[name] for name in names} | {
        "me": reverse("me"),
        "name": reverse("my_name"),
        "adding": reverse("entry_add"),
    }
    with pseudo_language():
        pages = {name: client.get(address).content.decode() for name, address in addresses.items()}
    assert {name: bare for name, page in pages.items() if (bare := bare_on(page))} == {}


def test_every_word_of_the_secretarys_own_pages_is_translated_or_data(told, secretary):
    secretary.person.name, secretary.person.email = "Quma Qsecretary", "q@qsecretary.example"
    secretary.person.save()
    factories.make_person("Qwithheld", public_name="member")
    client = Client()
    client.force_login(secretary)
    with pseudo_language():
        pages = {name: client.get(reverse(name)).content.decode() for name in ("desk", "leave")}
    assert {name: bare for name, page in pages.items() if (bare := bare_on(page))} == {}


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "429.html", "500.html"])
def test_every_word_of_a_page_of_refusal_is_translated(name, group):
    group.name = "Quill"
    with pseudo_language():
        page = render_to_string(name, {"group": group}, request=RequestFactory().get("/"))
    assert bare_on(page) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>«Meeting of «Qday» 2026» Qa</p>", []),
        ("<p>«One <a href='/'>link</a>» and</p>", ["and"]),
        ("<a aria-label='Menu'>«One»</a><script>words</script>", ["Menu"]),
    ],
)
def test_words_outside_messages_would_be_seen(html, words):
    assert bare_on(html) == words


# --- what no language changes ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_stored_and_read_back_is_the_same_in_every_language(told, secretary):
    held = factories.make_meeting(title="Qmoved", on=date(2026, 3, 4), venue="Qhall")
    minutes = factories.make_minutes(held, text="Qnotes.")
    with pseudo_language():
        held.on = date(2026, 3, 5)
        rescheduling.save(meeting=held, reason="Qreason", by=secretary, now=NOW)
        document = documents.document_of(minutes, ending="txt", user=None).write().decode()
        offices = [matching.role_meant(words) for words in ("the Secretary", "Chair", "Vice-chair")]
    held.refresh_from_db()
    assert "Moved from Wednesday 4 March 2026: Qreason." in held.event
    assert "«" not in held.event + document
    assert offices == ["secretary", "chair", "vice-chair"]
    assert outside(document)


def test_a_template_says_the_same_in_the_source_language():
    page = render_to_string("500.html")
    assert "«" not in page
    assert "Something went wrong" in page


@pytest.mark.parametrize(("language", "tag"), [("en-gb", "en-GB"), ("cy", "cy"), ("zh-hans", "zh-Hans")])
def test_a_page_says_which_language_it_is_in(language, tag, group):
    with override(language):
        page = render_to_string("404.html", {"group": group}, request=RequestFactory().get("/"))
    assert f'<html lang="{tag}">' in page


# --- scripts --------------------------------------------------------------------------------------------------------

SCRIPTS = {
    str(path.relative_to(ROOT)): path.read_text()
    for room in ("wmodf", "meetings", "members", "actions", "wishlists")
    for path in sorted((ROOT / room / "static").rglob("*.js"))
}
STRING = r""""(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
MESSAGES = re.compile(rf"\bn?gettext\(\s*(?:(?:{STRING})\s*,?\s*)+")
COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*", re.DOTALL)
TWO_WORDS = re.compile(r"(?<![\w.#-])[^\W\d_]{2,}[,:.;]? [^\W\d_]{2,}(?![\w(-])")
BLANKS = re.compile(r"\$\{[^{}]*\}")
# The last two: how notes in the project's own form begin, and what is looked for on the page.
NO_MESSAGES = {'"use strict"', '"Minutes of:"', '"select, input"'}


def bare_in_script(source):
    """The strings of two words or more that stand in no call of gettext."""
    left = MESSAGES.sub("(", COMMENTS.sub("", source))
    return [
        words
        for words in re.findall(STRING, left)
        if TWO_WORDS.search(BLANKS.sub("", words)) and words not in NO_MESSAGES
    ]


def test_every_sentence_of_a_script_is_translated():
    assert {"meetings/static/meetings/record-box.js", "wmodf/static/wmodf/js/site.js"} <= set(SCRIPTS)
    assert {name: bare for name, source in SCRIPTS.items() if (bare := bare_in_script(source))} == {}


@pytest.mark.parametrize(
    "source",
    [
        'line.textContent = "Not kept.  You are out.";',
        "add(notice, 'Drop them', () => {});",
        "const words = `and ${more} are not known`;",
        'say(gettext("Kept at last."), "kept again");',
    ],
)
def test_a_bare_sentence_in_a_script_would_be_found(source):
    assert len(bare_in_script(source)) == 1


def compiled(messages):
    """The messages as a catalogue that gettext reads (GNU gettext manual, 10.3)."""
    keys, values = [], []
    place = 28 + 16 * len(messages)
    blob = b""
    for texts, table in ((list(messages), keys), (list(messages.values()), values)):
        for text in texts:
            table.append((len(text.encode()), place + len(blob)))
            blob += text.encode() + b"\0"
    head = (0x950412DE, 0, len(messages), 28, 28 + 8 * len(messages), 0, 0)
    return struct.pack(f"<{7 + 4 * len(messages)}I", *head, *chain(*keys, *values)) + blob


def test_scripts_are_given_the_translations(secretary_client, settings, tmp_path):
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "djangojs.mo").write_bytes(compiled({"": "Content-Type: text/plain; charset=UTF-8\n", "Drop them": "Q"}))
    settings.LOCALE_PATHS = [tmp_path]
    with override("cy"):
        script = secretary_client.get(reverse("admin:jsi18n")).text
    assert '"Drop them": "Q"' in script
    meeting = factories.make_meeting()
    page = secretary_client.get(reverse("admin:meetings_meeting_record", args=[meeting.pk])).text
    places = [page.index(name) for name in (f'src="{reverse("admin:jsi18n")}"', "record-drafts.js", "record-box.js")]
    assert places == sorted(places)
