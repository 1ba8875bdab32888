"""Using the admin's pages as a browser does."""

from django.urls import reverse


def url(model, page, *args):
    """The address of an admin page."""
    return reverse(f"admin:{model}_{page}", args=args)


def form_of(response):
    """What a browser would send back of the page's form, unchanged."""
    data = {}
    context = response.context
    for form in [context["adminform"].form, *(f for s in context["inline_admin_formsets"] for f in s.formset.forms)]:
        for name in form.fields:
            value = form[name].value()
            data[form.add_prefix(name)] = "" if value in (None, False) else value
    for inline in context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {management.add_prefix(name): management[name].value() for name in management.fields}
    return data
