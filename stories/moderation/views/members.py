"""A member as the desk knows them: the record, warnings and suspensions, and giving one."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import Authorship, Reason, Sanction, Story, Submission
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.forms import offer_reasons
from stories.moderation.records import Record, records_of
from stories.moderation.refusing import Refused, refused_by
from stories.permissions import is_editor
from stories.status import Incomplete, MoveRefused
from stories.workflow.sanctioning import MOST_DAYS, NOTE_CHARACTERS, suspend, warn

STORIES = 30


class StoryField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Story) -> str:
        return obj.seen_title or "A story without a title"  # type: ignore[attr-defined]


class SanctionForm(forms.Form):
    kind = forms.ChoiceField(
        label="What you do",
        choices=Sanction.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you warn or suspend."},
    )
    days = forms.IntegerField(
        label="For how many days, if you suspend",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text="It ends by itself. The member can read, keep drafts, take their work with them, and leave.",
    )
    story = StoryField(Story.objects.none(), label="Which story it is about", empty_label="Choose a story")
    reason = forms.ModelChoiceField(
        Reason.objects.none(), empty_label="Choose a reason", label="Reason that the member is given"
    )
    note = forms.CharField(
        label="Note to the member",
        max_length=NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Say what happened, and what you expect. The other authors of the story are not told.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, stories: QuerySet[Story], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["story"].queryset = stories  # type: ignore[attr-defined]
        offer_reasons(self.fields["reason"])


@editors_only
@require_safe
def member(request: EditorRequest, username: str) -> HttpResponse:
    return _show(request, _load(request.user, username))


@editors_only
@require_POST
def sanction(request: EditorRequest, username: str) -> HttpResponse:
    found = _load(request.user, username)
    form = SanctionForm(request.POST, stories=_stories(found, request.user))
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    data = dict(form.cleaned_data)
    kind, days, story = data.pop("kind"), data.pop("days"), data.pop("story")
    try:
        if kind == Sanction.Kind.WARNING:
            warn(found, story, by=request.user, **data)
            messages.success(request, "The member is warned, in your words.")
        else:
            suspend(found, story, by=request.user, days=days, **data)
            messages.success(request, "The member is suspended, and told why, until when, and how to appeal.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, found, form=form, status=422)
    except MoveRefused as refused:
        told = refused_by(refused, form, in_form=True)
        return _show(request, found, form=form, refused=told, status=409)
    return redirect("moderation:member", found.username)


def _load(editor: User, username: str) -> User:
    """Somebody of whom an editor was sent a story; neither oneself nor who left."""
    if "\x00" in username:  # PostgreSQL keeps no NUL, and takes none as a question either
        raise Http404
    found = get_object_or_404(User, username=username.lower(), closed_at__isnull=True)
    if found.pk == editor.pk or not Submission.objects.filter(story__authorships__author=found).exists():
        raise Http404
    return found


def _stories(found: User, editor: User) -> QuerySet[Story]:
    """What editors were sent of the member's, the newest first, under the title that was sent last."""
    sent = Submission.objects.filter(story=OuterRef("pk")).order_by("-id")
    wrote = Authorship.objects.filter(story=OuterRef("pk"), author=found)
    stories = Story.objects.kept().not_by(editor).filter(Exists(sent), Exists(wrote))
    return stories.annotate(seen_title=sent.values("revision__title")[:1]).order_by("-id")


def _show(
    request: EditorRequest,
    found: User,
    *,
    form: SanctionForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    given = found.sanctions.select_related("story", "ground", "given_by", "appeal__answer__answered_by")
    if form is None and not is_editor(found):
        form = SanctionForm(initial={"key": uuid4()}, stories=_stories(found, request.user))
    context = {
        "member": found,
        "record": records_of([found.pk], with_trust=True).get(found.pk, Record()),
        "sanctions": [(each, each.is_running(now)) for each in given.order_by("-id")[:STORIES]],
        "form": form,
        "refused": refused,
    }
    return render(request, "stories/moderation/member.html", context, status=status)
