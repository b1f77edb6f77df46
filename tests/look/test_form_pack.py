"""The form pack: every kind of control has a label, and its help and errors are tied to it."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms

CHOICES = [("a", "First"), ("b", "Second")]


class Everything(forms.Form):
    line = forms.CharField(label="Line", help_text="Help for line.")
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput, help_text="Help for secret.")
    text = forms.CharField(label="Text", widget=forms.Textarea, help_text="Help for text.")
    choice = forms.ChoiceField(label="Choice", choices=CHOICES, help_text="Help for choice.")
    radio = forms.ChoiceField(
        label="Radio", choices=CHOICES, widget=forms.RadioSelect, help_text="Help for radio."
    )
    ticks = forms.MultipleChoiceField(
        label="Ticks", choices=CHOICES, widget=forms.CheckboxSelectMultiple, help_text="Help for ticks."
    )
    agree = forms.BooleanField(label="Agree", help_text="Help for agree.")
    file = forms.FileField(label="File", help_text="Help for file.")
    spare = forms.CharField(label="Spare", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


SINGLE = ["line", "secret", "text", "choice", "agree", "file"]
GROUPS = ["radio", "ticks"]


def rendered(form: forms.Form, *, layout: Layout | None = None) -> str:
    helper = FormHelper()
    helper.include_media = False
    helper.layout = layout
    if layout is None:
        helper.add_input(Submit("submit", "Send it"))
    return render_crispy_form(form, helper, {"csrf_token": "token"})


def tag_with(html: str, attribute: str) -> str:
    found = re.search(rf"<[^>]*{re.escape(attribute)}[^>]*>", html)
    assert found, attribute
    return found.group()


@pytest.mark.parametrize("name", SINGLE)
def test_form_pack_ties_label_and_help_to_a_control(name: str) -> None:
    html = rendered(Everything())

    assert f'<label for="id_{name}">' in html
    assert f'aria-describedby="id_{name}_helptext"' in tag_with(html, f' id="id_{name}"')
    assert f'<div class="help" id="id_{name}_helptext">Help for {name}.</div>' in html


@pytest.mark.parametrize("name", SINGLE)
def test_form_pack_ties_errors_to_a_control(name: str) -> None:
    html = rendered(Everything({}))

    control = tag_with(html, f' id="id_{name}"')
    assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in control
    assert 'aria-invalid="true"' in control
    assert f'<ul class="field-error" id="id_{name}_error"><li>This field is required.</li></ul>' in html


@pytest.mark.parametrize("name", GROUPS)
def test_form_pack_names_a_group_by_its_legend(name: str) -> None:
    html = rendered(Everything({}))

    group = tag_with(html, f' id="div_id_{name}"')
    assert f'aria-describedby="id_{name}_helptext id_{name}_error"' in group
    assert f"<legend>{name.capitalize()}</legend>" in html
    assert 'for=""' not in html


def test_form_pack_sums_up_errors_with_links_to_the_fields() -> None:
    form = Everything({})
    form.add_error(None, "The whole thing is off.")

    html = rendered(form)

    summary = html[html.index('<div class="errors"') : html.index("</ul></div>")]
    assert "<li>The whole thing is off.</li>" in summary
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f' id="{target}"' in html
    assert re.findall(r'href="#(?:id_|div_id_)(\w+?)(?:_0)?"', summary) == [
        "line", "secret", "text", "choice", "radio", "ticks", "agree", "file",
    ]  # fmt: skip


def test_form_pack_without_errors_shows_no_summary() -> None:
    assert 'class="errors"' not in rendered(Everything())


def test_form_pack_marks_what_is_optional() -> None:
    html = rendered(Everything())

    assert html.count("(optional)") == 1
    assert '<label for="id_spare">Spare <span class="optional">(optional)</span></label>' in html


def test_form_pack_escapes_what_was_typed_and_what_is_said_of_it() -> None:
    form = Everything({"line": "<b>typed"})
    form.add_error("line", "<i>wrong")

    html = rendered(form)

    assert "<b>" not in html
    assert "<i>" not in html


def test_form_pack_buttons_say_what_they_do() -> None:
    html = rendered(Everything())

    assert re.search(r'<button type="submit" class="button button-primary [^>]*>Send it</button>', html)


def test_form_pack_renders_a_layout() -> None:
    html = rendered(
        Everything(),
        layout=Layout(Fieldset("Both", "line", "text"), Submit("go", "Go", css_class="button-danger")),
    )

    assert "<legend>Both</legend>" in html
    assert 'name="go" value="Go"' in html
    assert "button-primary" not in html
