"""What mails say in each language, and what they never say."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from string import Formatter
from typing import Final, get_args

import pytest

from cse.accounts.mail import texts
from cse.accounts.mail.catalogue.words import CredentialChange, FreezeClass, MailLanguage, MailName
from cse.accounts.mail.models import Text
from cse.accounts.mail.pages import page_of
from cse.accounts.mail.texts import CATALOGUES, Reader
from cse.accounts.preferences.models import Language
from cse.domain.verification import RefusalReason

FACTS: Final = {
    "at": "2026-01-31T12:34:56.789000Z", "address": "203.0.113.7", "market": "LUNA-USDC", "asset": "USDC",
    "amount": "12.5", "price": "0.05",
}  # fmt: skip
# What nobody has caused from somewhere.
NOTICES: Final = {
    "traded", "received", "account_frozen", "account_unfrozen", "account_closed", "export_ready",
    "verification_approved", "verification_refused", "verification_revoked",
    "approval_wanted", "price_reached",
}  # fmt: skip
# By whom somebody is invited is said on the page, and from where to nobody.
WITHOUT_ADDRESS: Final = NOTICES | {"invitation"}
ORIGIN: Final = "https://exchange.example"
LINK: Final = f"{ORIGIN}/reset-password#token"
NAMES: Final = get_args(MailName)
LANGUAGES: Final[tuple[MailLanguage, ...]] = get_args(MailLanguage)


def of(name: MailName, language: MailLanguage, time_zone: str = "auto") -> Text:
    to = Reader(language, time_zone)
    accounts = texts.accounts_with_links(to, [(FACTS["at"], LINK)] * 2)
    device = texts.device(to, "Firefox", "Linux")
    values = {"link": LINK, "origin": ORIGIN, "accounts": accounts, "count": "2", "device": device}
    values["why"] = texts.frozen_why(to, "law")
    values["change"] = texts.credential_change(to, "passkey_added")
    return texts.written(name, to, FACTS, **values)


TEXTS: Final = {f"{name}-{language}": of(name, language) for name in NAMES for language in LANGUAGES}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_mail_says_whose_it_is_when_it_was_and_from_where(text: Text) -> None:
    assert text.subject.endswith(" - CS Exchange")
    assert "2026-01-31 12:34 UTC" in text.body
    assert "{" not in text.subject
    assert max(map(len, text.body.splitlines())) <= 90
    assert text.body.endswith("-- \nCS Exchange\n")
    assert "{" not in text.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_somebody_has_caused_says_from_where(language: MailLanguage) -> None:
    for name in NAMES:
        assert ("203.0.113.7" in of(name, language).body) == (name not in WITHOUT_ADDRESS), name


@pytest.mark.parametrize("name", NAMES)
def test_all_languages_say_the_same_of_the_same(name: MailName) -> None:
    def named(language: MailLanguage) -> list[str]:
        body = CATALOGUES[language].mails[name].body
        return sorted(field for _, field, _, _ in Formatter().parse(body) if field)

    assert {tuple(named(language)) for language in LANGUAGES} == {tuple(named("en"))}
    links = {
        language: sorted(re.findall(r"\{origin\}\S*", CATALOGUES[language].mails[name].body))
        for language in LANGUAGES
    }
    assert all(found == links["en"] for found in links.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_of_reasons_for_a_freeze_has_words(language: MailLanguage) -> None:
    whys = CATALOGUES[language].frozen_why
    assert set(whys) == set(get_args(FreezeClass))
    assert whys["law"] in of("account_frozen", language).body
    assert texts.frozen_why(Reader(language), "of another build") == whys["review"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_of_a_way_in_has_words(language: MailLanguage) -> None:
    assert set(CATALOGUES[language].credential_changes) == set(get_args(CredentialChange))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_refusing_to_verify_has_words(language: MailLanguage) -> None:
    whys = CATALOGUES[language].refused_why
    assert set(whys) == set(RefusalReason)
    assert texts.refused_why(Reader(language), "of another build") == whys["not_possible"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_stands_on_a_line_of_its_own(language: MailLanguage) -> None:
    without = NOTICES | {
        "email_claimed",
        "email_wanted",
        "password_changed",
        "password_changed_by_password",
        "credential_changed",
        "new_sign_in",
        "account_frozen",
    }
    for name in NAMES:
        count = 0 if name in without else 2 if name == "password_reset_of_one" else 1
        assert of(name, language).body.splitlines().count(LINK) == count, name


def test_who_reads_a_language_that_mails_are_not_written_in_reads_english() -> None:
    written = {language: texts.mail_language(language) for language in get_args(Language)}
    assert {language for language in written if written[language] != "en"} == set(LANGUAGES) - {"en"}


def test_times_are_those_of_who_reads_where_their_zone_is_known() -> None:
    assert "2026-01-31 15:34 (Asia/Riyadh)" in of("new_sign_in", "ar", "Asia/Riyadh").body
    assert "2026-01-31 12:34 UTC" in of("new_sign_in", "en", "Moon/Tranquility").body


class Page(HTMLParser):
    """What of a page is seen, where its links lead, and what else it has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.links: list[str] = []
        self.tags: dict[str, dict[str, str | None]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = dict(attrs)
        if tag == "a":
            self.links.append(str(dict(attrs)["href"]))

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_page_says_what_the_text_says_and_no_link_is_another_than_is_seen(text: Text) -> None:
    page = Page()
    page.feed(page_of(text))
    words = "".join(page.seen).split()
    assert "".join(words) == "".join((text.subject + text.body.replace("-- \n", "")).split())
    assert page.links == re.findall(r"https?://\S+", text.body)
    direction = "rtl" if text.language == "ar" else "ltr"
    assert page.tags["html"] == {"lang": text.language, "dir": direction}
    assert set(page.tags) <= {"html", "head", "meta", "title", "body", "p", "br", "bdi", "a"}


def test_what_could_be_taken_for_a_page_is_text() -> None:
    text = texts.with_phrase(of("new_sign_in", "en"), '<b>&"quoted"</b>')
    assert "&lt;b&gt;&amp;&quot;quoted&quot;&lt;/b&gt;" in page_of(text)
