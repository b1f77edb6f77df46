"""Somebody at the site: cookies, forms as the pages show them, and patience while the server is away."""

import http.client
import random
import re
import threading
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from bench.desk.journal import TOLD_KINDLY, Journal

PATIENCE = 60.0  # seconds in which a site that was killed has to be back


@dataclass
class Form:
    """As it would be sent untouched; `choices` has what a field could be besides."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """All forms of a page, with the fields that stand elsewhere and name their form."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._by_name: dict[str, Form] = {}
        self._open: Form | None = None
        self._stray: list[tuple[str, dict[str, str]]] = []
        self._select: tuple[Form, str] | None = None
        self._text: tuple[Form, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(said.get("action", ""))
            self.found.append(self._open)
            if "id" in said:
                self._by_name[said["id"]] = self._open
        elif tag in ("input", "textarea", "select") and said.get("name"):
            if "form" in said and said["form"] not in self._by_name:
                self._stray.append((tag, said))
            elif form := self._by_name[said["form"]] if "form" in said else self._open:
                self._take(form, tag, said)
        elif tag == "option" and self._select and "value" in said:
            form, name = self._select
            form.choices.setdefault(name, []).append(said["value"])
            if "selected" in said or name not in form.values:
                form.values[name] = said["value"]

    def _take(self, form: Form, tag: str, said: dict[str, str]) -> None:
        name, kind = said["name"], said.get("type", "text")
        if tag == "select":
            self._select = (form, name)
        elif tag == "textarea":
            self._text = (form, name)
            form.values[name] = ""
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(said.get("value", "on"))
            if "checked" in said:
                form.values[name] = said.get("value", "on")
        elif kind not in ("submit", "file"):
            form.values[name] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text:
            form, name = self._text
            form.values[name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._text = None

    def close(self) -> None:
        super().close()
        for tag, said in self._stray:
            if form := self._by_name.get(said["form"]):
                self._take(form, tag, said)


@dataclass(frozen=True)
class Answer:
    status: int
    html: str
    location: str
    path: str

    def form(self, ending: str) -> Form | None:
        """The first form whose address ends so."""
        parser = Forms()
        parser.feed(self.html)
        parser.close()
        return next((form for form in parser.found if urlsplit(form.action).path.endswith(ending)), None)

    def numbers(self, pattern: str) -> list[int]:
        return list(dict.fromkeys(int(number) for number in re.findall(pattern, self.html)))


class Visitor:
    """Sends again what got no answer, as a person would who presses the button once more."""

    def __init__(
        self,
        port: int,
        journal: Journal,
        *,
        seed: str,
        session: str = "",
        address: str = "",
        over: threading.Event,
    ) -> None:
        self.journal = journal
        self.chance = random.Random(seed)
        self.over = over
        self._port = port
        self._cookies = {"session": session} if session else {}
        self._address = address
        self._line: http.client.HTTPConnection | None = None

    def get(self, path: str, what: str) -> Answer:
        answer = self._ask("GET", path, None, what)
        if answer.status == 302:
            return self.get(answer.location, what)
        return answer

    def post(self, path: str, values: dict[str, str], what: str) -> Answer:
        """Every refusal has to be one that a person can do something with."""
        if "csrf" not in self._cookies:
            self.get("/accounts/login/" if "session" not in self._cookies else "/writing/", "a page at first")
        values = {**values, "csrfmiddlewaretoken": self._cookies.get("csrf", "")}
        answer = self._ask("POST", path, values, what)
        if answer.status not in TOLD_KINDLY and answer.status < 500:
            self.journal.breach(
                f"{what}: {path} was answered with {answer.status}, which tells nobody anything"
            )
        return answer

    def twice(self, path: str, values: dict[str, str], what: str) -> list[Answer]:
        """The same form at the same moment from two connections: a double click."""
        answers: list[Answer] = []
        other = Visitor(self._port, self.journal, seed="", address=self._address, over=self.over)
        other._cookies = dict(self._cookies)
        second = threading.Thread(target=lambda: answers.append(other.post(path, values, what)))
        second.start()
        answers.append(self.post(path, values, what))
        second.join()
        other.hang_up()
        return answers

    def _ask(self, method: str, path: str, values: dict[str, str] | None, what: str) -> Answer:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                answer = self._send(method, path, values)
            except (OSError, http.client.HTTPException):
                self.hang_up()
                self.journal.did("answers lost on the way, and asked for again")
                if time.monotonic() > deadline:
                    self.journal.breach(f"{what}: {path} got no answer for {PATIENCE:.0f} seconds")
                    raise
                time.sleep(0.1)
            else:
                self.journal.answered(what, answer.status)
                return answer

    def _send(self, method: str, path: str, values: dict[str, str] | None) -> Answer:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {
            "Host": f"localhost:{self._port}",
            "Accept": "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "X-Forwarded-For": self._address or "10.0.0.1",
        }
        body = None
        if values is not None:
            body = urlencode(values)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, path, body, headers)
        heard = self._line.getresponse()
        html = heard.read().decode(errors="replace")
        for cookie in heard.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        location = heard.headers.get("Location", "")
        parts = urlsplit(location)
        where = parts.path + (f"?{parts.query}" if parts.query else "")
        return Answer(heard.status, html, where, path)

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
