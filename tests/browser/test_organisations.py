"""Several persons act for an organisation: invited by a mail, some of it only together, and until removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from cse.cli.shots.browser import Faults, Size
from cse_client import ClientError, CseClient, models
from cse_client.keys import Ed25519Key
from tests.browser.accessibility import serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Errands, Other
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words
from tests.exchange import RunningExchange
from tests.integration.edge.mailbox import INVITATION, VERIFY, await_mails, token_of

NAME: Final = "\u0635\u0646\u062f\u0648\u0642 <b>North</b>"
SAVINGS: Final = "Savings"
PROGRAM: Final = "a program"
REASON: Final = "More than we agreed on"


@PHONE_AND_DESK
def test_what_one_asks_for_others_decide_until_they_are_removed(
    open_page: OpenPage,
    meet: MeetOther,
    errands: Errands,
    site: RunningExchange,
    faults: Faults,
    locale: str,
    size: Size,
) -> None:
    # A removal that the policy forbids, and what a removed member still asks for.
    faults.allow("409")
    faults.allow("404")
    owner, first, second = meet(), meet(display_name="Grace"), meet(display_name="Linus")
    with httpx.Client(base_url=site.url) as mailbox:
        for person in (first, second):
            person.verify_email(token_of(await_mails(mailbox, person.email, VERIFY)[0]))
        desk = Organisation(open_page(f"/{locale}/organisations", size, person=owner), locale)
        desk.make(NAME)
        desk.invite(first.email, "approver")
        fund = Fund(owner, errands, errands.run(owner.client.organisations())[0])
        fund.open_savings("1000")
        link = token_of(await_mails(mailbox, first.email, INVITATION)[0])
        other = Organisation(open_page(f"/{locale}/organisations#{link}", size, person=first), locale)
        expect(other.main).to_contain_text(NAME)
        other.press("invitation.accept")
        expect(other.heading).to_have_text(NAME)

        errands.run(owner.client.invite(fund.id, second.email, ["approver"]))
        link = token_of(await_mails(mailbox, second.email, INVITATION)[0])
    errands.run(second.client.accept_invitation(link))

    desk.require_two_for_transfers()
    desk.move("100")
    desk.go_to("requests")
    asked = desk.rows.filter(has_text="100").filter(has_text=SAVINGS)
    expect(asked).to_contain_text(desk.say("requests.states.open"))
    assert serious_findings(desk.page) == []
    assert fund.saved() == "0"

    other.go_to("requests")
    row = other.rows.filter(has_text=SAVINGS)
    row.get_by_role("button", name=other.say("requests.approve"), exact=True).click()
    expect(row).to_contain_text(other.say("requests.approved"))
    assert fund.saved() == "0"
    errands.run(second.client.approve(fund.id, fund.open_request()))
    assert fund.saved() == "100"
    expect(asked).to_contain_text(desk.say("requests.states.done"))

    fund.ask_to_move("200")
    refused = other.rows.filter(has_text="200")
    refused.get_by_role("button", name=other.say("requests.refuse"), exact=True).click()
    expect(other.dialog).to_contain_text(SAVINGS)
    other.dialog.get_by_label(other.say("requests.reason"), exact=True).fill(REASON)
    other.dialog.get_by_role("button", name=other.say("requests.refuse"), exact=True).click()
    expect(desk.rows.filter(has_text="200")).to_contain_text(REASON)
    assert fund.saved() == "100"

    fund.set_policy(transfers=2, keys=1)
    private = desk.make_key()
    desk.page.keyboard.press("Escape")
    errands.run(second.client.approve(fund.id, fund.open_request()))
    program = CseClient(site.url, key=Ed25519Key(fund.key(), private))
    assert errands.run(program.balances())["USDC"].available == "900"
    desk.revoke_key()
    with pytest.raises(ClientError):
        errands.run(program.balances())
    errands.run(program.close())

    desk.go_to("members")
    desk.ask_to_remove("Grace")
    expect(desk.dialog).to_contain_text(words(locale, "errors.codes.policy_out_of_reach"))
    desk.page.keyboard.press("Escape")
    fund.set_policy()
    assert serious_findings(desk.page) == []
    desk.ask_to_remove("Grace")
    expect(desk.rows.filter(has_text="Grace")).to_have_count(0)
    # Whoever is removed is told where they are, without doing anything.
    expect(other.main).to_contain_text(other.say("oneFailed"))
    other.press("back")
    expect(other.main).to_contain_text(other.say("empty"))
    for page in (desk.page, other.page):
        assert page.evaluate("document.documentElement.scrollWidth") <= size.width


@dataclass
class Fund:
    """The organisation as its owner has it through the API."""

    owner: Other
    errands: Errands
    view: models.OrganisationView

    @property
    def id(self) -> str:
        return self.view.id

    def open_savings(self, amount: str) -> None:
        """Play money on the main account, and another account."""
        main = self.owner.client.for_account(self.view.accounts[0].id)
        self.errands.run(main.take_from_faucet("USDC", amount))
        made = self.errands.run(self.owner.client.open_organisation_account(self.id, SAVINGS))
        self.view = made.organisation

    def saved(self) -> str:
        """What is available on the other account."""
        savings = self.owner.client.for_account(self.view.accounts[1].id)
        balances = self.errands.run(savings.balances())
        return balances["USDC"].available if "USDC" in balances else "0"

    def ask_to_move(self, amount: str) -> None:
        main, savings = (account.id for account in self.view.accounts)
        self.errands.run(self.owner.client.organisation_transfer(self.id, main, savings, "USDC", amount))

    def open_request(self) -> models.ApprovalRequestView:
        """The one that waits."""
        asked = self.errands.run(self.owner.client.approval_requests(self.id))
        (found,) = [one for one in asked if one.state == "open"]
        return found

    def key(self) -> str:
        """The id of the one key."""
        (found,) = self.errands.run(self.owner.client.organisation_keys(self.id))
        return found.key.id

    def set_policy(self, **needed: int) -> None:
        """So many approvals, and none for the rest."""
        version = self.errands.run(self.owner.client.organisation(self.id)).policy.version
        numbers = {"members": 0, "policy": 0, "keys": 0, "transfers": 0, **needed}
        wish = models.NewPolicy(version=version, limits={}, **numbers)
        self.errands.run(self.owner.client.set_policy(self.id, wish))


class Organisation:
    """The page of organisations, as one of the members has it open."""

    def __init__(self, page: Page, locale: str) -> None:
        self.page = page
        self.locale = locale
        self.main = page.get_by_role("main")
        self.heading = page.get_by_role("heading", level=1)
        self.dialog = page.get_by_role("dialog")
        self.rows: Locator = self.main.get_by_role("listitem")

    def say(self, key: str, /, **values: str) -> str:
        return words(self.locale, f"organisations.{key}", **values)

    def press(self, key: str) -> None:
        self.main.get_by_role("button", name=self.say(key), exact=True).click()

    def press_in_dialog(self, key: str) -> None:
        self.dialog.get_by_role("button", name=self.say(key), exact=True).click()

    def go_to(self, tab: str) -> None:
        self.main.get_by_role("tab", name=self.say(f"tabs.{tab}")).click()

    def make(self, name: str) -> None:
        self.press("make")
        self.dialog.get_by_label(self.say("name"), exact=True).fill(name)
        self.press_in_dialog("makeAction")
        expect(self.heading).to_have_text(name)

    def invite(self, email: str, role: str) -> None:
        """Invites somebody, as what is chosen already and in a further role."""
        self.go_to("members")
        self.press("members.invite")
        self.dialog.get_by_label(self.say("members.email"), exact=True).fill(email)
        # The box lies under the picture of its mark.
        self.dialog.locator("label").filter(has_text=self.say(f"roles.{role}")).click()
        self.press_in_dialog("members.inviteAction")
        expect(self.rows.filter(has_text=email)).to_contain_text(self.say("members.invited"))

    def require_two_for_transfers(self) -> None:
        self.go_to("policy")
        number = self.main.get_by_label(self.say("policy.transfers"), exact=True)
        number.select_option("2")
        with self.page.expect_response("**/policy") as answer:
            self.press("policy.save")
        assert answer.value.ok

    def move(self, amount: str) -> None:
        """Asks for money to be moved from the main account to the other one."""
        self.go_to("accounts")
        self.press("accounts.move")
        self.dialog.get_by_label(self.say("accounts.amount"), exact=True).fill(amount)
        self.press_in_dialog("accounts.moveAction")
        expect(self.dialog).to_have_count(0)

    def make_key(self) -> str:
        """Asks for a key of the main account; its private half."""
        self.go_to("keys")
        self.press("keys.make")
        self.dialog.get_by_label(self.say("keys.label"), exact=True).fill(PROGRAM)
        # What only reads takes nobody else.
        self.dialog.locator("label").filter(has_text=self.say("keys.scopeTexts.trade")).click()
        assert serious_findings(self.page) == []
        self.press_in_dialog("keys.makeAction")
        expect(self.dialog).to_contain_text(self.say("keys.askedText"))
        return self.dialog.get_by_label(self.say("keys.privateKey"), exact=True).inner_text()

    def revoke_key(self) -> None:
        """Revokes it once it is in the list, which is looked at anew by going there."""
        self.go_to("requests")
        self.go_to("keys")
        name = self.say("keys.revokeOf", label=PROGRAM)
        self.main.get_by_role("button", name=name, exact=True).click()
        self.press_in_dialog("keys.revoke")
        expect(self.rows).to_have_count(0)

    def ask_to_remove(self, name: str) -> None:
        """Asks for a removal, and confirms that it is meant."""
        self.rows.filter(has_text=name).get_by_role(
            "button", name=self.say("members.removeOf", name=name), exact=True
        ).click()
        self.press_in_dialog("members.remove")
