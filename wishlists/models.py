"""The data that members said they used, and the data they want."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalRecords

from members.models import Organisation, Person
from members.naming import fold, mask_emails
from wmodf.lib.access import Standing, standing_of
from wmodf.lib.sight import SightQuerySet
from wmodf.lib.words import REDACTED, every_word, tidy


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Datasets that entries are linked to."""

    def among(self, keys: models.QuerySet) -> "DatasetQuerySet":
        """Those whose keys are in the query."""
        return self.filter(pk__in=keys)

    def with_counts(self, user: object) -> "DatasetQuerySet":
        """Each with `used_count` and `wanted_count`, of the entries about it that this reader may know of."""
        entries = Entry.objects.visible_to(user)
        return self.annotate(used_count=_count_of(entries.used()), wanted_count=_count_of(entries.wants()))

    def known_to(self, user: object) -> "DatasetQuerySet":
        """Those of which this reader may know: linked to an entry that they may know of, or to none."""
        if standing_of(user) >= Standing.SECRETARY:
            return self
        return self.filter(Q(entries=None) | Q(pk__in=Entry.objects.visible_to(user).values("dataset"))).distinct()

    def called(self, name: str) -> "DatasetQuerySet":
        """The one with this name, however its letters are cased."""
        return self.filter(name__iexact=name)

    def enter(self, *, name: str, **fields: str) -> tuple["Dataset", bool]:
        """The dataset with this name, and whether it is a new one with these fields; one that was there stays."""
        dataset = self.called(name).first()
        if dataset is not None:
            return dataset, False
        try:
            with transaction.atomic():
                return self.create(name=name, **fields), True
        except IntegrityError:  # somebody else has entered it at this moment
            return self.called(name).get(), False


def _count_of(entries: "EntryQuerySet") -> Coalesce:
    """How many of the entries are about the dataset at hand."""
    of_dataset = entries.filter(dataset=OuterRef("pk")).order_by().values("dataset")
    return Coalesce(Subquery(of_dataset.annotate(number=Count("pk")).values("number")), 0)


class Dataset(models.Model):
    """A published dataset to which the secretary links what members used and want."""

    name = models.CharField(max_length=200)
    other_names = models.CharField(
        max_length=300,
        blank=True,
        help_text=gettext_lazy("Other names by which notes call it, separated by commas: IMD, deprivation index."),
    )
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(gettext_lazy("address"), max_length=500, blank=True)
    licence = models.CharField(
        max_length=100, blank=True, help_text=gettext_lazy("Such as Open Government Licence v3.0.")
    )

    objects = DatasetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="dataset_name_unique",
                violation_error_message=gettext_lazy("There is a dataset with this name already."),
            )
        ]

    def __str__(self) -> str:
        return mask_emails(self.name)  # lists to choose from are public, too

    def get_absolute_url(self) -> str:
        """Its page, for whoever may know of it."""
        return reverse("dataset_detail", args=[self.pk])

    def clean(self) -> None:
        """Tidy the name; two datasets are told apart by more than the case of their letters."""
        self.name = " ".join(tidy(self.name).split())
        if Dataset.objects.called(self.name).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is a dataset with this name already.")})

    def names(self) -> list[str]:
        """The name and the other names."""
        return [self.name, *(part.strip() for part in self.other_names.split(",") if part.strip())]


class EntryQuerySet(SightQuerySet["Entry"]):
    """Entries of the register."""

    def used(self) -> "EntryQuerySet":
        """Data that somebody used."""
        return self.filter(kind=Entry.Kind.USED, withdrawn_on=None)

    def wanted(self) -> "EntryQuerySet":
        """Wants that are neither met, refused nor withdrawn."""
        return self.filter(kind=Entry.Kind.WANTS, status__in=Entry.UNMET_STATUSES, withdrawn_on=None)

    def wants(self) -> "EntryQuerySet":
        """Data wanted, whatever became of it, but for what was withdrawn."""
        return self.filter(kind=Entry.Kind.WANTS, withdrawn_on=None)

    def of_organisation(self, organisation: Organisation) -> "EntryQuerySet":
        """Those of the organisation's people, withdrawn ones too."""
        return self.filter(organisation=organisation)

    def about(self, dataset: Dataset) -> "EntryQuerySet":
        """Those linked to the dataset, withdrawn ones too."""
        return self.filter(dataset=dataset)

    def stands(self) -> list[tuple[date, str]]:
        """Of each, the day it was raised and how it stands."""
        return list(self.order_by("raised_on", "number").values_list("raised_on", "status"))

    def with_changed_at(self) -> "EntryQuerySet":
        """With when each was last saved, when it was last said how it stands, and when notes first told it."""
        saved = Entry.history.filter(id=models.OuterRef("pk")).order_by("-history_date").values("history_date")
        moved = EntryUpdate.objects.filter(entry=models.OuterRef("pk"), made_at__isnull=False).exclude(status="")
        return self.annotate(
            changed_at=models.Subquery(saved[:1]),
            moved_at=models.Subquery(moved.order_by("-made_at").values("made_at")[:1]),
            told_at=models.Min("lines__meeting__minutes__circulated_at", filter=Q(lines__is_public=True)),
        )

    def latest_changed_first(self) -> "EntryQuerySet":
        """By the day since which they stand as they do."""
        return self.order_by(Coalesce("stands_since", "raised_on").desc(), "-number")

    def in_state(self, status: str) -> "EntryQuerySet":
        """Wants that stand so."""
        return self.filter(status=status)

    def of_person(self, person: Person) -> "EntryQuerySet":
        """Those of this person, withdrawn ones too."""
        return self.filter(person=person)

    def like(self, *, person: Person, kind: str, text: str) -> "Entry | None":
        """The person's own entry, not withdrawn, that says the same; None where there is none. Reads all of theirs."""
        entries = self.filter(person=person, kind=kind, withdrawn_on=None)
        return next((entry for entry in entries if fold(entry.text) == fold(text)), None)

    def standing(self) -> "EntryQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_on=None)

    def withdrawn(self) -> "EntryQuerySet":
        """Those taken out of the register's lists."""
        return self.exclude(withdrawn_on=None)

    def raised_between(self, *, since: date | None, before: date | None) -> "EntryQuerySet":
        """Those raised on the first day or later, and before the second; None sets no bound."""
        entries = self if since is None else self.filter(raised_on__gte=since)
        return entries if before is None else entries.filter(raised_on__lt=before)

    def unmoved_since(self, day: date) -> "EntryQuerySet":
        """Unmet wants that have stood as they do since before the day, whatever words were said on them since."""
        never = Q(stands_since=None, raised_on__lt=day)
        return self.wanted().filter(never | Q(stands_since__lt=day))

    def unanswered(self) -> "EntryQuerySet":
        """Those whose words for the person match nobody, the latest first."""
        return (
            self.standing()
            .filter(person=None)
            .exclude(person_name__in=["", REDACTED])
            .order_by("-raised_on", "-number")
        )

    def unminuted(self) -> "EntryQuerySet":
        """Those that a member entered on the site, not withdrawn, and that no notes name yet."""
        return self.standing().filter(lines=None).exclude(added_by=None)

    def with_updates(self) -> "EntryQuerySet":
        """With how they stood, oldest first, and who said so, in one query more."""
        return self.prefetch_related(models.Prefetch("updates", EntryUpdate.objects.select_related("by")))

    def with_support(self) -> "EntryQuerySet":
        """With those who want it too and those who offer it, and their people, in one query more."""
        return self.prefetch_related(models.Prefetch("support", Support.objects.select_related("person")))

    def mentioning(self, words: str) -> "EntryQuerySet":
        """Those with all the words in what this reader may read of them: call `visible_to` first."""
        return self.filter(every_word("shown", words))

    def with_lines(self) -> "EntryQuerySet":
        """With their lines and those lines' meetings, in two queries more; not every line is for everyone."""
        return self.prefetch_related("lines__meeting")

    def with_people(self) -> "EntryQuerySet":
        """With person, organisation and dataset, by a join."""
        return self.select_related("person", "organisation", "dataset")


class Entry(models.Model):
    """Data that a member says they used or want, at the round-table. Lines of the minutes point to it."""

    class Kind(models.TextChoices):
        """Which of the two it is."""

        USED = "used", gettext_lazy("used")
        WANTS = "wants", gettext_lazy("wants")

    class Status(models.TextChoices):
        """How a want stands; data used has none."""

        NONE = "", "–"
        WANTED = "wanted", gettext_lazy("wanted")
        ASKED = "asked", gettext_lazy("asked for")
        PROMISED = "promised", gettext_lazy("promised")
        RELEASED = "released", gettext_lazy("released")
        REFUSED = "refused", gettext_lazy("refused")

    UNMET_STATUSES = (Status.WANTED, Status.ASKED, Status.PROMISED)

    number = models.PositiveIntegerField(unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    person_name = models.CharField(gettext_lazy("person, as minuted"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="entries"
    )
    text = models.TextField()
    raised_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status, blank=True, default=Status.NONE)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    added_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        help_text=gettext_lazy("The member who entered it on the site; empty where notes raised it."),
    )
    stands_since = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text=gettext_lazy("The day since which a want stands so; empty: as it was raised."),
    )
    is_reworded = models.BooleanField(
        default=False,
        editable=False,
        help_text=gettext_lazy("Its member has changed the words on the site: notes leave them."),
    )
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    # Sight: set by publishing alone.
    is_circulated = models.BooleanField(default=False, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    public_text = models.TextField(blank=True, editable=False)

    objects = EntryQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["is_circulated", "is_public", "public_text"])

    class Meta:
        ordering = ["-raised_on", "number"]
        verbose_name_plural = gettext_lazy("entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="used", status="")
                | Q(kind="wants", status__in=["wanted", "asked", "promised", "released", "refused"]),
                name="entry_status_fits_kind",
                violation_error_message=gettext_lazy(
                    "A want has one of the states from wanted to refused; data used has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(is_circulated=True), name="entry_public_only_if_circulated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("wishlists:entry_detail", args=[self.number])

    @property
    def reference(self) -> str:
        """How notes and people call it: D12."""
        return f"D{self.number}"

    @property
    def is_want(self) -> bool:
        """Whether it is data wanted rather than used."""
        return self.kind == self.Kind.WANTS

    @property
    def is_unmet(self) -> bool:
        """Whether it is a want that is neither met, refused nor withdrawn."""
        return self.is_want and self.status in self.UNMET_STATUSES and self.withdrawn_on is None

    def is_own_of(self, person: Person | None) -> bool:
        """Whether this person said it, or entered it."""
        return person is not None and person.pk in {self.person_id, self.added_by_id}

    def settle(self) -> None:
        """Make a want stand as its updates say: the latest decides, since the first of those that agree with it.

        Needs the row locked.
        """
        said = sorted(
            (update for update in self.updates.all() if update.status), key=lambda update: (update.on, update.pk)
        )
        status, since = self.Status.WANTED if self.is_want else self.Status.NONE, None
        for update in reversed(said if self.is_want else []):
            if since is not None and update.status != status:
                break
            status, since = update.status, update.on
        if (status, since) != (self.status, self.stands_since):
            self.status, self.stands_since = status, since
            self.save(update_fields=["status", "stands_since"])

    @transaction.atomic
    def move(
        self, *, status: str, on: date, by: Person | None, now: datetime, way: str = "", note: str = ""
    ) -> "EntryUpdate | None":
        """Say how a want stands since a day; with status "" only add a word. Raises ValueError for data used.

        Where it has stood so since that day or longer, what is added are the words, and nothing where there are none.
        What was said last is not said twice in the same words: that is a button pressed twice.
        """
        entry = Entry.objects.select_for_update().get(pk=self.pk)
        if not entry.is_want:
            msg = _("%(reference)s is data used: it has no state.") % {"reference": entry.reference}
            raise ValueError(msg)
        if status == entry.status and not way and on >= (entry.stands_since or entry.raised_on):
            status = ""
        said = {"status": status, "way": way, "on": on, "by": by, "note": note}
        update = entry.updates.order_by("pk").last()
        if not status and not note:
            update = None
        elif update is None or any(getattr(update, name) != value for name, value in said.items()):
            update = entry.updates.create(**said, made_at=now)
        entry.settle()
        self.status, self.stands_since = entry.status, entry.stands_since
        return update

    def link(self, dataset: Dataset | None) -> None:
        """Say which dataset it is about; None: no longer any."""
        self.dataset = dataset
        self.save(update_fields=["dataset"])

    def withdraw(self, *, now: datetime) -> None:
        """Take it out of the register's lists; it stays in the notes and at its own address."""
        if self.withdrawn_on is None:
            self.withdrawn_on = timezone.localdate(now)
            self.save(update_fields=["withdrawn_on"])

    def put_back(self) -> None:
        """Put a withdrawn entry into the register again."""
        if self.withdrawn_on is not None:
            self.withdrawn_on = None
            self.save(update_fields=["withdrawn_on"])

    def who_for(self, user: object) -> str:
        """Whose it is, as this reader may see them; needs the person fetched."""
        return self.person.name_for(user) if self.person is not None else self.person_name


class EntryUpdate(models.Model):
    """A step in the life of a want: how it stands from a day on, or a word on it."""

    class Way(models.TextChoices):
        """How the data was asked for."""

        NONE = "", "–"
        FOI = "foi", gettext_lazy("by a Freedom of Information request")
        LETTER = "letter", gettext_lazy("by letter or e-mail")
        TALK = "talk", gettext_lazy("in conversation")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="updates")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(
        max_length=10, choices=Entry.Status, blank=True, help_text=gettext_lazy("Empty: no change.")
    )
    way = models.CharField(gettext_lazy("asked for"), max_length=10, choices=Way, blank=True)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["", "wanted", "asked", "promised", "released", "refused"]),
                name="entry_update_status_valid",
            ),
            models.CheckConstraint(
                condition=Q(way="") | Q(way__in=["foi", "letter", "talk"], status="asked"),
                name="entry_update_way_only_where_asked",
                violation_error_message=gettext_lazy("Only data that was asked for was asked for in some way."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(reference)s on %(date)s: %(words)s") % {
            "reference": self.entry.reference,
            "date": self.on,
            "words": self.get_status_display() or self.note,
        }


class SupportQuerySet(models.QuerySet["Support"]):
    """What members say to wants."""

    def by(self, person: Person, *, kind: str) -> "SupportQuerySet":
        """What this person says, of one kind."""
        return self.filter(person=person, kind=kind)


class Support(models.Model):
    """What one member says to a want: "me too", or "we have this"."""

    class Kind(models.TextChoices):
        """Which of the two."""

        ME_TOO = "me-too", gettext_lazy("wants it too")
        OFFER = "offer", gettext_lazy("has it")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="support")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()

    objects = SupportQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name_plural = gettext_lazy("support")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "person", "kind"],
                name="support_once",
                violation_error_message=gettext_lazy("You have said so already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=["me-too", "offer"]), name="support_kind_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}: {self.entry.reference}"


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    """Suggestions that people do not want to see again."""

    def pairs_of(self, person: Person) -> set[tuple[int, int]]:
        """The keys of want and data used of those that this person dismissed."""
        return set(self.filter(person=person).values_list("want", "used"))


class Dismissal(models.Model):
    """A suggestion, "this want may be met by what they used", that one person does not want to see again."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    want = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    used = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")

    objects = DismissalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "want", "used"], name="dismissal_once")]

    def __str__(self) -> str:
        return _("%(person)s: not %(used)s for %(want)s") % {
            "person": self.person,
            "used": self.used.reference,
            "want": self.want.reference,
        }
