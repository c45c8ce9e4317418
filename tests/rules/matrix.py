"""Every sort of order against the same book, as tables that a trader can read.

`python -m tests.rules.matrix > docs/trading-tables.md` writes them anew from the reference core;
`test_matrix.py` holds both cores against what stands there.
"""

from collections.abc import Callable, Iterator

from tests.property.comparison import Core
from tests.reference.exchange import ReferenceExchange
from tests.rules import matrix_orders, matrix_triggers


def text(make_core: Callable[[], Core]) -> str:
    """The whole page."""
    return "\n".join(page(make_core)) + "\n"


def page(make_core: Callable[[], Core]) -> Iterator[str]:
    yield "# Trading tables"
    yield ""
    yield (
        "What becomes of every sort of order, by its prevention of self-trades. The tables follow from the"
        " [trading rules](trading-rules.md): they are written by the reference core, and both cores are held"
        " against them. Do not edit; `python -m tests.rules.matrix` writes them."
    )
    yield ""
    yield (
        "Before each order of Alice the other side of the book holds order 1 of Bob, 5 lots at 1000 ticks;"
        " order 2 of Alice's second account, 4 lots one tick behind it; order 3 of Carol, 5 lots two ticks"
        " behind. The order that comes is order 4. A lot at a tick is 10 units of quote. There are no fees, and"
        " the market allows an owner's accounts to trade with each other. An order that names no"
        " prevention has cancel newest."
    )
    yield from matrix_orders.tables(make_core)
    yield ""
    yield "# Trigger tables"
    yield ""
    yield (
        "Order 4 is one of Alice that waits beside the same book. Bob and Carol then trade one lot a tick"
        " before the best price of that book, which is the stop price; the tables begin where that fires"
        " order 4."
    )
    yield from matrix_triggers.tables(make_core)
    yield ""
    yield "# Tables of linked orders"
    yield ""
    yield (
        "Alice has an OCO, of orders 1 and 2, or a bracket, of the entry 1, the take-profit 2 and the stop 3;"
        " the tables say what follows on something that happens next. Each is for 12 lots."
    )
    yield from matrix_triggers.tables_of_linked_orders(make_core)


if __name__ == "__main__":
    print(text(ReferenceExchange), end="")
