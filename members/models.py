"""People, organisations and who belongs to what, after Popolo (https://www.popoloproject.com/specs/); and logins."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from members import naming
from members.editions import Edition  # noqa: F401 (Django finds a room's models here)
from members.licences import Licence
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.models import digest
from wmodf.lib.words import HIDDEN


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """The group and the bodies that its members come from."""

    def group(self) -> "Organisation | None":
        """The group whose site this is; None on a site that was not set up yet."""
        return self.filter(is_group=True).first()

    def called(self, words: str) -> "Organisation | None":
        """The first with this name or short name, by one query for all."""
        folded = naming.fold(words)
        return next((one for one in self if folded and folded in map(naming.fold, one.names())), None)

    def by_words(self) -> "dict[str, Organisation]":
        """All by their folded names and short names, the first where several are called the same, by one query."""
        return {naming.fold(name): one for one in reversed(list(self)) for name in one.names() if naming.fold(name)}

    def among(self, *keys: models.QuerySet) -> "OrganisationQuerySet":
        """Those whose keys are in one of the queries."""
        condition = Q()
        for query in keys:
            condition |= Q(pk__in=query)
        return self.filter(condition)

    def spoken_for_by(self, people: "PersonQuerySet") -> "OrganisationQuerySet":
        """Those on whose behalf one of the people is, or was, a member of the group."""
        return self.among(Membership.objects.of_group().filter(person__in=people).values("on_behalf_of"))

    def represented(self, *, on: date) -> "OrganisationQuerySet":
        """The organisations for which somebody is a member of the group on this day."""
        return self.filter(pk__in=Membership.objects.current(on=on).of_group().values("on_behalf_of"))


class Organisation(models.Model):
    """An organisation: a council, a university, a charity; or the group itself (Popolo's Organization)."""

    name = models.CharField(max_length=200, unique=True)
    short_names = models.CharField(
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Other names by which the notes call it, separated by commas: EC, Elmbridge CC."),
    )
    website = models.URLField(blank=True)
    description = models.TextField(blank=True, help_text=gettext_lazy("A few words for the public pages."))
    is_group = models.BooleanField(gettext_lazy("is the group itself"), default=False)
    public_email = models.EmailField(
        blank=True,
        help_text=gettext_lazy("Shown to everyone on the contact page, and nowhere else. Only the group has one."),
    )
    licence = models.CharField(
        max_length=20,
        choices=Licence,
        default=Licence.OGL,
        help_text=gettext_lazy("Under which everyone may use what the group publishes: its notes, and its open data."),
    )
    is_demonstration = models.BooleanField(default=False, editable=False)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_group"],
                condition=Q(is_group=True),
                name="one_group",
                violation_error_message=gettext_lazy("There is a group already: one site serves one group."),
            ),
            models.CheckConstraint(
                condition=Q(licence__in=["OGL-UK-3.0", "CC-BY-4.0", "CC0-1.0", "ODC-By-1.0", "PDDL-1.0"]),
                name="organisation_licence_valid",
            ),
        ]

    def __str__(self) -> str:
        return naming.mask_emails(self.name)  # lists to choose from are public, too

    def get_absolute_url(self) -> str:
        """Its page, for whoever may know of it."""
        return reverse("organisation_detail", args=[self.pk])

    def get_licence(self) -> Licence:
        """The licence under which everyone may use what it publishes."""
        return Licence(self.licence)

    def clean(self) -> None:
        """Refuse an address in a name that every page shows."""
        if naming.mask_emails(self.name) != self.name:
            raise ValidationError({"name": _("Leave e-mail addresses out: everyone may read the name.")})

    def names(self) -> list[str]:
        """The name and the short names."""
        return [self.name, *(part.strip() for part in self.short_names.split(",") if part.strip())]


class PersonQuerySet(models.QuerySet["Person"]):
    """People, most of whom never log in."""

    def members(self, *, on: date) -> "PersonQuerySet":
        """Those with a membership of the group on this day."""
        return self.filter(pk__in=Membership.objects.current(on=on).of_group().values("person"))

    def holding(self, role: str, *, on: date) -> "PersonQuerySet":
        """Those who hold this office of the group on this day."""
        return self.filter(pk__in=Membership.objects.current(on=on).of_group().filter(role=role).values("person"))

    def by_email(self, address: str) -> "PersonQuerySet":
        """Whoever has this address, however its letters are cased; nobody for an empty one."""
        return self.filter(email__iexact=address.strip()).exclude(email="")

    def among(self, keys: models.QuerySet) -> "PersonQuerySet":
        """Those whose keys are in the query."""
        return self.filter(pk__in=keys)

    def named_to(self, user: object) -> "PersonQuerySet":
        """Those whose full name this reader may see."""
        return self if standing_of(user) >= Standing.MEMBER else self.filter(public_name=Person.PublicName.FULL)

    def speaking_for(self, organisation: Organisation) -> "PersonQuerySet":
        """Those who are, or were, members of the group on behalf of the organisation."""
        return self.filter(pk__in=Membership.objects.of_group().filter(on_behalf_of=organisation).values("person"))

    def with_memberships(self, *, on: date) -> "PersonQuerySet":
        """With the memberships of this day and their organisations as `memberships_today`, in one query more."""
        memberships = Membership.objects.current(on=on).select_related("organisation", "on_behalf_of")
        return self.prefetch_related(models.Prefetch("memberships", memberships, to_attr="memberships_today"))

    def withheld(self) -> "PersonQuerySet":
        """Those who asked that the public does not see their name."""
        return self.exclude(public_name=Person.PublicName.FULL)


class Person(models.Model):
    """A person named in the minutes (Popolo's Person). Address and choices are private."""

    class PublicName(models.TextChoices):
        """How the public sees this person."""

        FULL = "full", gettext_lazy("full name")
        INITIALS = "initials", gettext_lazy("initials")
        MEMBER = "member", gettext_lazy("“a member”")

    name = models.CharField(max_length=200, help_text=gettext_lazy("As people write it, without titles: Ada Example."))
    sort_name = models.CharField(
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Family name first, for lists. Made from the name where empty."),
    )
    initials = models.CharField(
        max_length=60,
        blank=True,
        help_text=gettext_lazy("Separated by spaces, where they are not the first letters of the name: HSJ HS-J."),
    )
    email = models.EmailField(blank=True, help_text=gettext_lazy("Private. Needed to log in."))
    public_name = models.CharField(
        gettext_lazy("how the public sees the name"), max_length=10, choices=PublicName, default=PublicName.FULL
    )

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["sort_name", "name"]
        verbose_name_plural = gettext_lazy("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="person_email_unique",
                violation_error_message=gettext_lazy("Somebody else has this e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(public_name__in=["full", "initials", "member"]), name="person_public_name_valid"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Their page, for whoever may read their name."""
        return reverse("person_detail", args=[self.pk])

    def clean(self) -> None:
        """Tidy the name and make the sort name where there is none."""
        self.name = " ".join("".join(one for one in self.name if one not in HIDDEN).split())
        if not self.name:
            raise ValidationError({"name": _("Write the person's name.")})
        if naming.mask_emails(self.name) != self.name:
            raise ValidationError({"name": _("Leave e-mail addresses out: everyone may read the name.")})
        if not self.sort_name:
            self.sort_name = naming.sort_name(self.name)

    def all_initials(self) -> set[str]:
        """Every set of initials that may mean this person, folded: those given, else those of the name."""
        given = self.initials.split() or naming.derived_initials(self.name)
        return {naming.fold_initials(initials) for initials in given}

    def shown_initials(self) -> str:
        """The initials to print for this person."""
        return (self.initials.split() or naming.derived_initials(self.name))[0]

    def public_form(self) -> str:
        """The name as the public may see it."""
        return self.public_form_as(self.public_name)

    def public_form_as(self, public_name: str) -> str:
        """The name as the public would see it by one of the three choices."""
        if public_name == self.PublicName.FULL:
            return self.name
        return self.shown_initials() if public_name == self.PublicName.INITIALS else "a member"

    def name_for(self, user: object) -> str:
        """The name as this reader may see it."""
        return self.name if standing_of(user) >= Standing.MEMBER else self.public_form()


class OtherName(models.Model):
    """Another name or spelling by which the notes call a person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="other_name_once_per_person",
                violation_error_message=gettext_lazy("This name is listed already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who belongs to what, when."""

    def current(self, *, on: date) -> "MembershipQuerySet":
        """Those that hold on this day; the start and the end day count."""
        return self.filter(
            Q(start_date=None) | Q(start_date__lte=on),
            Q(end_date=None) | Q(end_date__gte=on),
        )

    def officers(self) -> "MembershipQuerySet":
        """Those with an office, with their people and organisations."""
        return self.exclude(role=Membership.Role.MEMBER).select_related("person", "on_behalf_of")

    def of_person(self, person: Person) -> "MembershipQuerySet":
        """Those of this person."""
        return self.filter(person=person)

    def speaking_for(self, organisation: Organisation) -> "MembershipQuerySet":
        """Those on behalf of the organisation."""
        return self.filter(on_behalf_of=organisation)

    def of_people(self, people: PersonQuerySet) -> "MembershipQuerySet":
        """Those of these people, with them, in the order of their names."""
        rows = self.filter(person__in=people).select_related("person")
        return rows.order_by("person__sort_name", "person__name", "start_date", "pk")

    def begun(self, *, on: date) -> "MembershipQuerySet":
        """Those that began by this day, whether they have ended or not, with their organisations; the latest first."""
        rows = self.filter(Q(start_date=None) | Q(start_date__lte=on)).select_related("on_behalf_of")
        return rows.order_by(F("end_date").desc(nulls_first=True), F("start_date").desc(nulls_last=True), "pk")

    def of_group(self) -> "MembershipQuerySet":
        """Those of the group itself."""
        return self.filter(organisation__is_group=True)

    def roles_of(self, person: int, *, on: date) -> frozenset[str]:
        """The roles in the group of the person with this key on a day, "" for a plain member; by one query."""
        return frozenset(self.filter(person=person).current(on=on).of_group().values_list("role", flat=True))


class Membership(models.Model):
    """A person's membership of an organisation, with an office or none (Popolo's Membership)."""

    class Role(models.TextChoices):
        """Offices of a committee; a plain member has none."""

        MEMBER = "", gettext_lazy("member")
        CHAIR = "chair", gettext_lazy("Chair")
        VICE_CHAIR = "vice-chair", gettext_lazy("Vice-chair")
        SECRETARY = "secretary", gettext_lazy("Secretary")
        TREASURER = "treasurer", gettext_lazy("Treasurer")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, blank=True, default=Role.MEMBER)
    on_behalf_of = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="represented_by",
        help_text=gettext_lazy("The organisation that this person speaks for."),
    )
    start_date = models.DateField(null=True, blank=True, help_text=gettext_lazy("Empty where nobody knows any more."))
    end_date = models.DateField(null=True, blank=True, help_text=gettext_lazy("The last day. Empty while it goes on."))

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["start_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="membership_dates_in_order",
                violation_error_message=gettext_lazy("The membership ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=["", "chair", "vice-chair", "secretary", "treasurer"]),
                name="membership_role_valid",
            ),
        ]

    def __str__(self) -> str:
        return _("%(person)s, %(role)s of %(organisation)s") % {
            "person": self.person,
            "role": self.get_role_display(),
            "organisation": self.organisation,
        }

    def holds(self, *, on: date) -> bool:
        """Whether it holds on this day; the start and the end day count."""
        return (self.start_date is None or self.start_date <= on) and (self.end_date is None or self.end_date >= on)


class UserManager(BaseUserManager["User"]):
    """Makes users; nobody has a password."""

    def create_user(self, email: str, **fields: Any) -> "User":  # noqa: ANN401 (Django's own signature)
        """Make a user who logs in by link."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_unusable_password()
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401, ARG002 (Django's own signature)
        """Make a technical administrator, who logs in by link too."""
        return self.create_user(email, is_superuser=True, **fields)

    def administrator(self, address: str) -> "User | None":
        """The technical administrator with this address: their person's, where they are one."""
        own = Q(person=None, email__iexact=address.strip()) | Q(person__in=Person.objects.by_email(address))
        return self.filter(own, is_superuser=True, is_active=True).first()


class User(AbstractBaseUser, PermissionsMixin):
    """A login. What it may do comes from the person's memberships, found anew at each request by the backend."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    # Set by the backend from the memberships of the day; a user from elsewhere may do nothing.
    standing: Standing = Standing.PUBLIC
    offices: frozenset[str] = frozenset()
    # Whether an office of theirs stays shut until they have set up a second step for logging in.
    needs_second_step: bool = False

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.email

    @property
    def address(self) -> str:
        """The present e-mail address: the person's; `email` may be one that they had when they last logged in."""
        return self.person.email if self.person_id else self.email

    def get_short_name(self) -> str:
        """What the admin calls whoever is logged in."""
        return str(self)

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens: for a current secretary and a technical administrator."""
        return self.standing >= Standing.SECRETARY

    def standing_on(self, day: date) -> Standing:
        """What this login is to the group on a day, by a query of the person's memberships."""
        return self.standing_with(self.roles_on(day))

    def roles_on(self, day: date) -> frozenset[str]:
        """The roles that the login's person holds in the group on a day; none where there is no person."""
        return Membership.objects.roles_of(self.person_id, on=day) if self.person_id else frozenset()

    def standing_with(self, roles: frozenset[str]) -> Standing:
        """What this login is to the group while its person holds these roles."""
        if not self.is_active:
            return Standing.PUBLIC
        if self.is_superuser or Membership.Role.SECRETARY in roles:
            return Standing.SECRETARY
        return Standing.MEMBER if roles else Standing.PUBLIC


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """Secret addresses of people's own calendars."""

    def make(self, *, person: Person, now: datetime) -> str:
        """Make the person an address and give its token (256 bits), which is stored nowhere; a former one is over."""
        token = secrets.token_urlsafe(32)
        blank = {"etag": "", "revised_at": None, "tasks_etag": "", "tasks_revised_at": None}
        self.update_or_create(person=person, defaults={"digest": digest(token), "made_at": now, **blank})
        return token

    def of_token(self, token: str) -> "CalendarAddress | None":
        """The address of this token, with its person, unless their login was switched off."""
        found = self.filter(digest=digest(token)).exclude(person__user__is_active=False)
        return found.select_related("person").first()

    def of_person(self, person: Person | None) -> "CalendarAddress | None":
        """The person's address, where they have made one."""
        return self.filter(person=person).first() if person is not None else None


class CalendarAddress(models.Model):
    """The secret address of one person's own calendar. Only its hash is kept; a new one takes its place.

    Of each of the two feeds at the address, with meetings and with tasks, the ETag last given out and when it first
    was: a feed's Last-Modified moves whenever an entry appears, changes or leaves, for whatever reason.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_address")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    etag = models.CharField(max_length=40, blank=True)
    revised_at = models.DateTimeField(null=True, blank=True)
    tasks_etag = models.CharField(max_length=40, blank=True)
    tasks_revised_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return _("Calendar of %(person)s") % {"person": self.person}

    def is_of(self, token: str) -> bool:
        """Whether this is the address of the token."""
        return self.digest == digest(token)

    def given_out(self, *, etag: str, is_tasks: bool, now: datetime) -> datetime:
        """Note that one of the feeds is given out with this ETag, and say when it was first given out so.

        A new time is at least a second later than the last one: HTTP counts in whole seconds, and no change may hide.
        """
        tag, revised = ("tasks_etag", "tasks_revised_at") if is_tasks else ("etag", "revised_at")
        if getattr(self, tag) != etag:
            with transaction.atomic():
                self.refresh_from_db(from_queryset=CalendarAddress.objects.select_for_update(), fields=[tag, revised])
                if getattr(self, tag) != etag:
                    former = getattr(self, revised)
                    setattr(self, tag, etag)
                    setattr(self, revised, now if former is None else max(now, former + timedelta(seconds=1)))
                    self.save(update_fields=[tag, revised])
        return getattr(self, revised)


@transaction.atomic
def user_for(person: Person) -> User:
    """The person's login, made at the first call; its address follows the person's.

    A technical administrator with this address becomes the person's login. A login that still has the address because
    it was another person's gives it up, and gets that person's present one when they next log in.
    """
    Person.objects.select_for_update().get(pk=person.pk)  # of two at once, the second finds what the first made
    user = User.objects.filter(person=person).first()
    if user is not None and user.email == person.email:
        return user
    namesake = User.objects.filter(email__iexact=person.email).exclude(person=person).first()
    if namesake is not None and namesake.person_id is None:
        if user is None:
            namesake.person = person
            namesake.save(update_fields=["person"])
        return user or namesake
    if namesake is not None:
        namesake.email = f"{namesake.pk}@former.invalid"
        namesake.save(update_fields=["email"])
    if user is None:
        return User.objects.create_user(person.email, person=person)
    user.email = person.email
    user.save(update_fields=["email"])
    return user


def may_log_in(address: str, *, now: datetime) -> Person | None:
    """The person with this address, a membership of the group today and no login switched off; None for others."""
    today = timezone.localdate(now)
    return Person.objects.by_email(address).members(on=today).exclude(user__is_active=False).first()
