"""What must hold for every template: one frame, and nothing inline that the content security policy would block."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = {str(path.relative_to(ROOT)): path.read_text() for path in sorted(ROOT.rglob("*.html"))}
# The site's frame, fragments, the form pack, and pages in the admin's own frame.
FRAMELESS = re.compile(r"base\.html|(.*/)?_[a-z_]+\.html|wmodf/(errors|field|uni_form)\.html|admin/.*")
INLINE = {
    # Data for a script is none: no browser runs it.
    "script": re.compile(r"<script(?![^>]*\s(src=|type=\"application/(ld\+)?json\"))", re.IGNORECASE),
    "style element": re.compile(r"<style", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


def test_no_template_has_anything_inline():
    found = {(name, what) for name, text in TEMPLATES.items() for what, there in INLINE.items() if there.search(text)}
    assert found == set()


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("script", "<script>x()</script>"),
        ("script", '<SCRIPT type="module">'),
        ("style element", "<style>"),
        ("style attribute", '<p class="a" style="color: red">'),
        ("handler", '<a href="#" onclick="x()">'),
        ("script address", '<a href="javascript:x()">'),
    ],
)
def test_anything_inline_would_be_found(what, text):
    assert {name for name, there in INLINE.items() if there.search(text)} == {what}


def test_no_template_switches_escaping_off():
    found = {name for name, text in TEMPLATES.items() if re.search(r"\|\s*safe\b|autoescape off", text)}
    assert found == set()


def test_every_page_stands_in_the_frame():
    pages = {name for name in TEMPLATES if not FRAMELESS.fullmatch(name)}
    assert pages >= {"wmodf/home.html", "meetings/meeting_list.html", "404.html"}
    assert {name for name in pages if not TEMPLATES[name].startswith('{% extends "base.html" %}')} == set()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_pages_for_when_all_fails_need_nothing(name):
    page = render_to_string(name)
    assert "<h1>" in page
    assert 'href="/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html"])
def test_other_pages_of_refusal_work_without_a_login(name):
    assert "<h1>" in render_to_string(name, request=RequestFactory().get("/"))
