"""A form that stands on a page with others, so that labels and links lead to its own fields."""

from django import forms


class OneOfSeveralForm(forms.Form):
    """`on_page` begins the ids of its fields, whatever they are called when they are sent."""

    on_page = ""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"auto_id": f"{self.on_page}_%s", **kwargs})  # type: ignore[arg-type]
