"""Live channels: what the server sends, checked and kept up to date over losses of the connection."""

from cse_client.stream.book import BookOutcome, OrderBook
from cse_client.stream.client import ChannelRefused, StreamClient
from cse_client.stream.core import Core, State, Status
from cse_client.stream.messages import (
    BalancesData,
    BestOffersData,
    BookData,
    CandlesData,
    DepthData,
    FillsData,
    MarketOrdersData,
    OrdersData,
    StreamTrade,
    SystemData,
    TradesData,
)
from cse_client.stream.order_queues import OrderQueues, QueuedOrder
from cse_client.stream.position import Position
from cse_client.stream.reader import Listener, Reader, Update

__all__ = [
    "BalancesData",
    "BestOffersData",
    "BookData",
    "BookOutcome",
    "CandlesData",
    "ChannelRefused",
    "Core",
    "DepthData",
    "FillsData",
    "Listener",
    "MarketOrdersData",
    "OrderBook",
    "OrderQueues",
    "OrdersData",
    "Position",
    "QueuedOrder",
    "Reader",
    "State",
    "Status",
    "StreamClient",
    "StreamTrade",
    "SystemData",
    "TradesData",
    "Update",
]
