"""What the desk's forms accept. Whether it may be done is the workflow's business."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils import timezone

from stories.models import Decision, DisclaimerVersion, LedBy, Reason, Topic
from stories.models.request import REQUEST_CHARACTERS
from stories.moderation.claim_forms import ReadForm
from stories.moderation.seen import SeenForm
from stories.prose.disclosures import KINDS as DISCLOSURES
from stories.prose.languages import LANGUAGES, language_of
from stories.workflow.deciding import NOTE_CHARACTERS, REQUESTS_A_RETURN
from stories.workflow.disclaiming import answering_versions
from stories.workflow.rewording import WHY_CHARACTERS

KINDS = [
    (Decision.Kind.APPROVE.value, "Publish this text"),
    (Decision.Kind.RETURN.value, "Send back with requests"),
    (Decision.Kind.DECLINE.value, "Decline"),
]


class UnderDisclaimers(forms.Form):
    """One disclaimer that says whose words it is, and any that are added for what readers should know besides."""

    added = forms.TypedMultipleChoiceField(
        label="Other disclaimers besides",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "This disclaimer is not offered any more. Choose another one."},
    )

    def versions(self) -> list[DisclaimerVersion]:
        """What was chosen, the base one first and none twice. Needs a valid form."""
        base = self.cleaned_data.get("disclaimer")
        if base is None:
            return []
        added = [pk for pk in self.cleaned_data["added"] if pk != base.pk]
        found = DisclaimerVersion.objects.in_bulk(added)
        return [base, *(found[pk] for pk in added)]


class DecisionForm(ReadForm, UnderDisclaimers):
    """One form for the three answers: what was typed for one is there for the others."""

    decision = forms.ChoiceField(
        label="Your decision",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide: publish, send back or decline."},
    )
    disclaimer = forms.ModelChoiceField(
        DisclaimerVersion.objects.none(),
        required=False,
        empty_label=None,
        label="Disclaimer above the story",
        error_messages={"invalid_choice": "This disclaimer is not offered any more. Choose another one."},
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        empty_label="Choose a reason",
        label="Reason that the author is given",
        error_messages={"invalid_choice": "This reason is not offered any more. Choose another one."},
    )
    led_by = forms.ChoiceField(
        label="What led to it",
        required=False,
        choices=LedBy.choices,
        initial=LedBy.OWN,
        help_text="The author is told, in the statement of reasons.",
        error_messages={"invalid_choice": "Choose one of what is listed."},
    )
    requests = forms.CharField(
        required=False,
        max_length=REQUESTS_A_RETURN * (REQUEST_CHARACTERS + 2),
        label="What to change",
        help_text="Each line is a request that the author answers by itself.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "These requests are longer than %(limit_value)s characters."},
    )
    note = forms.CharField(
        required=False,
        max_length=NOTE_CHARACTERS,
        label="Note to the author",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "The note is longer than %(limit_value)s characters."},
    )
    publish_at = forms.DateTimeField(
        required=False,
        label="Publish later",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "Write the publishing time as a date and a time."},
    )

    def __init__(
        self,
        *args: object,
        versions: list[DisclaimerVersion],
        disclosures: Iterable[str] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offer_versions(self.fields["disclaimer"], versions, disclosures)
        offer_added(self.fields["added"], versions, disclosures)
        offer_reasons(self.fields["reason"])
        zone = timezone.get_current_timezone_name()
        self.fields["publish_at"].help_text = f"Leave it empty to publish at once. Times are those of {zone}."

    def clean_led_by(self) -> str:
        return self.cleaned_data["led_by"] or LedBy.OWN


def offer_versions(
    field: forms.Field, versions: list[DisclaimerVersion], disclosures: Iterable[str] = ()
) -> None:
    """Lets `field` take one of `versions`, the first unless another is chosen; all that answer a disclosure apart."""
    answering = answering_versions(versions, disclosures)
    others = [version for version in versions if version not in answering]
    groups = [("Answers what is disclosed", _named(answering)), ("Others", _named(others))]
    field.queryset = DisclaimerVersion.objects.filter(pk__in=[version.pk for version in versions])  # type: ignore[attr-defined]
    field.choices = groups if answering else _named(others)  # type: ignore[attr-defined]
    field.initial = versions[0].pk if versions else None


def offer_added(
    field: forms.Field, versions: list[DisclaimerVersion], disclosures: Iterable[str] = ()
) -> None:
    """Lets `field` take any of `versions`; what answers a disclosure or is for a topic is ticked, save the base."""
    field.choices = [(version.pk, version.disclaimer.name) for version in versions]  # type: ignore[attr-defined]
    answering = answering_versions(versions, disclosures)
    field.initial = [version.pk for version in versions[1:] if version in answering or version.is_for_topics]


def _named(versions: Sequence[DisclaimerVersion]) -> list[tuple[int, str]]:
    return [
        (each.pk, f"{each.disclaimer.name} ({language_of(each.language).name}, version {each.number})")
        for each in versions
    ]


def offer_reasons(field: forms.Field, *, but: Iterable[str] = ()) -> None:
    """Lets `field` take one of the open reasons, by family, `but` none of these families."""
    offered = Reason.objects.filter(is_open=True).exclude(family__in=but)
    reasons = list(offered)
    families = [
        (family.label, [(reason.pk, reason.label) for reason in reasons if reason.family == family])
        for family in Reason.Family
    ]
    field.queryset = offered  # type: ignore[attr-defined]
    field.choices = [("", "Choose a reason"), *(family for family in families if family[1])]  # type: ignore[attr-defined]


class DisclaimerVersionForm(forms.Form):
    language = forms.ChoiceField(
        label="Language", choices=[(lang.code, f"{lang.name} ({lang.own_name})") for lang in LANGUAGES]
    )
    label = forms.CharField(
        label="Label", max_length=80, help_text="Two or three words above the disclaimer."
    )
    text = forms.CharField(
        label="Words",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="{site} and {publisher} become the names of the site and of its publisher.",
    )


class NextVersionForm(DisclaimerVersionForm, SeenForm):
    pass


class RewordingForm(forms.Form):
    """Names the version that the page showed, so that nobody orders words that they did not read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Why the words change",
        max_length=WHY_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The record of each story has this, and its authors are told.",
    )


class NewDisclaimerForm(DisclaimerVersionForm):
    name = forms.CharField(label="Name", max_length=80, help_text="What editors choose it by.")
    key = forms.SlugField(
        label="Key",
        max_length=40,
        help_text="Small letters, digits and hyphens; it is part of the address and never changes.",
    )
    field_order = ["name", "key"]

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).lower()
        if key == "new":
            raise forms.ValidationError("This key is taken by the page you are on. Choose another one.")
        return key


class OfferForm(forms.Form):
    is_open = forms.BooleanField(label="Offered to editors", required=False)
    is_default = forms.BooleanField(label="Chosen unless an editor chooses another one", required=False)
    answers = forms.ChoiceField(
        label="Chosen first when the author discloses",
        required=False,
        choices=[("", "Nothing in particular"), *((kind.key, kind.label) for kind in DISCLOSURES)],
        error_messages={"invalid_choice": "Choose one of the disclosures that are listed."},
    )
    topics = forms.MultipleChoiceField(
        label="Ticked for stories under these topics",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="It stands besides the disclaimer that says whose words it is. Editors can take it away.",
        error_messages={"invalid_choice": "Choose among the topics that are listed."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["topics"].choices = list(Topic.objects.values_list("slug", "name"))  # type: ignore[attr-defined]
