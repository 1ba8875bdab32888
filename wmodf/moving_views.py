"""The secretary's page from which the group can leave with everything."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from members.models import Organisation
from wmodf.lib.access import require_secretary
from wmodf.moving import RefusedError, leaving


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@require_secretary
def leave(request: HttpRequest) -> HttpResponse:
    """What the file holds, and the button that makes it."""
    if request.method != "POST":
        return TemplateResponse(request, "wmodf/leave.html")
    now = timezone.now()
    file = tempfile.TemporaryFile(suffix=".zip")  # noqa: SIM115 (the answer closes it once it is sent)
    try:
        leaving.leave(file, now=now)
    except RefusedError as refusal:
        file.close()
        return TemplateResponse(request, "wmodf/leave.html", {"refusal": refusal}, status=422)
    file.seek(0)
    name = slugify(Organisation.objects.group().name)[:60] or "group"
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"{name}-{timezone.localdate(now).isoformat()}.zip",
        content_type="application/zip",
    )
