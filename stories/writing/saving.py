"""A sent form into a saved draft; what stands in the way becomes an error at its field."""

from django.core.exceptions import ValidationError

from accounts.models import User
from stories.models import Story
from stories.pictures.accept import PictureError
from stories.prose.errors import ProseError
from stories.status import Incomplete
from stories.workflow.drafting import Saved, save_draft
from stories.workflow.picturing import keep_picture
from stories.writing.forms import StoryForm
from stories.writing.limits import TOO_MANY_PICTURES, wait_before_upload


class Unfit(Exception):
    """The form has errors, each at its field; nothing was saved."""


def save_form(form: StoryForm, story: Story, *, by: User) -> Saved:
    """Raises Unfit, DraftConflict when another tab was first, WrongState while an editor reads the story."""
    if not form.is_valid():
        raise Unfit
    try:
        content = form.content()
        if (upload := form.cleaned_data["cover_file"]) is not None:
            if wait_before_upload(by):
                form.add_error("cover_file", TOO_MANY_PICTURES)
                raise Unfit
            picture = keep_picture(upload.read(), by=by)
            content = content.changed(cover=picture.address, cover_alt=form.cleaned_data["cover_alt"])
        version, turn = form.cleaned_data["version"], form.turn_of_page()
        return save_draft(story, content, by=by, version=version, turn=turn)
    except PictureError as error:
        form.add_error("cover_file", str(error))
    except ProseError as error:
        form.add_error("body", error.message)
    except Incomplete as error:
        form.add_error(error.field, error.message)
    raise Unfit


def add_missing(form: StoryForm, error: Incomplete) -> None:
    """An error of the submission, at the field that it names."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, ValidationError(error.message, code="missing"))
