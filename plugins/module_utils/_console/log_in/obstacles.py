# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may stand between password and console: passed if that decides nothing, or else named for a person at once.

None of these pages was seen in Autotask; the words are those that log-ins of other products have (assumed).
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.msp.autotask.plugins.module_utils._console.errors import LoginRefused
from ansible_collections.msp.autotask.plugins.module_utils._console.log_in.panel import Button, Panel
from ansible_collections.msp.autotask.plugins.module_utils._wording import same

if t.TYPE_CHECKING:
    from playwright.sync_api import ElementHandle

BANNER = (
    r"(reject|decline|refuse|deny|disagree)( all)?( (optional )?cookies)?|(i )?(do not|don't) (accept|agree|allow)|"
    r"no,? thanks?( you)?|continue without .*",
    r"(use )?(only )?(necessary|essential|required)( cookies)?( only)?",
    r"(save|confirm|allow)( (my|the))? (choices?|selection|settings|preferences)",
    r"close|dismiss|got it|ok|i understand|understood",
    r"(accept|allow|agree)( all)?( cookies)?( & close)?",
)
"""What a banner about cookies is sent away with, what allows the least first."""

LATER = (
    r"no,? thanks?( you)?|skip( (?!.*\b(content|navigation)\b).*)?|"
    r"(.* )?(later|not now|for now|next time|tomorrow)( .*)?|remind me in .*|"
    r"continue without .*"
)
SEEN = r"ok|okay|got it|thanks|thank you|i understand|understood|great"
GOES_ON = (
    rf"({SEEN})([,!.]? ({SEEN}))?|close|dismiss|continue|next|proceed|done|(let's )?get started|let's (go|start)|"
    r"(continue|go|proceed|take me) to .*|take me there|(continue|proceed) anyway|"
    r"(start using|open|enter) autotask|[\u00d7\u2715\u2716x]"
)
LOGS_IN = r"(log|sign)[ -]?in( again| now)?|(back|return) to (log|sign)[ -]?in"
"""What leads to the log-in from a page before it."""
WITH_PASSWORD = r"((use|enter|try|(log|sign) ?in with|continue with) )?((my|your|a|the) )?password( instead)?"
OTHERS = r"\b(not|another|different|forget|remove|(log|sign) out)\b"
"""What leads away from an account that a page remembers."""
OTHER_WAY = r"(try|use|choose) (another|a different) (way|method|option)( .*)?|other (ways|options|methods)( .*)?"
SENDS = r"ok|okay|continue|next|proceed|log ?in|sign in|submit|send|select|choose|verify|confirm|go"
"""What is pressed after a choice."""
ACCEPTS = r"(i )?(accept|agree)( .*)?|accept (and|&) continue"

TERMS = r"\b(terms|conditions|agreement|policy|policies|eula|privacy (notice|statement))\b"
AGREE = r"\b(agree|accept|consent)\b"
AGREES = r"\bby \w+ing\b.{0,40}\byou (agree|accept|consent)"
AGAIN = r"\b(show|ask|remind|display)\b.*\b(again|this)\b"
"""What a box says that only spares a person the same page the next time."""
NEWS = r"\b(news|newsletter|offers|updates|marketing)\b"
STAY = r"stay (signed|logged) in|keep me (signed|logged) in|remember (me|this (device|browser|computer))|trust this"
OFFERS = (
    rf"{STAY}|is this (your|a \w+) (device|browser|computer)|\bpassword\b.{{0,40}}\bexpires? (in|on|soon)\b|"
    r"(send|show|get|receive|enable|allow|turn on) (you )?((desktop|browser|push) )?notifications"
)
"""What a page offers that is answered with no."""
NO = r"no(,? .*)?|(do not|don't) .*|block|never"
COMPANY = r"(choose|select|pick|which)\b.{0,30}\b(compan(y|ies)|organi[sz]ation|tenant|database|account|workspace)\b"
SET_UP = (
    r"set up (your )?(two|2|multi|authenticat)|(choose|create|set( up)?) (a |your )?(new )?pin\b|"
    r"scan (the|this|a) (qr|bar) ?code|needs more information|more information required|"
    r"(save|keep|print) (these|your) (back-?up|recovery) codes"
)
NEW_PASSWORD = r"create (a |your |new )*password|welcome|first (time|log)"
ROBOT = (
    r"captcha|(not|n't) a robot|(verify|prove|confirm|show)( that)? you( a|')re (a )?human|human verification|"
    r"(?<!qr )\b(code|characters|letters|digits|words?)\b.{0,40}\b(image|picture)|"
    r"characters (you see|shown|above|below)"
)
NO_ROBOT = r"protected by [\w ]*captcha"
"""What says that such a test runs unseen."""
BY_CODE = r"authenticat(or|ion) app|authenticator|verification code|one-time (code|password)|enter (a |the )?code|totp"
NOT_BY_CODE = r"push|approve|notification|text|sms|call|phone|e-?mail|security key|passkey|back-?up|recovery"
APP = r"authenticat(or|ion) app|authenticator"
CODE = r"code|token|\botp\b|one-time pin\b|digit"
"""What a box for a one-time code is called, or stands below."""
PROOF = r"authenticat|factor|verif|two-?step|\b[2m]fa\b"
"""What it may be called, or what it may stand below; but so may any box by which one proves who one is."""
NO_CODE_OF_OURS = (
    r"(sent|texted|e-?mailed)\b.{0,60}\b(code|message|e-?mail)\b|code\b.{0,40}\b(sent|texted|delivered|(e-?)?mailed)\b|"
    r"code\b.{0,40}\b(from|in|by|via|through|per) (\w+ ){0,2}(e-?mail|inbox|text|sms|message|call)\b|"
    r"\bon its way\b|\byou hear\b|"
    r"check your (e-?mail|inbox|messages)|security question|last (\d|two|three|four) digits|"
    r"\benter (a|an|the|your|one of your) (back-?up|recovery|emergency) code|yubikey|securid|"
    r"\b(enter|type|your) (your )?(security )?pin\b|"
    r"\b(verify|confirm|enter|your)\b.{0,20}\b(e-?mail address|(phone|mobile) number)"
)
NOT_ASKED = r"\b(never|do not|don't|can (send|text|e-?mail|call)|instead)\b"
"""What a sentence says that only warns of such a code, or offers one."""
NO_BOX_OF_OURS = (
    r"\b(phone|mobile|tel|e-?mail|answer|pin)\b|back-?up|recovery|"
    r"\b(e-?mail|sms|phone)[ _-]?(code|otp|token)|"
    r"\b(company|client|customer|site|zip|postal|country|area|access|agent|promo|voucher)[ _-]?(code|id|number)"
)
"""What a box is called that is for no code of the authenticator app."""
BY_MESSAGE = r"\b(text|sms|call|phone|e-?mail)\b"
WHO = r"verif|identity|prove|factor|two-?step|how (do|would) you|\bit.s (really )?you\b"
DEVICE = r"\b(use|insert|touch|tap) (your|a) (passkey|security key|fingerprint|face)|your device will ask"
PUSH = r"approve (the |this |a )?(request|sign|log|notification)|push notification|sent a (push|notification)"


REFUSALS = (
    ("captcha", "asks whether it is a person that logs in (CAPTCHA)"),
    ("first_login", "wants this account to be set up: a password, or two-factor authentication"),
    ("password_expired", "wants a new password"),
    ("terms_to_accept", "wants terms to be accepted"),
    ("company_needed", "asks which company to log in to; 'console_company' can name it"),
    ("two_factor_required", "wants a code, and 'console_totp_secret' is not set"),
    ("other_factor", "wants an answer that only a person gets or knows, such as a code by e-mail"),
    ("push_only", "waits for somebody to approve the log-in on a telephone"),
)
"""What only a person can do."""


class Obstacles:
    """Sees to pages that ask for no credential."""

    def __init__(self, has_codes: bool, company: str | None, user_name: str) -> None:
        self._has_codes = has_codes
        self._company = company
        self._user_name = user_name
        self.chose_account = False
        """Whether this account was chosen of those that the page remembers."""
        self._pressed: set[tuple[str, ...]] = set()
        self._usual: tuple[Button, ...] | None = None
        """What can be chosen on the first panel already, such as a language, asks nothing later."""
        self._at_first: tuple[Button, ...] = ()
        """What can be pressed there."""

    def way_around(self, panel: Panel, said: str, password_typed: bool = False) -> Button | None:
        """What to press to get past *panel*, which newly *said* that; LoginRefused if a person must decide."""
        if self._usual is None:
            self._usual, self._at_first = panel.choices, panel.buttons
        if panel.still in self._pressed:
            return None
        self._name_what_a_person_must_do(panel, said)
        button = _banner(panel)
        if not button and not password_typed:
            button = self._to_password(panel, said)
        if not button and any(panel.boxes):
            button = self._past_boxes(panel, said) if password_typed else None
        elif not button:
            button = self._past(panel, said)
        if button:
            self._pressed.add(panel.still)
        return button

    def close_news(self, panel: Panel, said: str, password_typed: bool = False) -> Button | None:
        """What closes a page that only tells something; for when nothing else is known of it."""
        asks = (
            "?" in said
            or any(not _says(AGAIN, words) for words in panel.unticked)
            or any(choice not in (self._usual or ()) for choice in panel.choices)
            or any(panel.boxes)
            or _says(TERMS, said)
            or panel.still in self._pressed
        )
        button = None if asks else _button(panel, GOES_ON if password_typed else f"{GOES_ON}|{LOGS_IN}")
        if button:
            self._pressed.add(panel.still)
        return button

    def is_passed(self, panel: Panel) -> bool:
        """Whether it was dealt with, and only has not gone yet."""
        return panel.still in self._pressed

    def _name_what_a_person_must_do(self, panel: Panel, said: str) -> None:
        if panel.captcha or _says(ROBOT, re.sub(NO_ROBOT, "", "; ".join((said, *panel.hints)), flags=re.IGNORECASE)):
            raise _for_a_person("captcha", panel)
        if len(panel.password_boxes) > 1:
            first = _says(NEW_PASSWORD, said)
            raise _for_a_person("first_login" if first else "password_expired", panel)
        if _says(SET_UP, said):
            raise _for_a_person("first_login", panel)
        asked = [words for words in panel.unticked if _says(AGREE, words) or not _says(f"{STAY}|{NEWS}", words)]
        if any(panel.boxes) and any(_says(TERMS, words) for words in asked):
            raise _for_a_person("terms_to_accept", panel)

    def asks_for_code(self, panel: Panel, said: str) -> bool:
        """Whether its boxes are for a code of the authenticator app; LoginRefused if for what only a person has."""
        is_another = not panel.is_split and not _says(APP, said) and not any(map(_is_for_code, panel.hints))
        if _wants_another(said) or (is_another and any(_says(NO_BOX_OF_OURS, hint) for hint in panel.hints)):
            raise _for_a_person("other_factor", panel)
        return _is_code_asked(panel, "; ".join((said, *(button.words for button in panel.buttons))))

    def sends(self, panel: Panel) -> Button | None:
        """What sends off a choice."""
        return _button(panel, SENDS)

    def box_for(self, what: str, panel: Panel) -> list[ElementHandle]:
        """Of several boxes for text, the one for *what*, as one for a code is called so; all if that does not tell."""
        is_code = what == "one-time code"
        called = zip(panel.text_boxes, panel.hints, strict=True)
        found = [box for box, hint in called if _is_for_code(hint) == is_code]
        return found if len(found) == 1 else list(panel.text_boxes)

    def has_box_for_code(self, panel: Panel) -> bool:
        """Whether a box says by its name that it is for a code."""
        return any(map(_is_for_code, panel.hints))

    def _to_password(self, panel: Panel, said: str) -> Button | None:
        """What leads to the password, where a page remembers the account or asks for something else first."""
        if panel.password_boxes:
            return None
        with_password = _button(panel, WITH_PASSWORD)
        if any(panel.boxes):
            # Beside the user name, the mere word may be a tab, which leads to where one is.
            is_tab = with_password in self._at_first and same(with_password.words, "password")
            return None if is_tab else with_password
        if with_password:
            return with_password
        own = [button for button in (*panel.choices, *panel.buttons) if self._is_own(button.words)]
        if len(own) == 1:
            self.chose_account = True
            return own[0]
        if _says(f"{DEVICE}|{PUSH}", said) and (other := _button(panel, OTHER_WAY)):
            return other
        if _says(DEVICE, said):
            raise _for_a_person("other_factor", panel)
        return None

    def _is_own(self, words: str) -> bool:
        """Whether a tile, or what goes on, is this account's."""
        return names(self._user_name, words) and not _says(OTHERS, words)

    def _past_boxes(self, panel: Panel, said: str) -> Button | None:
        """A page whose boxes are for what nobody has to give, or that has another way."""
        if panel.password_boxes:
            return None
        if _wants_another(said):
            return self._by_app(panel) or _button(panel, LATER)
        return None if _is_code_asked(panel, said) else _button(panel, LATER)

    def _by_app(self, panel: Panel) -> Button | None:
        """What leads from another way to prove who it is to the app's codes."""
        found = [button for button in panel.buttons if _says(APP, button.words)] if self._has_codes else []
        return found[0] if len(found) == 1 else _button(panel, OTHER_WAY) if self._has_codes else None

    def _past(self, panel: Panel, said: str) -> Button | None:
        """A page without boxes."""
        if _says(COMPANY, said):
            return self._chosen_company(panel)
        if _says(OFFERS, said) and (no := _button(panel, NO) or _only(panel.choices, NO)):
            return no
        if later := _button(panel, LATER):
            return later
        if _says(AGREES, said) or (_says(TERMS, said) and (panel.ticks or _button(panel, ACCEPTS))):
            raise _for_a_person("terms_to_accept", panel)
        return self._method(panel, said)

    def _chosen_company(self, panel: Panel) -> Button:
        for button in (*panel.choices, *panel.buttons):
            if button.words.casefold() == (self._company or "").casefold() or names(self._user_name, button.words):
                return button
        raise _for_a_person("company_needed", panel)

    def _method(self, panel: Panel, said: str) -> Button | None:
        """The code's, of several ways to prove who it is."""
        offered = *panel.choices, *panel.buttons
        ways = [button for button in offered if _says(BY_CODE, button.words)]
        by_code = [button for button in ways if not _says(NOT_BY_CODE, button.words)]
        if len(by_code) > 1:
            by_code = [button for button in by_code if _says(APP, button.words)] or by_code
        if len(by_code) == 1 and self._has_codes:
            return by_code[0]
        if by_code:
            raise _for_a_person("other_factor" if self._has_codes else "two_factor_required", panel)
        if by_app := (_says(PUSH, said) or _says(WHO, said)) and self._by_app(panel):
            return by_app
        if _says(PUSH, said):
            raise _for_a_person("push_only", panel)
        by_message = _says(WHO, said) and any(_says(BY_MESSAGE, button.words) for button in offered)
        if by_message or (_wants_another(said) and not _button(panel, GOES_ON)):
            raise _for_a_person("other_factor", panel)
        return None


def names(user_name: str, said: str) -> bool:
    """Whether the user is named in what is *said*, and not another whose name only begins or ends like that."""
    return _says(rf"(?<![\w.+@-]){re.escape(user_name)}(?![\w@-]|\.\w)", said)


def _is_for_code(hint: str) -> bool:
    return _says(f"{CODE}|{PROOF}", hint) and not _says(NO_BOX_OF_OURS, hint)


def _is_code_asked(panel: Panel, said: str) -> bool:
    if panel.is_split or any(map(_is_for_code, panel.hints)):
        return True
    is_called = any(hint.partition("\n")[0] for hint in panel.hints)
    return _says(CODE, said) or (_says(PROOF, said) and not is_called)


def _wants_another(said: str) -> bool:
    """Whether a code, or another answer, is asked for that the authenticator app does not give."""
    asked = (part for part in re.split(r"[.;!?] ", said) if not _says(NOT_ASKED, part))
    return _says(NO_CODE_OF_OURS, "; ".join(asked)) and not _says(APP, said)


def _banner(panel: Panel) -> Button | None:
    buttons = [button for button in panel.buttons if button.in_banner]
    return next((button for words in BANNER for button in buttons if _is(words, button)), None)


def _button(panel: Panel, words: str) -> Button | None:
    return _only(panel.buttons, words)


def _only(buttons: t.Iterable[Button], words: str) -> Button | None:
    """The one button that says so; two would be a choice."""
    found = [button for button in buttons if _is(words, button)]
    return found[0] if len(found) == 1 else None


def _is(words: str, button: Button) -> bool:
    return bool(re.fullmatch(words, _plain(button.words), re.IGNORECASE))


def _plain(words: str) -> str:
    """Words without signs that are drawn beside them."""
    return words.replace("\u2019", "'").strip(" .:!>\u2026\u00bb\u203a\u2192\u00a0")


def _says(words: str, said: str) -> bool:
    return bool(re.search(words, said.replace("\u2019", "'"), re.IGNORECASE))


def _for_a_person(reason: str, panel: Panel) -> LoginRefused:
    what = dict(REFUSALS)[reason]
    return LoginRefused(
        f"The log-in {what}. That is for a person: log in by hand once with this account. Nothing more was tried. The "
        f"page says: {'; '.join(panel.texts)[:300]}",
        reason,
    )
