"""The draft as readers would see it, under the disclaimer that it would get by default."""

from stories.body import Body, ShownDisclaimer, body_of
from stories.models import Story, Topic
from stories.prose import render as renderer
from stories.workflow.disclaiming import fill, offered_versions
from stories.workflow.freezing import shown_pictures


def preview_of(story: Story) -> Body:
    draft = story.draft
    pictures = shown_pictures(draft.content)
    sizes = {address: renderer.Picture(p.width, p.height, p.colour) for address, p in pictures.items()}
    rendered = renderer.render(draft.body, language=draft.language, pictures=sizes)
    cover = pictures.get(draft.cover)
    return body_of(
        draft,
        author=story.author,
        html=rendered.html,
        minutes=rendered.minutes,
        topic_names=dict(Topic.objects.filter(slug__in=draft.topics).values_list("slug", "name")),
        disclaimers=_disclaimers(draft.language),
        cover_size={"width": cover.width, "height": cover.height} if cover else None,
    )


def _disclaimers(language: str) -> list[ShownDisclaimer]:
    default = [version for version in offered_versions(language) if version.disclaimer.is_default]
    return [ShownDisclaimer(version.label, fill(version.text), version.language) for version in default]
