"""What leads the front page: chosen on the page of a published story, ordered and taken off here."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stories.models import Feature
from stories.models.feature import MOST_FEATURED
from stories.moderation.doors import EditorRequest, for_users, load_published
from stories.permissions import may_choose_features
from stories.status import Incomplete, MoveRefused, StoryState
from stories.workflow.featuring import feature, move_up, unfeature

choosers_only = for_users(may_choose_features)
USUALLY = timedelta(days=7)


class FeatureForm(forms.Form):
    ends_at = forms.DateTimeField(
        label="Until when it leads the front page",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "Write the end as a date and a time."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        zone = timezone.get_current_timezone_name()
        self.fields[
            "ends_at"
        ].help_text = f"Afterwards newer stories take its place. Times are those of {zone}."


@choosers_only
@require_safe
def features(request: EditorRequest) -> HttpResponse:
    running = Feature.objects.running(timezone.now())
    context = {
        "features": running.select_related("story__published_revision", "chosen_by"),
        "most": MOST_FEATURED,
        "public": StoryState.PUBLISHED,
    }
    return render(request, "stories/moderation/features.html", context)


@choosers_only
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: EditorRequest, story_id: int) -> HttpResponse:
    """POST says in `deed` what: another end is the same as choosing it, `up` and `off` are for what leads already."""
    story = load_published(request.user, story_id)
    deed = request.POST.get("deed", "")
    form = FeatureForm(
        request.POST if request.method == "POST" and not deed else None,
        initial={"ends_at": timezone.now() + USUALLY},
    )
    try:
        if deed == "up":
            move_up(story, by=request.user)
            return redirect("moderation:features")
        if deed == "off":
            unfeature(story, by=request.user)
            messages.success(request, "The story does not lead the front page any more.")
            return redirect("moderation:features")
        if form.is_valid():
            feature(story, by=request.user, ends_at=form.cleaned_data["ends_at"])
            messages.success(request, "The story leads the front page.")
            return redirect("moderation:features")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
    except MoveRefused as refused:
        messages.info(request, refused.message)
        return redirect("moderation:features")
    context = {"story": story, "text": story.published_revision, "form": form}
    return render(request, "stories/moderation/feature.html", context, status=422 if form.is_bound else 200)
