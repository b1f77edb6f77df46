"""The draft as readers would see it, under the disclaimer that an editor is offered first."""

from stories.body import Body, ShownDisclaimer, body_of
from stories.models import Draft, Story, Topic
from stories.prose import render as renderer
from stories.prose.disclosures import is_sponsored
from stories.workflow.disclaiming import fill, offered_versions
from stories.workflow.freezing import shown_pictures


def preview_of(story: Story) -> Body:
    draft = story.draft
    pictures = shown_pictures(draft.content)
    shown = {address: picture.shown for address, picture in pictures.items()}
    rendered = renderer.render(
        draft.body,
        language=draft.language,
        pictures=shown,
        is_sponsored=is_sponsored(draft.disclosures),
        has_cover=bool(draft.cover),
    )
    cover = pictures.get(draft.cover)
    return body_of(
        draft,
        author=story.author,
        html=rendered.html,
        minutes=rendered.minutes,
        topic_names=dict(Topic.objects.filter(slug__in=draft.topics).values_list("slug", "name")),
        disclaimers=_disclaimers(draft),
        cover_size=cover.facts if cover else None,
    )


def _disclaimers(draft: Draft) -> list[ShownDisclaimer]:
    first = offered_versions(draft.language, draft.disclosures)[:1]
    return [ShownDisclaimer(version.label, fill(version.text), version.language) for version in first]
