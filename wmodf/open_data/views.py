"""The page of the open data, and the files. Nothing here but the page looks at who asks: files are equal for all."""

from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import require_http_methods, require_safe

from members.models import Organisation
from wmodf import linked_data
from wmodf.lib.access import public
from wmodf.lib.urls import absolute
from wmodf.open_data import files
from wmodf.open_data.catalogue import about, catalogue
from wmodf.open_data.database import NAME as DATABASE
from wmodf.open_data.database import database
from wmodf.open_data.files import FORMS, MEDIA_TYPES, Made, Standing
from wmodf.open_data.package import package
from wmodf.open_data.popolo import popolo
from wmodf.open_data.tables import TABLES

STANDING_KEY = "open-data-standing"
KEPT = 60  # seconds for which what was found of all tables is believed
FRESH = "public, max-age=60"
METHODS = ["GET", "HEAD", "OPTIONS"]
# Anybody's page may read the files (Fetch, section 3.3); without cookies, which they would not look at.
SHARED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Content-Disposition"}
ASKED = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}

Make = Callable[[datetime], Made]


@public(reason="What everyone may read, as data: what there is, how to load it, and under which licence.")
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, and how to use it."""
    group, standing = _group(), _standing(timezone.now())
    context = {
        "tables": TABLES.values(),
        "standing": standing,
        "licence": group.get_licence(),
        "address": absolute(reverse("open_data")),
        "linked_data": linked_data.script_of(about(group, standing)),
    }
    return TemplateResponse(request, "wmodf/open_data.html", context)


@public(reason="Each table holds what everyone may read, whoever asks.")
@require_http_methods(METHODS)
def open_data_table(request: HttpRequest, name: str, ending: str) -> HttpResponseBase:
    """One table as CSV or JSON."""
    table = TABLES.get(name)
    if table is None or ending not in FORMS:
        raise Http404
    return _send(
        request,
        lambda now: files.table_file(table, ending=ending, on=timezone.localdate(now), now=now),
        name=f"{name}.{ending}",
        kind=MEDIA_TYPES[ending],
    )


@public(reason="Describes the tables that everyone may read.")
@require_http_methods(METHODS)
def open_data_package(request: HttpRequest) -> HttpResponseBase:
    """The data package: its descriptor."""
    name = "datapackage.json"
    return _send(
        request,
        lambda now: files.document(package(_group(), _standing(now)), name=name, now=now),
        name=name,
        kind=files.JSON,
    )


@public(reason="People and organisations whom everyone may know of.")
@require_http_methods(METHODS)
def open_data_popolo(request: HttpRequest) -> HttpResponseBase:
    """People, organisations and memberships after Popolo."""
    name = "popolo.json"
    return _send(
        request,
        lambda now: files.document(popolo(on=timezone.localdate(now)), name=name, now=now),
        name=name,
        kind=files.JSON,
    )


@public(reason="Describes what everyone may read, and the datasets that published entries name.")
@require_http_methods(METHODS)
def open_data_catalogue(request: HttpRequest) -> HttpResponseBase:
    """The catalogue (DCAT)."""
    name = "catalogue.jsonld"
    return _send(
        request,
        lambda now: files.document(catalogue(_group(), _standing(now), on=timezone.localdate(now)), name=name, now=now),
        name=name,
        kind=files.LINKED_JSON,
    )


@public(reason="The tables that everyone may read, in one file.")
@require_http_methods(METHODS)
def open_data_database(request: HttpRequest) -> HttpResponseBase:
    """All tables as one SQLite file."""
    return _send(
        request,
        lambda now: database(_group(), on=timezone.localdate(now), now=now),
        name=DATABASE,
        kind=files.SQLITE,
    )


def _group() -> Organisation:
    return Organisation.objects.group() or Organisation(name="A group not yet set up")


def _standing(now: datetime) -> Standing:
    """How all tables stand: as found a minute ago at most, since all of them are read for it."""
    found = cache.get(STANDING_KEY)
    if found is None:
        standing = files.standing(on=timezone.localdate(now), now=now)
        cache.set(STANDING_KEY, (standing.changed_at, standing.number), KEPT)
        return standing
    return Standing(changed_at=found[0], number=found[1])


def _send(request: HttpRequest, make: Make, *, name: str, kind: str) -> HttpResponseBase:
    """The file, or that it has not changed since the reader has it; it is made first, since nothing else can tell.

    It must touch neither session nor user, so that no answer sets a cookie or varies by one.
    """
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=SHARED | ASKED)
    made = make(timezone.now())
    changed = int(made.changed_at.timestamp())
    headers = SHARED | {
        "ETag": made.etag,
        "Last-Modified": http_date(changed),
        "Cache-Control": FRESH,
        "Content-Disposition": content_disposition_header(as_attachment=False, filename=name) or "",
    }
    response = FileResponse(made.file, content_type=kind, headers=headers)
    answer = get_conditional_response(request, etag=made.etag, last_modified=changed, response=response)
    if answer is response and request.method == "GET":
        return response
    made.file.close()
    if answer is response:  # HEAD: the same but for the body
        answer = HttpResponse(content_type=kind, headers=headers)
        answer["Content-Length"] = response["Content-Length"]
    for header, value in SHARED.items():
        answer[header] = value
    return answer
