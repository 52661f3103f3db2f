# Copyright (c) 2026 The msp.autotask contributors
# GNU General Public License v3.0 or later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an API user can ask of its tenant: single answers, lists of rows page by page, the hourly count of requests."""

from __future__ import annotations

import dataclasses
import typing as t
import urllib.parse

from ansible_collections.msp.autotask.plugins.module_utils._rest.errors import NotAutotaskError, RestError
from ansible_collections.msp.autotask.plugins.module_utils._rest.transport import Transport
from ansible_collections.msp.autotask.plugins.module_utils._rest.zone import Zone, find_zone

# Autotask's own maximum.
ROWS_PER_PAGE = 500


@dataclasses.dataclass(frozen=True)
class Credentials:
    """The three parts that Autotask wants with every request."""

    user_name: str
    secret: str = dataclasses.field(repr=False)
    integration_code: str = dataclasses.field(repr=False)

    def __post_init__(self) -> None:
        for name in ("user_name", "secret", "integration_code"):
            value = getattr(self, name)
            if not value or value != value.strip() or not value.isprintable():
                raise RestError(
                    f"api_{name} is empty, or has blanks around it or a line break in it (files often end with one).",
                    reason="malformed_credentials",
                )

    def headers(self) -> dict[str, t.Any]:
        """Return the headers; as bytes, for a header is not text and a secret may hold any letter."""
        return {
            "UserName": self.user_name.encode(),
            "Secret": self.secret.encode(),
            "ApiIntegrationCode": self.integration_code.encode(),
        }


class Client:
    """One API user at its tenant."""

    def __init__(self, transport: Transport, api_url: str, credentials: Credentials) -> None:
        self.transport = transport
        self._api_url = api_url
        self._credentials = credentials
        self._zone: Zone | None = None

    @property
    def user_name(self) -> str:
        return self._credentials.user_name

    @property
    def zone(self) -> Zone:
        """The user's zone, looked up once."""
        if self._zone is None:
            self._zone = find_zone(self.transport, self._api_url, self._credentials.user_name)
        return self._zone

    def get(self, path: str) -> dict[str, t.Any]:
        """Return the answer to GET *path*, which is relative to the version, like C(Companies/entityInformation)."""
        return self._ask("GET", f"{self.zone.api_url}V1.0/{path}")

    def query(
        self, entity: str, filters: t.Sequence[t.Mapping[str, t.Any]], fields: t.Iterable[str] = ()
    ) -> t.Iterator[dict[str, t.Any]]:
        """Return the rows of *entity* that pass all *filters*, page after page; only *fields* of them where given."""
        wanted = list(fields)
        question: dict[str, t.Any] = {"MaxRecords": ROWS_PER_PAGE, "filter": list(filters)}
        if wanted:
            # Without the id Autotask cannot find the next page.
            question["IncludeFields"] = sorted({"id", *wanted})
        url: str | None = f"{self.zone.api_url}V1.0/{entity}/query"
        seen: set[str] = set()
        while url:
            seen.add(url)
            # A query is POSTed because a GET has room for 2,048 characters only. Later pages take the same question.
            answer = self._ask("POST", url, question)
            yield from rows_of(answer, entity)
            url = self._next_page(answer, entity, seen)

    def _next_page(self, answer: dict[str, t.Any], entity: str, seen: set[str]) -> str | None:
        details = answer.get("pageDetails")
        url = details.get("nextPageUrl") if isinstance(details, dict) else None
        if not url:
            return None
        if not isinstance(url, str) or not same_service(url, self.zone.api_url):
            raise NotAutotaskError(f"Autotask named another host for the next page of {entity}, so it was not fetched.")
        if url in seen:
            raise NotAutotaskError(f"The pages of {entity} repeat, so reading was stopped.")
        return url

    def _ask(self, method: str, url: str, question: t.Any = None) -> dict[str, t.Any]:
        return self.transport.ask(method, url, headers=self._credentials.headers(), json=question)

    def usage(self) -> Usage:
        """Return how much of the tenant's hourly allowance is used. Any accepted user may ask."""
        answer = self.get("ThresholdInformation")
        return Usage(
            limit=whole_number(answer.get("externalRequestThreshold")),
            minutes=whole_number(answer.get("requestThresholdTimeframe")),
            used=whole_number(answer.get("currentTimeframeRequestCount")),
        )


@dataclasses.dataclass(frozen=True)
class Usage:
    """Requests of all integrations of the tenant within the time frame, the question itself included."""

    limit: int
    minutes: int
    used: int

    # From half of the limit on Autotask answers each request half a second late, from three quarters a whole second.
    SLOW_FROM: t.ClassVar[float] = 0.5

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    def warning(self) -> str | None:
        if not self.limit or self.used < self.limit * self.SLOW_FROM:
            return None
        return (
            f"{self.used} of {self.limit} requests per {self.minutes} minutes are used in this tenant, by all "
            "integrations together. From half of them on Autotask answers late, beyond the limit not at all."
        )


def rows_of(answer: dict[str, t.Any], entity: str) -> list[dict[str, t.Any]]:
    rows = answer.get("items")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotAutotaskError(f"The query of {entity} was answered without rows.")
    return rows


def dicts_in(value: t.Any) -> list[dict[str, t.Any]]:
    """Return the objects in what should be a list of them."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def same_service(url: str, root: str) -> bool:
    """Say whether *url* is at the same service as *root*: scheme, host, port and path (without regard to case)."""
    one, other = urllib.parse.urlsplit(url), urllib.parse.urlsplit(root)
    return (one.scheme, one.netloc.lower()) == (other.scheme, other.netloc.lower()) and one.path.lower().startswith(
        other.path.lower()
    )


def whole_number(value: t.Any) -> int:
    return value if isinstance(value, int) else 0
