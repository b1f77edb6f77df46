"""What editors do all day, in whatever order chance has it."""

import re
from datetime import timedelta

from django.utils import timezone

from bench.desk.people import Person
from bench.desk.visitor import Form, Visitor

LEAVE_LYING = 0.06  # of what an editor takes is not looked at again before its time is over
REVIEWS = r'href="/moderation/(\d+)/["?]'


class Editor(Person):
    def __init__(self, visitor: Visitor, name: str, *, lease: float) -> None:
        super().__init__(visitor, name)
        self.lease = lease

    def act(self) -> None:
        days_work = [
            (self.take_next, 36), (self.take_a_named_one, 10), (self.take_over, 8), (self.judge_reports, 13),
            (self.answer_appeal, 12), (self.second, 9), (self.look_later, 6), (self.remove_a_story, 4),
            (self.look_around, 2),
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
        self.send_perhaps_twice(form.action, values, answer, "answer reports")

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
        self.send_perhaps_twice(form.action, values, words, "answer an appeal")

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

    def second(self) -> None:
        """The word on what a colleague proposes."""
        listed = self.visitor.get("/moderation/proposals/", "the proposals")
        proposals = listed.numbers(r'href="/moderation/proposals/(\d+)/"')[:5]
        if not proposals:
            return
        path = f"/moderation/proposals/{self.chance.choice(proposals)}/"
        form = self.visitor.get(path, "a proposal").form("/answer/")
        if form is None:
            return
        words = self.mark("To my colleague:")
        values = {**form.values, "decision": self.chance.choice(["agree", "agree", "refuse"]), "words": words}
        self.send_perhaps_twice(form.action, values, words, "answer a proposal")

    def look_later(self) -> None:
        """At a small change that went live by the policy."""
        listed = self.visitor.get("/moderation/second-looks/", "the second looks")
        looks = listed.numbers(r'href="/moderation/second-looks/(\d+)/"')[:5]
        if not looks:
            return
        path = f"/moderation/second-looks/{self.chance.choice(looks)}/"
        form = self.visitor.get(path, "a second look").form("/verdict/")
        if form is None:
            return
        words = self.mark("About the change:")
        values = {**form.values, "verdict": self.chance.choice(["fine", "put_back"]), "note": words}
        values["reason"] = self.pick(form, "reason")
        self.send_perhaps_twice(form.action, values, words, "look at a small change")

    def send_perhaps_twice(self, path: str, values: dict[str, str], words: str, what: str) -> None:
        is_double = self.chance.random() < 0.2
        send = self.visitor.twice if is_double else lambda *sent: [self.visitor.post(*sent)]
        for answer in send(path, values, what):
            self.check_kept(answer, words, what)

    def look_around(self) -> None:
        for path in ("/moderation/", "/moderation/?state=mine", "/moderation/log/"):
            self.visitor.get(path, "the desk")
