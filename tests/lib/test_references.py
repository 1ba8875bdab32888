"""wmodf.lib.references: references in addresses."""

import pytest
from django.urls import Resolver404, resolve, reverse


@pytest.mark.parametrize(
    ("address", "number"), [("/wishlists/D1/", 1), ("/wishlists/D12/", 12), ("/wishlists/D999999999/", 999_999_999)]
)
def test_a_reference_is_its_number(address, number):
    assert resolve(address).kwargs == {"number": number}
    assert reverse("wishlists:entry_detail", args=[number]) == address


@pytest.mark.parametrize(
    "reference", ["D0", "D012", "D", "d12", "12", "A12", "D1234567890", "D-1", "D1.0", "D１", "D1\n"]
)
def test_anything_else_is_no_address(reference):
    with pytest.raises(Resolver404):
        resolve(f"/wishlists/{reference}/")
