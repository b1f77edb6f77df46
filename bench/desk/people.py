"""What authors and readers do all day, in whatever order chance has it."""

import time

from bench.desk.visitor import Answer, Form, Visitor


class Person:
    def __init__(self, visitor: Visitor, name: str) -> None:
        self.visitor = visitor
        self.name = name
        self.turn = 0

    @property
    def chance(self):
        return self.visitor.chance

    def mark(self, what: str) -> str:
        """Words that nobody else says, to find them again."""
        self.turn += 1
        return f"{what} {self.name} {self.turn}."

    def act(self) -> None:
        raise NotImplementedError

    def pick(self, form: Form, name: str) -> str:
        offered = [value for value in form.choices.get(name, []) if value]
        return self.chance.choice(offered) if offered else ""

    def key(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def check_kept(self, answer: Answer, words: str, what: str) -> None:
        """Who is refused has what they typed still before them."""
        if answer.status in (409, 422) and words not in answer.html:
            self.visitor.journal.breach(f"{what}: {answer.path} answered {answer.status} without “{words}”")


class Author(Person):
    """`stories` are led by this author alone."""

    def __init__(self, visitor: Visitor, name: str, stories: list[int]) -> None:
        super().__init__(visitor, name)
        self.stories = stories

    def act(self) -> None:
        # Mostly what stands first in the queue, where the editors are.
        story = self.chance.choice(self.stories[: 2 if self.chance.random() < 0.8 else None])
        deeds = [
            (self.write_and_submit, 32), (self.write, 10), (self.answer_requests, 18), (self.take_back, 6),
            (self.take_off_or_put_on, 6), (self.appeal, 14), (self.change_a_little, 14),
        ]  # fmt: skip
        chosen, weights = zip(*deeds, strict=True)
        self.chance.choices(chosen, weights)[0](story)

    def write(self, story: int, *, and_submit: bool = False) -> None:
        form = self.visitor.get(f"/writing/{story}/", "the editor").form(f"/writing/{story}/")
        if form is None or "version" not in form.values:
            return
        mark = self.mark("Written by")
        what = "write and submit" if and_submit else "write"
        self._send(story, form, f"My grandmother baked.\n\n{mark}", mark, what, and_submit=and_submit)

    def change_a_little(self, story: int) -> None:
        """A few words more: of a published story they go live at once, as long as its author is trusted."""
        form = self.visitor.get(f"/writing/{story}/", "the editor").form(f"/writing/{story}/")
        if form is None or "version" not in form.values:
            return
        mark = self.mark("A word more by")
        body = f"{form.values['body']}\n\n{mark}"
        self._send(story, form, body, mark, "change a little and submit", and_submit=True)

    def _send(self, story: int, form: Form, body: str, mark: str, what: str, *, and_submit: bool) -> None:
        values = {**form.values, "body": body, "topics": "work"}
        values["action"] = "submit" if and_submit else "save"
        answer = self.visitor.post(form.action, values, what)
        if answer.status == 302:
            self.visitor.journal.saved[story] = mark
            self.visitor.journal.perhaps.pop(story, None)
        else:
            self.visitor.journal.perhaps.setdefault(story, []).append(mark)
        if answer.status in (400, 409, 429) and mark not in answer.html:
            self.visitor.journal.breach(
                f"{what}: story {story} was answered {answer.status} without the text"
            )

    def write_and_submit(self, story: int) -> None:
        self.write(story, and_submit=True)

    def answer_requests(self, story: int) -> None:
        numbers = self.visitor.get(f"/writing/{story}/", "the editor").numbers(
            rf'href="/writing/{story}/submissions/(\d+)/'
        )
        for number in numbers[:1]:
            page = self.visitor.get(f"/writing/{story}/submissions/{number}/", "a submission")
            if form := page.form("/answers/"):
                ticks = {
                    name: self.chance.choice(["done", "disagreed"])
                    for name in form.choices
                    if "tick_" in name
                }
                whys = {name.replace("tick", "because"): "It was never known." for name in ticks}
                values = {**form.values, **ticks, **whys, "action": "submit"}
                self.visitor.post(form.action, values, "answer requests and submit")
            else:
                self.write_and_submit(story)

    def take_back(self, story: int) -> None:
        self.visitor.get("/writing/", "my stories")
        verb = self.chance.choice(["withdrawal", "withdrawal", "schedule"])
        self.visitor.post(f"/writing/{story}/{verb}/", {}, "take back")

    def take_off_or_put_on(self, story: int) -> None:
        self.visitor.get("/writing/", "my stories")
        verb = self.chance.choice(["unlisting", "publication"])
        self.visitor.post(f"/writing/{story}/{verb}/", {}, "take off, or put on again")

    def appeal(self, story: int) -> None:
        """Against what a notice tells of, if there is one."""
        told = self.visitor.get("/writing/notices/", "my notices")
        links = told.numbers(r'href="/writing/notices/(\d+)/"')
        if links:
            page = self.visitor.get(
                f"/writing/notices/{self.chance.choice(links)}/", "what a notice tells of"
            )
            story = next(iter(page.numbers(r'href="/writing/(\d+)/appeals/"')), story)
        form = self.visitor.get(f"/writing/{story}/appeals/", "appeals of a story").form("/appeals/")
        if form is None or "target" not in form.values:
            return
        words = self.mark("It is wrong, says")
        send = self.visitor.twice if self.chance.random() < 0.2 else lambda *sent: [self.visitor.post(*sent)]
        answers = send(form.action, {**form.values, "text": words}, "appeal")
        for answer in answers:
            self.check_kept(answer, words, "appeal")
        if any(answer.status == 302 for answer in answers) and self.is_there(story, words):
            self.visitor.journal.acknowledge(self.visitor.journal.appealed, words)

    def is_there(self, story: int, words: str) -> bool:
        """What the page of appeals shows is promised; a form that came too late is answered as kindly."""
        return words in self.visitor.get(f"/writing/{story}/appeals/", "appeals of a story").html


class Reader(Person):
    """Without an account unless the visitor is signed in."""

    opened = ""

    def act(self) -> None:
        latest = self.visitor.get("/latest/", "a public page")
        slugs = list(dict.fromkeys(_slugs(latest.html)))
        if not slugs:
            self.visitor.over.wait(0.5)
            return
        path = f"/stories/{self.chance.choice(slugs[:12])}/"
        self.visitor.get(path, "a public page")
        if self.chance.random() < 0.6:
            self.report(path)

    def report(self, path: str) -> None:
        form = self.visitor.get(f"{path}report/", "the form of a report").form("/report/")
        if form is None:
            return
        if not self.opened:  # nobody fills it in within three seconds
            self.opened = form.values["opened"]
            if self.visitor.over.wait(3.5):
                return
        words = self.mark("Stands in my book, says")
        kind = self.chance.choice(["copied", "false", "hate", "spam", "illegal"])
        values = {**form.values, "opened": self.opened, "kind": kind, "explanation": words, "passage": ""}
        values |= {"name": "Greta Quiet", "email": "", "in_good_faith": "on", "website": ""}
        values.pop("is_about_minors", None)
        if kind == "illegal":
            values["email"] = f"{self.name}@mystory.example".replace(" ", "-")
        send = self.visitor.twice if self.chance.random() < 0.2 else lambda *sent: [self.visitor.post(*sent)]
        answers = send(form.action, values, "report")
        for answer in answers:
            self.check_kept(answer, words, "report")
            if answer.status == 302:
                self.visitor.journal.acknowledge(self.visitor.journal.reported, words)
                receipt = self.visitor.get(answer.location, "a receipt")
                if receipt.status != 200 or words not in receipt.html:
                    self.visitor.journal.breach(f"the receipt {answer.location} does not show what was sent")


def _slugs(html: str) -> list[str]:
    return [part.split("/", 1)[0] for part in html.split('href="/stories/')[1:]]


def work(person: Person, pause: float) -> None:
    """Until it is over."""
    while not person.visitor.over.is_set():
        person.act()
        time.sleep(person.chance.random() * pause)
