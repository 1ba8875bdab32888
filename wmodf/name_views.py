"""The page on which a member chooses how the public sees them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings.names import renaming
from wmodf.name_forms import PublicNameForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_name(request: HttpRequest) -> HttpResponse:
    """The three ways, and what the choice holds for; it takes effect at once."""
    person = request.user.person
    if person is None:
        raise PermissionDenied
    form = PublicNameForm(request.POST if request.method == "POST" else None, person=person)
    if not form.is_valid():
        context = {"form": form, "person": person}
        return TemplateResponse(request, "wmodf/my_name.html", context, status=422 if form.is_bound else 200)
    is_new = renaming.choose(person=person, public_name=form.cleaned_data["public_name"], now=timezone.now())
    shown = {"name": person.public_form()}
    if is_new:
        messages.success(request, _("Saved. From now on the public sees you as “%(name)s”.") % shown)
    else:
        messages.info(request, _("The public sees you as “%(name)s”, as before.") % shown)
    return redirect("my_name")
