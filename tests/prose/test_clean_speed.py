"""Half a megabyte of anything is cleaned, or refused, in less than a second of processor time."""

import contextlib
import time

import pytest

from stories.prose.clean import MAX_BYTES, ProseError, clean
from stories.prose.render import render

BEFORE = {
    "nothing": "",
    "a cell": "<table><tr><td>" + "<i>" * 80,
    "distinct formatting": "".join(f"<font a={number}>" for number in range(95)),
}
REPEATED = (
    "<div> <p> <p>x <b> <b><p>x <b><i></b></i>x <td>x <tr> <tr><td>x < <! </ </a <!-- <? & &# &#9 &amp; &gt; <a "
    '<a_x=" <a_x=\'" <a_"> <p_a_b_c_d=1> <p_a="> <b>x</b> <b></b> <ul><li>x <li>x <br> x<br> <br>x<br><br> <img> '
    "<img_src=/media/pictures/a.webp> <a_href=https://a.b>x <a_href=https://a.b>_</a> <figure> "
    "<figure><figcaption>x</figcaption></figure> <h2>x <!----> <script> <script></script> <title> <p>_</p> \u200b x~~ "
    "<table><tr><td>x</table> </b> </p> </div> </td> </table> \u202e e\u0301 \u0301 <x-y></x-y> <x/> <hr> "
    "<pre>x</pre> word_ <p><b>x</b></p> <blockquote>x</blockquote> <footer>x <blockquote>x<footer>x "
    "<svg><style> <math><mi> ]]> <![CDATA[ "
    "\u0338 &nbsp; ~"
)
WORST = ["<p>", "<p>x", "<td>x", "<tr>", "x<br>", "<p> </p>", "<b></b>", "<p><b>x</b></p>", "<hr>", "<"]


@pytest.mark.parametrize("before", BEFORE)
def test_clean_grows_with_the_length_and_no_faster(before):
    for each in REPEATED.split(" "):
        unit = each.replace("_", " ").replace("~", "\n")

        # 0.03 s alone on its core.
        assert seconds_to_clean(BEFORE[before], unit, MAX_BYTES // 20) < 0.5, unit


@pytest.mark.parametrize("unit", WORST)
def test_clean_takes_about_a_second_for_the_worst(unit):
    assert seconds_to_clean(BEFORE["a cell"], unit, MAX_BYTES) < 1.5  # 0.7 s alone on its core


def seconds_to_clean(before: str, unit: str, size: int) -> float:
    """The best of three, since a busy machine only ever adds: one is enough where it is quick."""
    text = before + unit * ((size - len(before)) // len(unit.encode()))
    taken = []
    while len(taken) < 3 and (not taken or min(taken) > 0.25):
        begun = time.process_time()
        with contextlib.suppress(ProseError):
            clean(text)
        taken.append(time.process_time() - begun)
    return min(taken)


def test_a_long_story_is_cleaned_and_rendered_in_a_blink():
    paragraph = "<p>" + "Words that <strong>somebody</strong> wrote, ten of them here. " * 10 + "</p>"
    story = f"<h2>A heading</h2>{paragraph * 6}<ul><li>One</li><li>Two</li></ul>" * 10
    cleaned = clean(story)
    assert 4_500 < render(cleaned).words < 5_500

    best = min(_time(lambda: render(clean(story))) for _ in range(5))

    assert best < 0.1  # 0.03 s alone on its core


def _time(work):
    begun = time.process_time()
    work()
    return time.process_time() - begun
