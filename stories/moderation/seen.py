"""A form that names the last that its page showed, so that nobody undoes what they did not see."""

from django import forms


class SeenForm(forms.Form):
    up_to = forms.IntegerField(required=False, widget=forms.HiddenInput)
