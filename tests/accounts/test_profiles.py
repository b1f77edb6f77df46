import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import profiles


@pytest.mark.parametrize(
    "name",
    [
        "Asha Rao", "विद्यार्थी", "వెంకట్ రావు", "கார்த்திகா", "ಅನಿತಾ", "മഞ്ജു", "ଅନିତା", "ગૌરવ", "ਗੁਰਪ੍ਰੀਤ", "অনন্যা",
        "اردو ادیب", "Jean-Luc O’Neill", "A. P. J. Abdul Kalam", "Asha 2", "ശ്രീജ\u200dന്‍",
    ],
)  # fmt: skip
def test_display_name_in_any_script_is_kept(name):
    assert profiles.clean_display_name(name)


def test_display_name_is_put_in_one_form():
    assert profiles.clean_display_name("  Ze\u0301  Rao \u202e\u200b ") == "Zé Rao"


def test_display_name_may_be_empty():
    assert profiles.clean_display_name(" \u200b ") == ""


@pytest.mark.parametrize(
    "name", ["\u0301Asha", "<b>Asha", "1 Asha", "★ Asha", "Asha@x", "A" + "\u0301\u0302" * 4]
)
def test_display_name_of_other_signs_is_refused(name):
    with pytest.raises(ValidationError) as refusal:
        profiles.clean_display_name(name)

    assert refusal.value.code == "letters"


def test_display_name_that_poses_in_mixed_alphabets_is_refused():
    with pytest.raises(ValidationError) as refusal:
        profiles.clean_display_name("Аsha Rao")  # the first letter is Cyrillic

    assert refusal.value.code == "mixed"


def test_display_name_is_measured_in_what_a_reader_calls_letters():
    forty = "क्षि" * 40

    assert profiles.clean_display_name(forty) == forty
    with pytest.raises(ValidationError) as refusal:
        profiles.clean_display_name(forty + "क")
    assert refusal.value.code == "long"


def test_bio_of_300_characters_is_kept_and_of_301_refused():
    assert profiles.clean_bio("ख" * 300) == "ख" * 300
    with pytest.raises(ValidationError):
        profiles.clean_bio("ख" * 301)


def test_link_gets_its_host_for_a_label():
    links = profiles.clean_links([{"label": "", "url": " https://example.org/me "}, {"label": "", "url": ""}])

    assert links == [{"label": "example.org", "url": "https://example.org/me"}]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "javascript:alert(1)", "data:text/html,x", "//example.org", "example.org",
        "https://user:secret@example.org/", "https://", "https://ex ample.org/", "https://example.org/" + "x" * 300, "",
    ],
)  # fmt: skip
def test_link_of_another_kind_is_refused(url):
    with pytest.raises(ValidationError):
        profiles.clean_links([{"label": "Me", "url": url}])


def test_links_stop_at_five():
    link = {"label": "Me", "url": "https://example.org/"}

    assert len(profiles.clean_links([link] * 5)) == 5
    with pytest.raises(ValidationError):
        profiles.clean_links([link] * 6)


def test_change_by_another_member_is_refused(member, other_member):
    words = {"display_name": "Asha", "bio": "", "links": [], "languages": ["hi"]}

    with pytest.raises(PermissionDenied):
        profiles.change(member, **words, by=other_member)
    profiles.change(member, **words, by=member)

    member.refresh_from_db()
    assert (member.name, member.languages) == ("Asha", ["hi"])


def test_set_picture_by_another_member_is_refused(member, other_member):
    with pytest.raises(PermissionDenied):
        profiles.set_picture(member, name="pictures/a.webp", by=other_member)
    profiles.set_picture(member, name="pictures/a.webp", by=member)

    member.refresh_from_db()
    assert member.picture == "pictures/a.webp"
