"""Well-known British open datasets, and which of them some words name. No database."""

from collections.abc import Iterable
from dataclasses import dataclass

from members.naming import fold

OGL = "Open Government Licence v3.0"
DFT = "Department for Transport"
MHCLG = "Ministry of Housing, Communities and Local Government"
ONS = "Office for National Statistics"
MOST = 5


@dataclass(frozen=True, kw_only=True)
class KnownDataset:
    """A published dataset; an empty licence means: look it up."""

    name: str
    publisher: str
    url: str
    licence: str = ""
    others: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """The name and what else notes call it."""
        return [self.name, *self.others]

    def fields(self) -> dict[str, str]:
        """What a row of it holds."""
        return {
            "name": self.name,
            "other_names": ", ".join(self.others),
            "publisher": self.publisher,
            "url": self.url,
            "licence": self.licence,
        }


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A dataset that an entry's words may name: its name, and the words that say so."""

    name: str
    publisher: str
    said: str


KNOWN = (
    KnownDataset(
        name="Ofcom Connected Nations",
        publisher="Ofcom",
        url="https://www.ofcom.org.uk/phones-and-broadband/coverage-and-speeds/infrastructure-research",
        others=("Connected Nations", "Ofcom broadband", "broadband coverage"),
    ),
    KnownDataset(
        name="English Indices of Deprivation",
        publisher=MHCLG,
        url="https://www.gov.uk/government/collections/english-indices-of-deprivation",
        licence=OGL,
        others=(
            "Indices of Deprivation",
            "Index of Deprivation",
            "Index of Multiple Deprivation",
            "Indices of Multiple Deprivation",
            "deprivation index",
            "IMD",
        ),
    ),
    KnownDataset(
        name="Police data (data.police.uk)",
        publisher="Police forces of England, Wales and Northern Ireland",
        url="https://data.police.uk/",
        licence=OGL,
        others=("data.police.uk", "Police API", "police data", "crime data", "street-level crime"),
    ),
    KnownDataset(
        name="OpenStreetMap",
        publisher="OpenStreetMap contributors",
        url="https://www.openstreetmap.org/",
        licence="Open Database License 1.0",
        others=("Open Street Map", "OSM"),
    ),
    KnownDataset(
        name="NaPTAN",
        publisher=DFT,
        url="https://beta-naptan.dft.gov.uk/",
        licence=OGL,
        others=("National Public Transport Access Nodes", "public transport access nodes"),
    ),
    KnownDataset(
        name="Bus Open Data Service",
        publisher=DFT,
        url="https://www.bus-data.dft.gov.uk/",
        licence=OGL,
        others=("BODS", "Bus Open Data"),
    ),
    KnownDataset(
        name="Census 2021",
        publisher=ONS,
        url="https://www.nomisweb.co.uk/sources/census_2021",
        licence=OGL,
        others=("2021 Census", "ONS Census"),
    ),
    KnownDataset(name="Nomis", publisher=ONS, url="https://www.nomisweb.co.uk/", licence=OGL),
    KnownDataset(
        name="Population estimates",
        publisher=ONS,
        url="https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates",
        licence=OGL,
        others=("mid-year estimates", "mid-year population estimates"),
    ),
    KnownDataset(
        name="ONS Open Geography Portal",
        publisher=ONS,
        url="https://geoportal.statistics.gov.uk/",
        licence=OGL,
        others=("Open Geography", "ONS Postcode Directory", "ONSPD", "LSOA boundaries", "ward boundaries"),
    ),
    KnownDataset(
        name="Price Paid Data",
        publisher="HM Land Registry",
        url="https://www.gov.uk/government/collections/price-paid-data",
        licence=f"{OGL}, addresses excepted",
        others=("Price Paid", "house prices", "house price data"),
    ),
    KnownDataset(
        name="OS OpenData",
        publisher="Ordnance Survey",
        url="https://osdatahub.os.uk/downloads/open",
        licence=OGL,
        others=(
            "OS Open Data",
            "Ordnance Survey open data",
            "OS OpenMap",
            "OS Open Roads",
            "OS Open Greenspace",
            "OS Open UPRN",
            "Code-Point Open",
            "Boundary-Line",
        ),
    ),
    KnownDataset(
        name="Companies House company data",
        publisher="Companies House",
        url="https://download.companieshouse.gov.uk/en_output.html",
        others=("Companies House",),
    ),
    KnownDataset(
        name="Register of Charities",
        publisher="Charity Commission for England and Wales",
        url="https://register-of-charities.charitycommission.gov.uk/register/full-register-download",
        licence=OGL,
        others=("charity register", "charities register", "Charity Commission"),
    ),
    KnownDataset(
        name="Food Hygiene Ratings",
        publisher="Food Standards Agency",
        url="https://ratings.food.gov.uk/open-data",
        licence=OGL,
        others=("food hygiene", "Food Hygiene Rating Scheme", "FHRS"),
    ),
    KnownDataset(
        name="Road safety data (STATS19)",
        publisher=DFT,
        url="https://www.gov.uk/government/collections/road-accidents-and-safety-statistics",
        licence=OGL,
        others=("STATS19", "road safety data", "road accidents", "road casualties", "road collisions"),
    ),
    KnownDataset(
        name="Road traffic statistics",
        publisher=DFT,
        url="https://roadtraffic.dft.gov.uk/",
        licence=OGL,
        others=("traffic counts", "AADF"),
    ),
    KnownDataset(
        name="Flood monitoring",
        publisher="Environment Agency",
        url="https://environment.data.gov.uk/flood-monitoring/doc/reference",
        licence=OGL,
        others=("flood warnings", "river levels"),
    ),
    KnownDataset(
        name="National LIDAR Programme",
        publisher="Environment Agency",
        url="https://www.data.gov.uk/dataset/f0db0249-f17b-4036-9e65-309148c97ce4/national-lidar-programme",
        licence=OGL,
        others=("LIDAR",),
    ),
    KnownDataset(
        name="Get information about schools",
        publisher="Department for Education",
        url="https://get-information-schools.service.gov.uk/",
        licence=OGL,
        others=("GIAS", "Edubase", "register of schools"),
    ),
)


def known_dataset(name: str) -> KnownDataset | None:
    """The well-known dataset of this very name."""
    return next((known for known in KNOWN if known.name == name), None)


def named_in(words: str, *, datasets: Iterable) -> list[Guess]:
    """The datasets that the words name, as whole words and however cased; the most telling name first.

    `datasets` are rows with `name`, `publisher` and `names()`. Well-known ones follow that are not yet among them.
    """
    rows = list(datasets)
    entered = {fold(row.name) for row in rows}
    text = f" {fold(words)} "
    found = []
    for dataset in [*rows, *(known for known in KNOWN if fold(known.name) not in entered)]:
        said = [name for name in dataset.names() if fold(name) and f" {fold(name)} " in text]
        if said:
            found.append(Guess(name=dataset.name, publisher=dataset.publisher, said=max(said, key=len)))
    return sorted(found, key=lambda guess: -len(guess.said))[:MOST]
