"""The Nu checker (vnu) reads every page of our own, style sheet and picture, and finds no error."""

import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from meetings.models import Meeting
from tests.conftest import NU_CHECKER
from tests.test_access import MATRIX, path_of, rows_of_every_kind
from tests.test_conventions import ROOMS
from wishlists.models import Entry
from wmodf import demonstration

pytestmark = [pytest.mark.outside, pytest.mark.nu_checker]

# Our own pages in the admin; the others' HTML is Django's.
OURS = (
    r"admin:meetings_meeting_(versions|agenda|papers|record|correct|redact|replies|replies_for_host|draft_detail|drafts"
    r"|help|import|import_batch|dates|move|cancel)"
)
QUERIES = ["?words=a", "?words=nothing+like+it", "?person=x"]


@pytest.fixture
def demo(db):
    """The demonstration group; the rows of the table of who may open what come to it."""
    demonstration.load(today=timezone.localdate(), now=timezone.now())


def paths(found):
    """Every address of our own with its rows, and each record of the demonstration's last meetings."""
    table = [row for row in MATRIX if not row[0].startswith("admin:") or re.fullmatch(OURS, row[0])]
    lists = [reverse(name) for name in ("meetings:meeting_list", "actions:action_list", "wishlists:entry_list")]
    records = [*Meeting.objects.all()[:12], *Action.objects.all()[:12], *Entry.objects.all()[:12]]
    return [
        *(path_of(route, args, found) for route, args, *_ in table),
        *(address + query for address in lists for query in QUERIES),
        *(record.get_absolute_url() for record in records),
        "/none/",
    ]


def test_no_page_has_an_error(*, demo, group, admin, member, secretary, tmp_path):
    rows = rows_of_every_kind(group, admin)
    seen = set()
    for name, user in (("public", None), ("member", member), ("secretary", secretary)):
        client = Client()
        if user:
            client.force_login(user)
        for path in dict.fromkeys(paths(rows)):
            response = client.get(path)
            content = b"".join(response)  # files to their end too: one that is sent is open until then
            if not content or not response.get("Content-Type", "").startswith("text/html"):
                continue
            mark = hashlib.sha256(re.sub(rb'value="\w{64}"', b"", content)).digest()
            if mark not in seen:
                seen.add(mark)
                file = re.sub(r"[^\w-]+", "_", f"{name}{path}")[:120]
                (tmp_path / f"{file}.html").write_bytes(content)
    assert len(seen) > 150
    ours = [file for room in ROOMS for file in Path(settings.BASE_DIR, room, "static").rglob("*.*")]
    ours = [str(file) for file in ours if file.suffix in {".css", ".svg"}]
    assert len(ours) > 5
    command = ["java", "-jar", NU_CHECKER, "--errors-only", "--also-check-css", "--also-check-svg", str(tmp_path)]
    checked = subprocess.run([*command, *ours], capture_output=True, text=True, check=False, timeout=300)
    assert (checked.stdout + checked.stderr, checked.returncode) == ("", 0)
