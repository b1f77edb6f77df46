"""The draft as readers would see it, under the disclaimer that an editor is offered first."""

from dataclasses import replace

from stories.body import Body, ShownDisclaimer, body_of
from stories.models import Draft, Story, Topic
from stories.prose import render as renderer
from stories.prose.disclosures import is_sponsored
from stories.workflow.disclaiming import fill, offered_versions
from stories.workflow.freezing import shown_pictures

NOT_REVIEWED = ShownDisclaimer(
    "Not yet reviewed",
    "This is a draft that its author shows you. The editors of {site} have not approved it as it stands here, "
    "and it may still change.",
    "en",
)


def preview_of(story: Story) -> Body:
    return _body(story, _disclaimers(story.draft))


def shown_to_friends(story: Story) -> Body:
    """The same, under words that say that no editor has approved it."""
    return _body(story, [replace(NOT_REVIEWED, text=fill(NOT_REVIEWED.text))])


def _body(story: Story, disclaimers: list[ShownDisclaimer]) -> Body:
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
        authors=story.authors(),
        html=rendered.html,
        minutes=rendered.minutes,
        topic_names=dict(Topic.objects.filter(slug__in=draft.topics).values_list("slug", "name")),
        disclaimers=disclaimers,
        cover_size=cover.facts if cover else None,
    )


def _disclaimers(draft: Draft) -> list[ShownDisclaimer]:
    first = offered_versions(draft.language, draft.disclosures)[:1]
    return [ShownDisclaimer(version.label, fill(version.text), version.language) for version in first]
