"""What the exchange is called."""

from typing import Final

PRODUCT: Final = "CS Exchange"
