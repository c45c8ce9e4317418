"""An edge's desk: what operators use, put together."""

from __future__ import annotations

from cse.accounts.factors.shown import ShownFactors
from cse.accounts.people.freezing import Freezes
from cse.accounts.people.service import People
from cse.accounts.rates.service import RateSettings
from cse.accounts.verification.review import Reviews
from cse.desk.audit.service import AuditDesk
from cse.desk.grants import Grants
from cse.desk.history.service import History
from cse.desk.incidents import Banner, Incidents
from cse.desk.jobs.service import JobDesk
from cse.desk.markets.service import MarketDesk, MarketReads
from cse.desk.overview import Services
from cse.desk.people.fee_tiers import FeeTiers
from cse.desk.people.looks import PeopleLooks
from cse.desk.people.service import PeopleDesk
from cse.desk.people.timeline import Timelines
from cse.desk.rates.service import RateDesk
from cse.desk.requests.guarded_acts import GuardedActs
from cse.desk.requests.service import Requests
from cse.desk.risk.flags import FlagDesk, FlagReads
from cse.desk.risk.service import RiskDesk, RiskReads
from cse.desk.service import Operators
from cse.desk.verification.service import VerificationDesk
from cse.engine.client import ReplicaClient
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.runtime.clock import wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.outbox import OutcomeWatch
from cse.runtime.postgres import Pool
from cse.services.edge_routes import Desk
from cse.trading.reads.account import AccountReads


def edge_desk(
    configuration: Configuration,
    accounts_pool: Pool,
    desk_pool: Pool,
    audit_pool: Pool,
    outcomes: OutcomeWatch,
    replica: ReplicaClient,
    listing: Listing,
    ledger: Ledger,
    account_reads: AccountReads,
    freezes: Freezes,
    reviews: Reviews,
) -> Desk:
    """The use cases of operators. `audit_pool` are connections as `cse.audit.roles.READ_ROLE`."""
    operators = Operators(desk_pool, ShownFactors(accounts_pool))
    people = People(accounts_pool)
    market_reads = MarketReads(listing, replica, wall_us)
    requests = Requests(desk_pool, people, outcomes, GuardedActs(market_reads, people, freezes).acts())
    markets = MarketDesk(desk_pool, market_reads, outcomes, requests)
    timelines = Timelines(audit_pool, ledger, listing, account_reads)
    looks = PeopleLooks(desk_pool, people, timelines, replica, account_reads)
    fee_tiers = FeeTiers(desk_pool, people, replica, outcomes)
    jobs = JobDesk(desk_pool, accounts_pool, audit_pool)
    return Desk(
        operators=operators,
        people=people,
        incidents=Incidents(desk_pool),
        banner=Banner(desk_pool),
        origin=configuration.page_origin,
        services=Services(configuration.run, jobs.queues),
        people_desk=PeopleDesk(operators, requests, people, freezes, fee_tiers, looks),
        people_looks=looks,
        markets=markets,
        risk=RiskDesk(RiskReads(listing, replica), markets),
        rates=RateDesk(RateSettings(accounts_pool)),
        flags=FlagDesk(desk_pool, FlagReads(ledger, listing)),
        requests=requests,
        grants=Grants(desk_pool, people, requests),
        audit=AuditDesk(desk_pool, audit_pool, people, configuration.data),
        jobs=jobs,
        history=History(audit_pool, people),
        verifications=VerificationDesk(reviews, people),
    )
