"""The cast of every test: anonymous, two members, the secretary and the technical administrator."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import settings as hypothesis_settings

from members.models import User
from tests import factories

# The same examples at every run: a failure is a change, not chance. For new ones: --hypothesis-profile=default
hypothesis_settings.register_profile("steady", derandomize=True)
hypothesis_settings.load_profile("steady")

# An import contract keeps the database out of what these tests are of, so they need not run for each.
NU_CHECKER = os.environ.get("NU_CHECKER", "")  # its jar
LONG = ("browser", "outside", "once")
WITHOUT_DATABASE = Path(__file__).parent / "meetings" / "minutes"


def pytest_collection_modifyitems(config, items):
    """Mark what asks no database; leave out what needs PostgreSQL or the Nu checker where that is not at hand.

    What takes long comes first: at the end, cores would stand idle beside it.
    """
    for item in items:
        if item.path.is_relative_to(WITHOUT_DATABASE):
            item.add_marker("without_database")
    missing = [] if connection.vendor == "postgresql" else ["postgresql"]
    if not (NU_CHECKER and Path(NU_CHECKER).exists() and shutil.which("java")):
        missing.append("nu_checker")
    if missing:
        left = [item for item in items if any(map(item.get_closest_marker, missing))]
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=left)
    items.sort(key=lambda item: not any(map(item.get_closest_marker, LONG)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory, django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, as people run it: in memory, the browser's requests would share one connection."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """What a module's own fixtures put in is there for all its tests: each of them is rolled back to it.

    Only for tests that need the same many rows and keep nothing in the objects that they are given.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept_group(kept):
    """The group itself, there for all tests of a module; `group` finds it."""
    return factories.make_group()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As pytest-django has it, alone: PostgreSQL drops no database that a thread or a killed program still holds."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def group(db):
    """The group itself."""
    return factories.make_group()


@pytest.fixture
def member(group):
    """A plain member's login."""
    return factories.make_user("Mina Member")


@pytest.fixture
def other_member(group):
    """Another plain member's login."""
    return factories.make_user("Otto Other")


@pytest.fixture
def secretary(group):
    """The secretary's login."""
    return factories.make_user("Sefa Secretary", role="secretary")


@pytest.fixture
def admin(db):
    """The technical administrator's login."""
    return User.objects.create_superuser("admin@private.example")


@pytest.fixture
def anonymous_client(db):
    """Somebody who is not logged in."""
    return Client()


@pytest.fixture
def member_client(member):
    """A member's browser."""
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def secretary_client(secretary):
    """The secretary's browser."""
    client = Client()
    client.force_login(secretary)
    return client
