"""Fill the words for everyone, without the full names of those who withhold theirs; the next change of a name or a
meeting writes the rest."""

from django.db import migrations

from members.naming import Discretion, Withheld, derived_initials

SIGHTS = {
    "Meeting": {"public_title": "title", "public_venue": "venue", "public_host_name": "host_name"},
    "Event": {"public_title": "title", "public_place": "place", "public_description": "description"},
    "Attendance": {
        "public_person_name": "person_name",
        "public_representing_name": "representing_name",
        "public_role": "role",
    },
}


def _withheld(person):
    initials = person.initials.split() or derived_initials(person.name)
    return Withheld(
        person_id=person.pk,
        names=(person.name, *person.other_names.values_list("name", flat=True)),
        initials=(),
        shown=initials[0] if person.public_name == "initials" else "a member",
    )


def write(apps, schema_editor):
    people = apps.get_model("members", "Person").objects.exclude(public_name="full")
    discretion = Discretion(tuple(_withheld(person) for person in people))
    for name, columns in SIGHTS.items():
        model = apps.get_model("meetings", name)
        rows = model.objects.all()
        if name == "Attendance":
            rows = rows.filter(meeting__minutes__status__in=["circulated", "agreed"])
        if name == "Meeting":
            rows = rows.select_related("host")
        changed = []
        for row in rows:
            for public, own in columns.items():
                words = getattr(row, own)
                if own == "host_name" and row.host_id:
                    words = row.host.name
                if own == "person_name" and row.person_id:
                    words = ""
                setattr(row, public, discretion.public(words)[: model._meta.get_field(public).max_length])
            if name == "Meeting" and row.is_joining_url_public and discretion.public(row.joining_url) == row.joining_url:
                row.public_joining_url = row.joining_url
            if name == "Event" and discretion.public(row.link) == row.link:
                row.public_link = row.link
            changed.append(row)
        links = {"Meeting": ["public_joining_url"], "Event": ["public_link"]}.get(name, [])
        model.objects.bulk_update(changed, [*columns, *links], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_life_of_minutes")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
