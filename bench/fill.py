"""Fills a throw-away database with many generated stories, past the guards and in a few statements.

For measuring only: the rows are well formed but no editor ever read them, so the session that writes them
switches triggers and foreign keys off, which only a superuser may.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

TOPICS = 20
TAGS = 50
MOST_WAITING = 100_000  # as many wait a minute apart; fewer are spread over the same days
TEXTS = 500  # different bodies; titles and dates differ in each story

_SYLLABLES = (
    "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru"
)
DISCLAIMER = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)


@dataclass(frozen=True)
class Size:
    stories: int
    words: int  # to a story
    waiting: int = 0  # submissions in the queue, of stories of their own
    authors: int = 200  # two hundred of them wrote half of the stories


def vocabulary(count: int = 4000) -> list[str]:
    """Words that no stemmer changes much, the first the most frequent ones."""
    chance = random.Random(2019)
    syllables = _SYLLABLES.split()
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(chance.choices(syllables, k=chance.choice((2, 3, 3, 4))))] = None
    return list(words)


def texts(words: int) -> list[tuple[int, str, str]]:
    """(number, HTML, plain text): paragraphs with a heading, a list and a link among them."""
    chance = random.Random(1789)
    known = vocabulary()
    weights = [1 / (rank + 8) for rank in range(len(known))]
    made = []
    for number in range(TEXTS):
        said = chance.choices(known, weights, k=words)
        # What the searches of the measurement look for: two words that stand together in 1 text of 100.
        if number % 100 == 0:
            said[len(said) // 2 : len(said) // 2] = ["amber", "lantern"]
        paragraphs = [" ".join(said[at : at + 70]).capitalize() + "." for at in range(0, len(said), 70)]
        html = [f"<p>{paragraph}</p>" for paragraph in paragraphs]
        html[2:2] = ['<h2 id="s-part">A part</h2>', "<ul><li><p>One</p></li><li><p>Two</p></li></ul>"]
        html.append(
            '<p><a href="https://example.com/" rel="ugc nofollow noopener">Read more</a> or <strong>less</strong>.</p>'
        )
        made.append((number, "".join(html), "\n\n".join(paragraphs)))
    return made


def fill(cursor, size: Size) -> None:
    """`cursor` belongs to a superuser. Leaves statistics as autovacuum would."""
    cursor.execute("SET session_replication_role = replica")
    _insert_texts(cursor, texts(size.words))
    values = {
        "stories": size.stories,
        "waiting": size.waiting,
        "spread": max(1, MOST_WAITING // max(1, size.waiting)),
        "authors": size.authors,
        "topics": TOPICS,
        "tags": TAGS,
        "texts": TEXTS,
        "words": size.words,
        "disclaimer": DISCLAIMER,
    }
    for statement in STATEMENTS:
        cursor.execute(statement, values)
    cursor.execute("SET session_replication_role = DEFAULT")
    cursor.execute("DROP TABLE bench_texts")
    for table in TABLES:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )
    # What vacuum does before long: the entries that wait to be put into an index of words are put there.
    cursor.execute(
        "SELECT gin_clean_pending_list(indexrelid::regclass) FROM pg_index JOIN pg_class ON oid = indexrelid"
        " WHERE indrelid = 'stories_searchentry'::regclass AND relam = (SELECT oid FROM pg_am WHERE amname = 'gin')"
    )
    cursor.execute("ANALYZE")


def _insert_texts(cursor, rows: Sequence[tuple[int, str, str]]) -> None:
    cursor.execute("CREATE TEMP TABLE bench_texts (number int PRIMARY KEY, html text, plain text)")
    for row in rows:
        cursor.execute("INSERT INTO bench_texts VALUES (%s, %s, %s)", row)


# Tables whose rows are numbered here rather than by their sequences.
TABLES = (
    "accounts_user",
    "stories_topic",
    "stories_tag",
    "stories_revision",
    "stories_story",
)

# Stories 1 .. n are public, an hour apart; those after them wait in the queue, over ten weeks.
STATEMENTS = (
    """
    INSERT INTO accounts_user (id, password, is_superuser, username, email, display_name, bio, picture, links,
        languages, terms_version, date_joined, is_active, is_staff, is_nameless)
    SELECT n, '!', false, 'writer-' || n, 'writer-' || n || '@mystory.example', 'Writer ' || n,
           'Writes about small work.', '', '[]', '{}', '', now(), true, false, false
      FROM generate_series(1, %(authors)s) n
    """,
    """
    INSERT INTO stories_topic (id, slug, name, description, position, is_open)
    SELECT 1000 + n, 'topic-' || n, 'Topic ' || n, 'Stories about it.', n, true
      FROM generate_series(1, %(topics)s) n
    """,
    """
    INSERT INTO stories_tag (id, slug, name)
    SELECT 1000 + n, 'tag-' || n, 'tag ' || n FROM generate_series(1, %(tags)s) n
    """,
    """
    INSERT INTO stories_revision (id, story_id, number, title, summary, body, language, topics, tags, cover, cover_alt,
        disclosures, pictures, sha256, draft_version, frozen_at)
    SELECT n, n, 1, 'A story of ' || split_part(plain, ' ', 1 + n %% 40) || ' ' || n,
           'What came of it, and what did not.', html, 'en',
           ARRAY['topic-' || 1 + n %% %(topics)s, 'topic-' || 1 + (n / 7) %% %(topics)s],
           ARRAY['tag ' || 1 + n %% %(tags)s, 'tag ' || 1 + (n / 3) %% %(tags)s, 'tag ' || 1 + (n / 11) %% %(tags)s],
           '', '', '{}', '{}', md5(n::text) || md5(n::text), 1, now()
      FROM generate_series(1, %(stories)s + %(waiting)s) n JOIN bench_texts b ON b.number = n %% %(texts)s
    """,
    """
    INSERT INTO stories_rendering (revision_id, renderer_version, html, text, contents, links, words, minutes,
        excerpt, cover)
    SELECT n, 1000, html, plain, '[[2, "s-part", "A part"]]', '[["https://example.com/", "example.com", "Read more"]]',
           %(words)s, 1 + %(words)s / 200, left(plain, 250), '{}'
      FROM generate_series(1, %(stories)s + %(waiting)s) n JOIN bench_texts b ON b.number = n %% %(texts)s
    """,
    """
    INSERT INTO stories_story (id, author_id, key, state, slug, published_revision_id, first_published_at, published_at,
        created_at)
    SELECT n, 1 + n %% (CASE n %% 2 WHEN 0 THEN 200 ELSE %(authors)s END), gen_random_uuid(), 'published',
           'story-' || n, n, now() - n * interval '1 hour', now() - n * interval '1 hour',
           now() - n * interval '2 hours'
      FROM generate_series(1, %(stories)s) n
    """,
    """
    INSERT INTO stories_story (id, author_id, key, state, created_at)
    SELECT n, 1 + n %% %(authors)s, gen_random_uuid(), 'draft', now()
      FROM generate_series(%(stories)s + 1, %(stories)s + %(waiting)s) n
    """,
    """
    INSERT INTO stories_authorship (story_id, author_id, position, joined_at, listed_at)
    SELECT id, author_id, 0, created_at, first_published_at FROM stories_story WHERE id <= %(stories)s + %(waiting)s
    """,
    """
    INSERT INTO stories_authorship (story_id, author_id, position, joined_at, listed_at)
    SELECT id, 1 + author_id %% %(authors)s, 1, created_at, first_published_at FROM stories_story
     WHERE id %% 10 = 0 AND id <= %(stories)s
    """,
    """
    INSERT INTO stories_submission (id, story_id, state, round, revision_id, version, opened_at, queued_at, due_at,
        language, topics, author_record)
    SELECT nextval('stories_submission_id_seq'), n, 'queued', 1, n, 1, now() - m * interval '1 minute',
           now() - m * interval '1 minute', now() + (2000 - m %% 10000) * interval '1 minute', r.language, r.topics,
           (ARRAY['first', 'published', 'declined'])[1 + n %% 3]
      FROM generate_series(%(stories)s + 1, %(stories)s + %(waiting)s) n JOIN stories_revision r ON r.id = n,
           LATERAL (VALUES (n + (n - %(stories)s) * (%(spread)s - 1))) spread(m)
    """,
    """
    INSERT INTO stories_topiclisting (story_id, topic_id, position, listed_at)
    SELECT DISTINCT ON (n, topic) n, 1000 + topic, place, now() - n * interval '1 hour'
      FROM generate_series(1, %(stories)s) n,
           LATERAL (VALUES (0, 1 + n %% %(topics)s), (1, 1 + (n / 7) %% %(topics)s)) listed(place, topic)
    """,
    """
    INSERT INTO stories_taglisting (story_id, tag_id, position, listed_at)
    SELECT DISTINCT ON (n, tag) n, 1000 + tag, place, now() - n * interval '1 hour'
      FROM generate_series(1, %(stories)s) n,
           LATERAL (VALUES (0, 1 + n %% %(tags)s), (1, 1 + (n / 3) %% %(tags)s), (2, 1 + (n / 11) %% %(tags)s))
             listed(place, tag)
    """,
    """
    INSERT INTO stories_carrieddisclaimer (story_id, version_id, position, language, label, text, given_at)
    SELECT n, 1, 0, 'en', 'Community story', %(disclaimer)s, now() FROM generate_series(1, %(stories)s) n
    """,
    """
    INSERT INTO stories_searchentry (story_id, language, title, lead, text)
    SELECT n, 'en', lower(r.title), lower(r.summary), lower(plain)
      FROM generate_series(1, %(stories)s) n JOIN stories_revision r ON r.id = n
      JOIN bench_texts b ON b.number = n %% %(texts)s
    """,
)
