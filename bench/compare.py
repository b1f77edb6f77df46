"""`python -m bench.compare`: how long two revisions of a story take to compare and to write on a page."""

import os
import random
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
os.environ.setdefault("MYSTORY_SECRET_KEY", "for measuring only: " + "0123456789abcdef" * 3)
os.environ.setdefault("MYSTORY_SERVED", "1")  # nothing here asks the database

import django
from django.template.loader import render_to_string

from stories.content import Content
from stories.prose.compare import Comparison, compare

WORDS = 5000
ROUNDS = 5


def main() -> None:
    django.setup()
    chance = random.Random(5)
    vocabulary = [f"word{number}" for number in range(3000)] + ["the", "of", "and", "to", "in", "a"] * 300
    story = [sentence(chance, vocabulary, 75) for _ in range(WORDS // 75)]
    other = [sentence(chance, vocabulary, 75) for _ in range(WORDS // 75)]
    one = [" ".join(story)]
    short = [sentence(chance, vocabulary, 6) for _ in range(5000)]
    cases: dict[str, tuple[list[str], list[str]]] = {
        "5,000 words, a word in each fourth paragraph, one moved, one new": (story, edited(chance, story)),
        "5,000 words, all others": (story, other),
        "5,000 words in one paragraph, each fortieth another": (one, [scattered(one[0])]),
        "5,000 words in one paragraph, all others": (one, [" ".join(other)]),
        "5,000 words, paragraphs in reverse": (story, story[::-1]),
        "30,000 words in 5,000 paragraphs in reverse": (short, short[::-1]),
        "30,000 words in 10,000 equal paragraphs, 2,000 fewer": (["x y z"] * 10_000, ["x y z"] * 8_000),
        "60,000 words in one paragraph, all others": (
            [sentence(chance, vocabulary[:500], 60_000)],
            [sentence(chance, vocabulary[:500], 60_000)],
        ),
    }
    print("| two texts | compared in ms | shown in ms |\n|---|---|---|")
    for name, (before, after) in cases.items():
        texts = [Content(body="".join(f"<p>{each}</p>" for each in text)) for text in (before, after)]
        comparing, found = quickest(lambda texts=texts: compare(*texts))
        showing, _ = quickest(lambda found=found: show(found))
        print(f"| {name} | {comparing:.0f} | {showing:.0f} |", flush=True)


def sentence(chance: random.Random, vocabulary: list[str], words: int) -> str:
    return " ".join(chance.choice(vocabulary) for _ in range(words)) + "."


def edited(chance: random.Random, paragraphs: list[str]) -> list[str]:
    after = [scattered(each) if not place % 4 else each for place, each in enumerate(paragraphs)]
    after.insert(40, after.pop(10))
    return [*after[:30], "A paragraph that is new.", *after[30:]]


def scattered(text: str) -> str:
    return " ".join("another" if not place % 40 else word for place, word in enumerate(text.split()))


def show(found: Comparison) -> str:
    return render_to_string("stories/_comparison.html", {"comparison": found, "prefix": "change"})


def quickest(run: Callable[[], object]) -> tuple[float, object]:
    """The shortest of some rounds, in milliseconds of the processor: what the machine does beside it does not count."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        result = run()
        times.append(time.process_time() - begun)
    return min(times) * 1000, result


if __name__ == "__main__":
    main()
