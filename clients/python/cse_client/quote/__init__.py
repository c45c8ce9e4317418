"""The one quote: what an order would do now, what it costs, and what stands in its way."""

from cse_client.quote.draft import DraftOrder, order_request
from cse_client.quote.estimate import Available, Fee, Guards, Hold, Quote, quote
from cse_client.quote.percent import quantity_for_percent
from cse_client.quote.problems import Problem
from cse_client.quote.walk import BookSides

__all__ = [
    "Available",
    "BookSides",
    "DraftOrder",
    "Fee",
    "Guards",
    "Hold",
    "Problem",
    "Quote",
    "order_request",
    "quantity_for_percent",
    "quote",
]
