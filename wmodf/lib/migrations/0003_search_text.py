"""What search looks in. Beside the table: on SQLite one of FTS5, kept by triggers; on PostgreSQL a column, generated.

A migration that makes the table anew on SQLite (any that alters it) must make the triggers anew, too: a test looks.
"""

from django.db import migrations, models

SQLITE = [
    (
        "CREATE VIRTUAL TABLE lib_searchtext_fts USING fts5"
        "(tokens, content='lib_searchtext', content_rowid='id', tokenize='ascii')",
        "DROP TABLE lib_searchtext_fts",
    ),
    (
        "CREATE TRIGGER lib_searchtext_added AFTER INSERT ON lib_searchtext BEGIN"
        " INSERT INTO lib_searchtext_fts(rowid, tokens) VALUES (new.id, new.tokens); END",
        "DROP TRIGGER lib_searchtext_added",
    ),
    (
        "CREATE TRIGGER lib_searchtext_removed AFTER DELETE ON lib_searchtext BEGIN"
        " INSERT INTO lib_searchtext_fts(lib_searchtext_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
        "DROP TRIGGER lib_searchtext_removed",
    ),
    (
        "CREATE TRIGGER lib_searchtext_changed AFTER UPDATE OF id, tokens ON lib_searchtext BEGIN"
        " INSERT INTO lib_searchtext_fts(lib_searchtext_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
        " INSERT INTO lib_searchtext_fts(rowid, tokens) VALUES (new.id, new.tokens); END",
        "DROP TRIGGER lib_searchtext_changed",
    ),
]
POSTGRESQL = [
    (
        "ALTER TABLE lib_searchtext ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', tokens)) STORED",
        "ALTER TABLE lib_searchtext DROP COLUMN vector",
    ),
    (
        "CREATE INDEX search_text_vector ON lib_searchtext USING gin (vector)",
        "DROP INDEX search_text_vector",
    ),
]
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def make(apps, schema_editor):
    """Make what this database looks in."""
    for statement, _ in STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    """Take it away again."""
    for _, statement in reversed(STATEMENTS[schema_editor.connection.vendor]):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("lib", "0002_shared_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('meeting', 'meeting'), ('item', 'heading of notes'), ('line', 'line of notes'), ('action', 'action'), ('used', 'data used'), ('wants', 'data wanted'), ('agenda', 'item of an agenda'), ('paper', 'paper'), ('event', 'event')], max_length=10)),
                ('key', models.BigIntegerField()),
                ('standing', models.PositiveSmallIntegerField(choices=[(0, 'public'), (1, 'member'), (2, 'secretary')], help_text='Who reads these words: the public its own; members, or the secretary alone, the full ones.')),
                ('meeting', models.BigIntegerField(blank=True, help_text='The key of the meeting that the record is of.', null=True)),
                ('on', models.DateField()),
                ('tokens', models.TextField(help_text='The words, folded, and their stems.')),
            ],
            options={
                'indexes': [models.Index(fields=['meeting'], name='search_text_meeting'), models.Index(fields=['on'], name='search_text_on')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'standing'), name='search_text_once'), models.CheckConstraint(condition=models.Q(('standing__in', [0, 1, 2])), name='search_text_standing_valid')],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
