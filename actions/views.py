"""Pages of actions."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions.filters import ActionFilterSet
from actions.models import Action
from wmodf.lib.access import public
from wmodf.lib.paging import page_of


@public(reason="Actions that circulated notes raised are for everyone; each row holds what the public may see.")
@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """What was promised, by whom, and how it stands."""
    today = timezone.localdate()
    actions = Action.objects.visible_to(request.user).with_owners().with_lines()
    filters = ActionFilterSet(request.GET, actions, request=request, on=today)
    context = {"filters": filters, "page": page_of(filters.qs, request.GET), "today": today}
    return TemplateResponse(request, "actions/action_list.html", context)
