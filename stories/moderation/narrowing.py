"""The form that narrows the queue: what it offers is what stories.moderation.filters reads."""

from collections.abc import Mapping
from dataclasses import asdict

from django import forms

from stories.moderation.filters import DUE, RECORDS, STATES, WAITING, QueueFilter
from stories.prose.languages import LANGUAGES


class NarrowingForm(forms.Form):
    topic = forms.ChoiceField(required=False, label="Topic")
    language = forms.ChoiceField(required=False, label="Language")
    state = forms.ChoiceField(required=False, label="State")
    due = forms.ChoiceField(required=False, label="Time left")
    waiting = forms.ChoiceField(required=False, label="Waiting for")
    record = forms.ChoiceField(required=False, label="The author’s record")

    @classmethod
    def of(cls, view: QueueFilter, *, topics: Mapping[str, str]) -> "NarrowingForm":
        """Shows `view` as chosen, a topic too that is not offered any more."""
        offered = {
            "topic": dict(topics),
            "language": {language.code: language.name for language in LANGUAGES},
            "state": STATES,
            "due": DUE,
            "waiting": WAITING,
            "record": RECORDS,
        }
        chosen = asdict(view)
        form = cls(initial=chosen)
        for name, choices in offered.items():
            known = (
                choices
                if not chosen[name] or chosen[name] in choices
                else {**choices, chosen[name]: chosen[name]}
            )
            form.fields[name].choices = [("", _ANY[name]), *known.items()]  # type: ignore[attr-defined]
        return form


def in_words(view: QueueFilter, *, topics: Mapping[str, str]) -> str:
    """What the view narrows to, said in a line."""
    form = NarrowingForm.of(view, topics=topics)
    return ", ".join(
        f"{form.fields[name].label}: {dict(form.fields[name].choices)[value]}"  # type: ignore[attr-defined]
        for name, value in view.parts
    )


_ANY = {
    "topic": "All topics",
    "language": "All languages",
    "state": "With the editors",
    "due": "Any",
    "waiting": "Any time",
    "record": "Any",
}
