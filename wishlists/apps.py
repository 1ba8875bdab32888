"""What data members used and which they want."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WishlistsConfig(AppConfig):
    """What data members used and which they want."""

    name = "wishlists"
    verbose_name = _("Data used and wanted")
