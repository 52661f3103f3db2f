# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What may go wrong in the console, each with a word for machines."""

from __future__ import annotations

import urllib.parse

from ansible_collections.msp.autotask.plugins.module_utils._errors import AutotaskError


class ConsoleError(AutotaskError):
    """The console is not as it was expected to be, or refuses; the reason says which."""

    reason = "console_failed"


class NotSeen(ConsoleError):
    """Something that should be on the page was not seen there in time, or was seen more than once."""

    reason = "not_seen"


class LoginRefused(ConsoleError):
    """The console does not let this account in; trying again would only bring it closer to being locked."""

    reason = "login_refused"


class Interrupted(ConsoleError):
    """The console broke off what was being done. What has only been read so far can be read again."""

    reason = "interrupted"


class LoggedOut(Interrupted):
    """The session ended while it was in use."""

    reason = "logged_out"


class Unavailable(Interrupted):
    """Autotask answered with an error, or not at all."""

    reason = "unavailable"


class BrowserFailed(Interrupted):
    """The browser did not do what it was asked, or is not what it was."""

    reason = "browser_failed"


class PageCrashed(BrowserFailed):
    """A page crashed in the browser, most often for want of memory."""

    reason = "browser_crashed"


class BrowserLost(BrowserFailed):
    """The browser ended, or the connection to it did."""

    reason = "browser_lost"


class DriverLost(BrowserFailed):
    """Playwright's driver, the program between us and the browser, ended."""

    reason = "driver_lost"


class ChangedMeanwhile(Interrupted):
    """Somebody else saved what was about to be saved here."""

    reason = "changed_meanwhile"


class LedAway(ConsoleError):
    """The console leads to a page of another host, or to one that others can read on the way."""

    reason = "led_away"

    def __init__(self, url: str, step: str) -> None:
        parts = urllib.parse.urlsplit(url)
        self.url = url
        self.place = f"{parts.hostname or 'nobody'}{parts.path}"
        super().__init__(
            f"The console led to a page of another host, {self.place}, at this step: {step}. Nothing was typed there.",
            step=step,
        )


class Refused(ConsoleError):
    """Autotask says, in words of its own, that it does not do what was asked."""

    reason = "refused"


class NotStored(ConsoleError):
    """What was saved is not what the console shows when it is opened again."""

    reason = "not_stored"


class UnexpectedQuestion(ConsoleError):
    """Autotask asks something that nobody foresaw, so nobody here can answer it."""

    reason = "unexpected_question"


class OnlyReads(ConsoleError):
    """A run that may only read was about to change something."""

    reason = "write_in_read_only_run"


class RunIsOver(ConsoleError):
    """Nobody waits for the outcome any more."""

    reason = "run_is_over"


class DeadlinePassed(ConsoleError):
    """The time that the task was given is over."""

    reason = "deadline_passed"
