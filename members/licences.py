"""The licences under which a group may publish its records, by their SPDX identifiers (https://spdx.org/licenses/)."""

from django.db import models


class Licence(models.TextChoices):
    """Open licences: everyone may use the records, for anything."""

    OGL = "OGL-UK-3.0", "Open Government Licence v3.0"
    CC_BY = "CC-BY-4.0", "Creative Commons Attribution 4.0 International"
    CC0 = "CC0-1.0", "CC0 1.0 Universal"
    ODC_BY = "ODC-By-1.0", "Open Data Commons Attribution License v1.0"
    PDDL = "PDDL-1.0", "Open Data Commons Public Domain Dedication and License 1.0"

    @property
    def address(self) -> str:
        """Where it can be read."""
        return ADDRESSES[self]

    @property
    def asks_for_attribution(self) -> bool:
        """Whether whoever uses the records has to say whose they are."""
        return self in {Licence.OGL, Licence.CC_BY, Licence.ODC_BY}


ADDRESSES = {
    Licence.OGL: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.ODC_BY: "https://opendatacommons.org/licenses/by/1-0/",
    Licence.PDDL: "https://opendatacommons.org/licenses/pddl/1-0/",
}
