"""What editors, authors and readers do all day, in whatever order chance has it."""

import re
import time
from datetime import timedelta

from django.utils import timezone

from bench.desk.visitor import Answer, Form, Visitor

LEAVE_LYING = 0.06  # of what an editor takes is not looked at again before its time is over
REVIEWS = r'href="/moderation/(\d+)/["?]'


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

    def pick(self, form: Form, name: str) -> str:
        offered = [value for value in form.choices.get(name, []) if value]
        return self.chance.choice(offered) if offered else ""

    def key(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def check_kept(self, answer: Answer, words: str, what: str) -> None:
        """Who is refused has what they typed still before them."""
        if answer.status in (409, 422) and words not in answer.html:
            self.visitor.journal.breach(f"{what}: {answer.path} answered {answer.status} without “{words}”")


class Editor(Person):
    def __init__(self, visitor: Visitor, name: str, *, lease: float) -> None:
        super().__init__(visitor, name)
        self.lease = lease

    def act(self) -> None:
        days_work = [
            (self.take_next, 50), (self.take_a_named_one, 15), (self.take_over, 12), (self.judge_reports, 13),
            (self.answer_appeal, 6), (self.remove_a_story, 2), (self.look_around, 2),
        ]  # fmt: skip
        deeds, weights = zip(*days_work, strict=True)
        self.chance.choices(deeds, weights)[0]()

    def take_next(self) -> None:
        values = {"key": self.key()}
        if self.chance.random() < 0.1:
            self.visitor.twice("/moderation/next/", values, "take the next one")
        answer = self.visitor.post("/moderation/next/", values, "take the next one")
        if taken := re.match(r"/moderation/\d+/", answer.location):
            self.read(taken[0])

    def take_a_named_one(self) -> None:
        """Of the first few, which everybody sees: most who try are too late."""
        queue = self.visitor.get("/moderation/?state=waiting", "the queue")
        if waiting := queue.numbers(REVIEWS)[:3]:
            path = f"/moderation/{self.chance.choice(waiting)}/"
            self.visitor.post(f"{path}claim/", {"key": self.key()}, "take a named one")
            self.read(path)

    def take_over(self) -> None:
        queue = self.visitor.get("/moderation/?state=reading", "the queue")
        for number in self.chance.sample(found := queue.numbers(REVIEWS), min(3, len(found))):
            page = self.visitor.get(f"/moderation/{number}/", "a review page")
            if form := page.form("/take-over/"):
                why = self.mark("You are away:")
                answer = self.visitor.post(form.action, {**form.values, "note": why}, "take over")
                self.check_kept(answer, why, "take over")
                if answer.status == 302:
                    self.read(f"/moderation/{number}/")
                return

    def read(self, path: str) -> None:
        page = self.visitor.get(path, "a review page")
        form = page.form("/decision/")
        if form is None or not form.values.get("claim"):
            return
        roll = self.chance.random()
        if roll < LEAVE_LYING:
            self.visitor.journal.did("left lying until the time was over")
            self.visitor.over.wait(self.lease * 1.3)
        elif roll < 0.12:
            self.visitor.post(f"{path}release/", {"claim": form.values["claim"]}, "put back")
            return
        elif roll < 0.22:
            self.visitor.post(f"{path}lease/", {"claim": form.values["claim"]}, "keep longer")
        self.decide(form)

    def decide(self, form: Form) -> None:
        kind = self.chance.choices(["approve", "return", "decline"], [50, 30, 20])[0]
        note = self.mark(f"To be read ({kind}):")
        values = {**form.values, "decision": kind, "note": note, "requests": "", "publish_at": ""}
        values["disclaimer"] = self.pick(form, "disclaimer")
        for name in form.choices:
            if name.startswith("settle_"):
                waived = self.chance.random() < 0.3
                values[name] = "waived" if waived else "accepted"
                values[name.replace("settle", "why")] = "No longer needed." if waived else ""
        if kind == "approve" and self.chance.random() < 0.25:
            soon = timezone.localtime(timezone.now() + timedelta(seconds=self.chance.randint(2, 8)))
            values["publish_at"] = soon.strftime("%Y-%m-%dT%H:%M:%S")
        if kind == "return":
            values["requests"] = "Name the year.\nSay who baked." if self.chance.random() < 0.7 else ""
        if kind == "decline":
            values["reason"] = self.pick(form, "reason")
        is_double = self.chance.random() < 0.1
        send = self.visitor.twice if is_double else lambda *sent: [self.visitor.post(*sent)]
        answers = send(form.action, values, f"decide: {kind}")
        for answer in answers:
            self.check_kept(answer, note, "decide")
        if any(answer.status == 302 and "decided" in answer.location for answer in answers):
            self.visitor.journal.decided[int(form.values["claim"])] = note

    def judge_reports(self) -> None:
        listed = self.visitor.get("/moderation/reports/", "the reports")
        groups = listed.numbers(r'href="/moderation/reports/(\d+)/"')[:5]
        if not groups:
            return
        path = f"/moderation/reports/{self.chance.choice(groups)}/"
        self.visitor.post(f"{path}claim/", {"key": self.key()}, "take reports")
        form = self.visitor.get(path, "a page of reports").form("/decision/")
        if form is None or not form.values.get("claim"):
            return
        if self.chance.random() < LEAVE_LYING:
            self.visitor.over.wait(self.lease * 1.3)
        note = self.mark("About the reports:")
        answer = self.mark("To the reporters:")
        chosen = self.chance.choices(["dismiss", "disclaimer", "remove", "done", "return", "duplicate"],
                                     [45, 20, 15, 5, 10, 5])[0]  # fmt: skip
        values = {**form.values, "decision": chosen, "note": note, "answer": answer}
        values["reason"] = self.pick(form, "reason")
        values["disclaimer"] = self.pick(form, "disclaimer")
        values["earlier"] = self.pick(form, "earlier")
        if self.chance.random() < 0.15:
            for each in self.visitor.twice(form.action, values, "answer reports"):
                self.check_kept(each, answer, "answer reports")
        else:
            self.check_kept(
                self.visitor.post(form.action, values, "answer reports"), answer, "answer reports"
            )

    def answer_appeal(self) -> None:
        listed = self.visitor.get("/moderation/appeals/", "the appeals")
        appeals = listed.numbers(r'href="/moderation/appeals/(\d+)/"')[:5]
        if not appeals:
            return
        path = f"/moderation/appeals/{self.chance.choice(appeals)}/"
        self.visitor.post(f"{path}claim/", {"key": self.key()}, "take an appeal")
        page = self.visitor.get(path, "an appeal")
        if form := page.form("/take-over/"):
            why = self.mark("You are away:")
            answer = self.visitor.post(form.action, {**form.values, "note": why}, "take an appeal over")
            self.check_kept(answer, why, "take an appeal over")
            page = self.visitor.get(path, "an appeal")
        form = page.form("/answer/")
        if form is None or not form.values.get("claim"):
            return
        if self.chance.random() < LEAVE_LYING:
            self.visitor.over.wait(self.lease * 1.3)
        words = self.mark("About the appeal:")
        values = {**form.values, "decision": self.chance.choice(["uphold", "reject"]), "answer": words}
        values["disclaimer"] = self.pick(form, "disclaimer")
        send = self.visitor.twice if self.chance.random() < 0.2 else lambda *sent: [self.visitor.post(*sent)]
        for answer in send(form.action, values, "answer an appeal"):
            self.check_kept(answer, words, "answer an appeal")

    def remove_a_story(self) -> None:
        listed = self.visitor.get("/moderation/log/?action=publish", "the log")
        stories = listed.numbers(r'href="/moderation/published/(\d+)/"')
        if not stories:
            return
        page = self.visitor.get(f"/moderation/published/{self.chance.choice(stories)}/", "a published story")
        if form := page.form("/removal/"):
            values = {**form.values, "reason": self.pick(form, "reason"), "note": self.mark("Taken off:")}
            self.visitor.post(form.action, values, "remove")
        elif form := page.form("/restoration/"):
            self.visitor.post(form.action, {**form.values, "note": self.mark("Put back:")}, "restore")

    def look_around(self) -> None:
        for path in ("/moderation/", "/moderation/?state=mine", "/moderation/log/"):
            self.visitor.get(path, "the desk")


class Author(Person):
    """`stories` are led by this author alone."""

    def __init__(self, visitor: Visitor, name: str, stories: list[int]) -> None:
        super().__init__(visitor, name)
        self.stories = stories

    def act(self) -> None:
        # Mostly what stands first in the queue, where the editors are.
        story = self.chance.choice(self.stories[: 2 if self.chance.random() < 0.8 else None])
        deeds = [
            (self.write_and_submit, 40), (self.write, 12), (self.answer_requests, 20), (self.take_back, 8),
            (self.take_off_or_put_on, 8), (self.appeal, 12),
        ]  # fmt: skip
        chosen, weights = zip(*deeds, strict=True)
        self.chance.choices(chosen, weights)[0](story)

    def write(self, story: int, *, and_submit: bool = False) -> None:
        form = self.visitor.get(f"/writing/{story}/", "the editor").form(f"/writing/{story}/")
        if form is None or "version" not in form.values:
            return
        mark = self.mark("Written by")
        values = {**form.values, "body": f"My grandmother baked.\n\n{mark}", "topics": "work"}
        values["action"] = "submit" if and_submit else "save"
        what = "write and submit" if and_submit else "write"
        answer = self.visitor.post(form.action, values, what)
        if answer.status == 302:
            self.visitor.journal.saved[story] = mark
        elif answer.status in (400, 409, 429) and mark not in answer.html:
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


def work(person: Editor | Author | Reader, pause: float) -> None:
    """Until it is over."""
    while not person.visitor.over.is_set():
        person.act()
        time.sleep(person.chance.random() * pause)
