from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0050_correction_line"),
        ("meetings", "0070_event_ends_after_it_starts"),
    ]

    operations = []
