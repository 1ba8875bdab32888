"""`manage.py record_notes`, killed in the middle and run again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from meetings.models import Minutes, Original
from tests import archive_of_notes
from tests.factories import make_group

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.outside]

ROOT = Path(__file__).parent.parent.parent
NOTES = archive_of_notes.archive((".txt", ".md"))[:25]


@pytest.fixture
def command(tmp_path, settings):
    """The command on a folder of notes, as somebody runs it, on the database of the tests."""
    archive_of_notes.write(tmp_path, NOTES)
    return {
        "args": [sys.executable, "manage.py", "record_notes", str(tmp_path), "--publish"],
        "cwd": ROOT,
        "env": os.environ | {"DATABASE_URL": address_of_the_database(), "DEBUG": "1"},
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
    }


def address_of_the_database():
    """The database of the tests as DATABASE_URL writes it; the host may be a folder with a socket."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    name, user, password, host = (quote(str(said[key]), safe="") for key in ("NAME", "USER", "PASSWORD", "HOST"))
    return f"postgres://{user}{password and f':{password}'}@{host}:{said['PORT'] or 5432}/{name}"


def test_killed_in_the_middle_it_goes_on_when_run_again(transactional_db, command):
    make_group(name="Vale Data Circle")
    with subprocess.Popen(**command) as process:
        deadline = time.monotonic() + 60
        while Minutes.objects.count() < 5 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    done = set(Minutes.objects.values_list("meeting__on", "revision"))
    assert 5 <= len(done) < len(NOTES)
    assert set(Original.objects.values_list("meeting__on", flat=True)) == {on for on, _ in done}

    again = subprocess.run(
        **{key: value for key, value in command.items() if key != "args"}, args=command["args"], check=True
    )
    assert again.stdout.count(": no change. ") == len(done)
    assert again.stdout.count(": recorded. ") == len(NOTES) - len(done)
    assert again.stderr == ""
    assert done <= set(Minutes.objects.values_list("meeting__on", "revision"))
    assert set(Minutes.objects.values_list("meeting__on", flat=True)) == {one.on for one in NOTES}
