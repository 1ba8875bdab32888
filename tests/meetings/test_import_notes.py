"""Sending many files in, and getting each back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meetings.imports import forms as import_forms
from meetings.models import Batch, Original
from tests.factories import NOW

pytestmark = pytest.mark.django_db

UPLOAD = "/admin/meetings/meeting/import/"


def send(client, *files):
    return client.post(UPLOAD, {"files": [SimpleUploadedFile(name, data) for name, data in files]})


def make_original(name="a.html", data=b"<script>alert(1)</script>"):
    return Original.objects.create(name=name, data=data, size=len(data), taken_at=NOW)


def test_it_works(secretary_client):
    page = secretary_client.get(UPLOAD)
    assert "Record many files" in page.text
    response = send(secretary_client, ("a.txt", b"One"), ("b.txt", b"Two"), ("again.txt", b"One"))
    batch = Batch.objects.get()
    assert response["Location"] == reverse("admin:meetings_meeting_import_batch", args=[batch.pk])
    assert list(batch.files.order_by("pk").values_list("name", "state", "trouble")) == [
        ("a.txt", "waiting", ""),
        ("b.txt", "waiting", ""),
        ("again.txt", "left-out", "The same file as a.txt."),
    ]


def test_the_list_of_meetings_leads_there(secretary_client):
    assert f'href="{UPLOAD}"' in secretary_client.get(reverse("admin:meetings_meeting_changelist")).text


def test_no_file_at_all_is_said(secretary_client):
    response = secretary_client.post(UPLOAD, {})
    assert response.status_code == 400
    assert "This field is required." in response.text
    assert not Batch.objects.exists()


def test_too_much_is_refused_before_it_is_opened(secretary_client, monkeypatch):
    monkeypatch.setattr(import_forms, "MOST_BYTES", 5)
    response = send(secretary_client, ("a.txt", b"123"), ("b.txt", b"456"))
    assert response.status_code == 400
    assert "too large together" in response.text
    monkeypatch.setattr(import_forms, "LARGEST", 2)
    assert "a.txt is too large" in send(secretary_client, ("a.txt", b"123")).text
    assert not Batch.objects.exists()


def test_hostile_names_are_made_plain(secretary_client):
    send(secretary_client, ("..\\..\\evil\u202etxt.exe.txt", b"One"), (f"{'x' * 240}.txt", b"Two"), ("<b>.txt", b"3"))
    names = list(Original.objects.order_by("pk").values_list("name", flat=True))
    assert names[0].count("..") == names[0].count("\u202e") == names[0].count("\\") == 0
    assert (len(names[1]), names[1][-4:]) == (200, ".txt")
    page = secretary_client.get(reverse("admin:meetings_meeting_import_batch", args=[Batch.objects.get().pk]))
    assert "<b>" not in page.text


def test_a_broken_archive_is_listed_with_the_reason(secretary_client):
    send(secretary_client, ("notes.zip", b"PK no"), ("a.txt", b"One"))
    assert dict(Original.objects.values_list("name", "state")) == {"notes.zip": "refused", "a.txt": "waiting"}
    assert "is no archive that can be opened" in Original.objects.get(name="notes.zip").trouble


def test_a_file_comes_back_as_it_came_and_no_browser_runs_it(secretary_client):
    original = make_original("2014/é ü.html", b"<script>alert(1)</script>\xff\x00")
    response = secretary_client.get(reverse("admin:meetings_meeting_original", args=[original.pk]))
    assert response.content == b"<script>alert(1)</script>\xff\x00"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9%20%C3%BC.html"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("page", ["import", "batch", "original"])
def test_it_requires_the_secretary(page, member_client, anonymous_client):
    batch, original = Batch.objects.create(made_at=NOW), make_original()
    address = {
        "import": UPLOAD,
        "batch": reverse("admin:meetings_meeting_import_batch", args=[batch.pk]),
        "original": reverse("admin:meetings_meeting_original", args=[original.pk]),
    }[page]
    for method in ("get", "post"):
        assert getattr(member_client, method)(address, {"clear_away": "1"}).status_code == 403
        assert getattr(anonymous_client, method)(address, {"clear_away": "1"}).status_code in {302, 403}
    assert Batch.objects.count() == 1


def test_a_form_from_elsewhere_is_refused(secretary):
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretary)
    batch = Batch.objects.create(made_at=NOW)
    address = reverse("admin:meetings_meeting_import_batch", args=[batch.pk])
    assert send(client, ("a.txt", b"One")).status_code == 403
    assert client.post(address, {"clear_away": "1"}).status_code == 403
    assert list(Batch.objects.all()) == [batch]
