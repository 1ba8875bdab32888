from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    """Make the table of the cache that all processes share: how often somebody tried to log in is counted there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [
        ("lib", "0001_first"),
    ]

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
