"""Preferences as they are kept, shown and changed."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

# Those of the web app, as it names them in paths.
Language: TypeAlias = Literal["en", "es", "pt-BR", "de", "fr", "ja", "ko", "zh-CN", "ar"]
Theme: TypeAlias = Literal["system", "dark", "light"]
# Colours of up and down: green and red, blue and orange for who does not tell those apart, red and green.
Palette: TypeAlias = Literal["classic", "safe", "swapped"]
Density: TypeAlias = Literal["comfortable", "compact", "pro"]
# Whose marks numbers are written with.
Numbers: TypeAlias = Literal["auto", "en-US", "de-DE", "fr-FR", "de-CH", "en-IN"]
ClockHours: TypeAlias = Literal["24", "12"]
# That of each device, in the place of a zone of the tz database.
OF_DEVICE: Final = "auto"


class Preferences(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person has chosen, or what holds while they have not."""

    language: Language = "en"
    theme: Theme = "system"
    palette: Palette = "classic"
    density: Density = "comfortable"
    numbers: Numbers = "auto"
    clock: ClockHours = "24"
    time_zone: str = OF_DEVICE
    confirm_limit: bool = True
    confirm_market: bool = True
    shortcuts: bool = True
    orders_in_app: bool = True
    orders_by_mail: bool = False
    transfers_in_app: bool = True
    transfers_by_mail: bool = False
    operators_in_app: bool = True
    operators_by_mail: bool = True


class PreferencesView(msgspec.Struct, frozen=True):
    """How the person likes it. `version` rises with each change; 0 says that nothing was
    chosen yet, but for the language of the sign-up.

    `palette` is that of up and down: green and red, `safe` for who does not tell those apart, or `swapped`.
    `time_zone` is a name of the tz database such as `Asia/Riyadh`, or `auto` for that of each device.
    `confirm_limit` and `confirm_market` say before which orders is asked. Mails are in `language` where
    they are written in it, or else in English. What ends in `_in_app` and `_by_mail` says which
    notifications come by which way; those of security always come by all.
    """

    version: int
    language: Language
    theme: Theme
    palette: Palette
    density: Density
    numbers: Numbers
    clock: ClockHours
    time_zone: str
    confirm_limit: bool
    confirm_market: bool
    shortcuts: bool
    orders_in_app: bool
    orders_by_mail: bool
    transfers_in_app: bool
    transfers_by_mail: bool
    operators_in_app: bool
    operators_by_mail: bool


class ChangedPreferences(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The body that changes some of them, of which `version` was seen; null leaves one as it is."""

    version: int
    language: Language | None = None
    theme: Theme | None = None
    palette: Palette | None = None
    density: Density | None = None
    numbers: Numbers | None = None
    clock: ClockHours | None = None
    time_zone: str | None = None
    confirm_limit: bool | None = None
    confirm_market: bool | None = None
    shortcuts: bool | None = None
    orders_in_app: bool | None = None
    orders_by_mail: bool | None = None
    transfers_in_app: bool | None = None
    transfers_by_mail: bool | None = None
    operators_in_app: bool | None = None
    operators_by_mail: bool | None = None
