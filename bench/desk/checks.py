"""Whether what docs/product.md promises holds, asked of the database alone: each question finds what broke it."""

from datetime import datetime

from django.db import connection
from django.db.models import Count

from bench.desk.journal import Journal
from stories.content import content_sha256
from stories.models import Appeal, Draft, Event, Report, Revision


def _moves(machine: str, *, of: str, thing: str, first: str = "") -> str:
    """The events of each thing lead from one state to the next, the last one to where it stands now."""
    return f"""
        SELECT '{machine} ' || thing || ': ' || string_agg(from_state || '>' || to_state, ' ' ORDER BY number)
          FROM (SELECT e.id AS number, {thing} AS thing, e.from_state, e.to_state,
                       lag(e.to_state, 1, '{first}') OVER (PARTITION BY {thing} ORDER BY e.id) AS before,
                       lead(e.to_state) OVER (PARTITION BY {thing} ORDER BY e.id) AS after
                  FROM stories_event e WHERE e.machine = '{machine}') moved
          LEFT JOIN {of} stands ON stands.id = thing
         GROUP BY thing
        HAVING bool_or(from_state <> before) OR bool_or(after IS NULL AND to_state IS DISTINCT FROM stands.state)
    """


# What the event of a decision is called.
DECIDED = "(CASE WHEN d.policy = '' THEN d.kind ELSE 'approve_by_policy' END)"

PROMISES = {
    "one open submission a story": """
        SELECT 'story ' || story_id FROM stories_submission WHERE state IN ('queued', 'in_review', 'returned')
         GROUP BY story_id HAVING count(*) > 1""",
    "one live claim a submission, and exactly while it is read": """
        SELECT 'submission ' || s.id FROM stories_submission s
          LEFT JOIN stories_claim c ON c.submission_id = s.id AND c.ended_at IS NULL
         GROUP BY s.id HAVING count(c.id) <> (CASE s.state WHEN 'in_review' THEN 1 ELSE 0 END)""",
    "one live claim of the reports of a story, and exactly while they are read": """
        SELECT 'reports ' || g.id FROM stories_reportgroup g
          LEFT JOIN stories_reportclaim c ON c.group_id = g.id AND c.ended_at IS NULL
         GROUP BY g.id HAVING count(c.id) <> (CASE g.state WHEN 'in_review' THEN 1 ELSE 0 END)""",
    "one live claim of an appeal, and exactly while it is read": """
        SELECT 'appeal ' || h.appeal_id FROM stories_hearing h
          LEFT JOIN stories_appealclaim c ON c.hearing_id = h.id AND c.ended_at IS NULL
         GROUP BY h.id HAVING count(c.id) <> (CASE h.state WHEN 'in_review' THEN 1 ELSE 0 END)""",
    "an appeal stands as it was answered": """
        SELECT 'appeal ' || a.id FROM stories_appeal a LEFT JOIN stories_hearing h ON h.appeal_id = a.id
          LEFT JOIN stories_appealanswer w ON w.appeal_id = a.id
         WHERE h.state IS NULL OR (h.state IN ('upheld', 'rejected')) <> (w.id IS NOT NULL)""",
    "nobody decides on what they wrote": """
        SELECT 'decision ' || d.id FROM stories_decision d JOIN stories_submission s ON s.id = d.submission_id
          JOIN stories_authorship a ON a.story_id = s.story_id AND a.author_id = d.decided_by_id
        UNION ALL
        SELECT 'reports ' || d.group_id FROM stories_reportdecision d JOIN stories_reportgroup g ON g.id = d.group_id
          JOIN stories_authorship a ON a.story_id = g.story_id AND a.author_id = d.decided_by_id""",
    "a decision is made under the claim of who makes it, and one under each": """
        SELECT 'decision ' || min(d.id) FROM stories_decision d JOIN stories_claim c ON c.id = d.claim_id
         GROUP BY c.id HAVING count(*) > 1 OR bool_or(d.decided_by_id <> c.editor_id OR c.end <> 'decided')""",
    "an appeal is answered by somebody else than who decided": """
        SELECT 'appeal ' || a.id FROM stories_appeal a JOIN stories_appealanswer w ON w.appeal_id = a.id
          LEFT JOIN stories_decision d ON d.id = a.decision_id LEFT JOIN stories_event e ON e.id = a.removal_id
          LEFT JOIN stories_statement s ON s.event_id = e.id LEFT JOIN stories_proposal p ON p.id = s.proposal_id
         WHERE w.answered_by_id IN (d.decided_by_id, e.actor_id, p.proposed_by_id)""",
    "what readers see was approved, by its fingerprint": """
        SELECT 'story ' || s.id FROM stories_story s LEFT JOIN stories_revision r ON r.id = s.published_revision_id
         WHERE s.state = 'published' AND NOT EXISTS (
           SELECT 1 FROM stories_decision d JOIN stories_submission t ON t.id = d.submission_id
            WHERE d.kind = 'approve' AND t.story_id = s.id AND d.revision_id = r.id AND d.sha256 = r.sha256)""",
    "a small change that readers see steps from a text that an editor read": """
        SELECT 'story ' || s.id FROM stories_story s
          JOIN stories_decision d ON d.revision_id = s.published_revision_id AND d.policy <> ''
          JOIN stories_laterlook l ON l.decision_id = d.id
         WHERE s.state = 'published' AND NOT EXISTS (
                 SELECT 1 FROM stories_decision a
                  WHERE a.revision_id = s.published_revision_id AND a.kind = 'approve' AND a.policy = '')
           AND (l.verdict = 'put_back' OR NOT EXISTS (
                 SELECT 1 FROM stories_decision b LEFT JOIN stories_laterlook f ON f.decision_id = b.id
                  WHERE b.revision_id = l.before_id AND b.kind = 'approve'
                    AND (b.policy = '' OR f.verdict = 'fine')))""",
    # But for a breach that was being written at that moment.
    "the policy lets nothing live between a breach and the next approval by an editor": """
        SELECT 'decision ' || d.id FROM stories_decision d JOIN stories_submission s ON s.id = d.submission_id
          JOIN stories_story t ON t.id = s.story_id
          JOIN stories_event e ON e.at < d.decided_at - interval '10 seconds'
               AND (e.action, e.machine) IN (('decline', 'submission'), ('remove', 'story'), ('put_back', 'later_look'))
          JOIN stories_story o ON o.id = e.story_id AND o.author_id = t.author_id
         WHERE d.policy <> '' AND NOT EXISTS (
                 SELECT 1 FROM stories_decision a JOIN stories_submission u ON u.id = a.submission_id
                   JOIN stories_story v ON v.id = u.story_id
                  WHERE v.author_id = t.author_id AND a.kind = 'approve' AND a.policy = ''
                    AND a.decided_at > e.at AND a.decided_at < d.decided_at)
           AND NOT EXISTS (
                 SELECT 1 FROM stories_appeal p JOIN stories_appealanswer w ON w.appeal_id = p.id AND w.is_upheld
                  WHERE p.removal_id = e.id OR e.action = 'decline' AND p.decision_id::text = e.data->>'decision')""",
    "what readers do not see any more has its statement of reasons": """
        SELECT 'event ' || e.id FROM stories_event e LEFT JOIN stories_statement s ON s.event_id = e.id
         WHERE (e.action, e.machine) IN (('decline', 'submission'), ('remove', 'story'), ('put_back', 'later_look'))
           AND s.id IS NULL""",
    "a removal is agreed to by somebody else than who proposed it": """
        SELECT 'event ' || e.id FROM stories_event e JOIN stories_statement s ON s.event_id = e.id
          LEFT JOIN stories_proposal p ON p.id = s.proposal_id
         WHERE e.action = 'remove' AND s.needs_agreement
           AND (p.id IS NULL OR p.proposed_by_id = e.actor_id OR p.ended_by_id <> e.actor_id OR p."end" <> 'agreed')""",
    "what was agreed to was done once, and nothing else of what was proposed": """
        SELECT 'proposal ' || p.id FROM stories_proposal p LEFT JOIN stories_statement s ON s.proposal_id = p.id
         GROUP BY p.id HAVING count(s.id) <> (CASE p."end" WHEN 'agreed' THEN 1 ELSE 0 END)""",
    "what readers see carries a disclaimer": """
        SELECT 'story ' || s.id FROM stories_story s WHERE s.state = 'published'
           AND NOT EXISTS (SELECT 1 FROM stories_carrieddisclaimer c WHERE c.story_id = s.id)""",
    "lists show what is public and nothing else": """
        SELECT 'story ' || s.id FROM stories_story s JOIN stories_topiclisting l ON l.story_id = s.id
         WHERE (l.listed_at IS NOT NULL) <> (s.state = 'published')""",
    "each change of a submission has its one event": _moves(
        "submission", of="stories_submission", thing="e.submission_id"
    ),
    "each change of a story has its one event": _moves("story", of="stories_story", thing="e.story_id", first="draft"),
    "each change of reports has its one event": _moves(
        "report", of="stories_reportgroup", thing="(e.data->>'group')::bigint"
    ),
    "each change of an appeal has its one event": """
        SELECT 'appeal ' || h.appeal_id FROM stories_hearing h JOIN stories_event e
            ON e.machine = 'appeal' AND e.data->>'appeal' = h.appeal_id::text
         GROUP BY h.id HAVING (array_agg(e.to_state ORDER BY e.id DESC))[1] <> h.state
            OR count(*) FILTER (WHERE e.to_state IN ('upheld', 'rejected')) > 1""",
    "each state that is not the first has events": """
        SELECT 'submission ' || s.id FROM stories_submission s
         WHERE NOT EXISTS (SELECT 1 FROM stories_event e WHERE e.submission_id = s.id AND e.machine = 'submission')
        UNION ALL
        SELECT 'story ' || s.id FROM stories_story s WHERE s.state <> 'draft'
           AND NOT EXISTS (SELECT 1 FROM stories_event e WHERE e.story_id = s.id AND e.machine = 'story')""",
    "each decision has its one event": f"""
        SELECT 'decision ' || d.id FROM stories_decision d LEFT JOIN stories_event e
            ON e.submission_id = d.submission_id AND e.action = {DECIDED} AND e.data->>'decision' = d.id::text
         GROUP BY d.id HAVING count(e.id) <> 1""",
    "each decision has a notice for each author, none lost and none twice": f"""
        SELECT 'decision ' || d.id || ' for user ' || a.author_id FROM stories_decision d
          JOIN stories_submission s ON s.id = d.submission_id
          JOIN stories_authorship a ON a.story_id = s.story_id AND a.left_at IS NULL AND a.joined_at <= d.decided_at
          JOIN stories_event e ON e.submission_id = d.submission_id AND e.action = {DECIDED}
           AND e.data->>'decision' = d.id::text
          LEFT JOIN stories_notice n ON n.event_id = e.id AND n.recipient_id = a.author_id
         GROUP BY d.id, a.author_id HAVING count(n.id) <> 1""",
    "each publication by the clock has a notice for each author": """
        SELECT 'event ' || e.id FROM stories_event e
          JOIN stories_authorship a ON a.story_id = e.story_id AND a.left_at IS NULL AND a.joined_at <= e.at
          LEFT JOIN stories_notice n ON n.event_id = e.id AND n.recipient_id = a.author_id
         WHERE e.action = 'publish' AND e.actor_id IS NULL AND e.data->>'policy' IS NULL
         GROUP BY e.id, a.author_id HAVING count(n.id) <> 1""",
    "each member who reported has a receipt and, when it is decided, one answer": """
        SELECT 'receipt of report ' || r.id FROM stories_report r
          JOIN stories_event e ON e.action = 'report' AND e.data->>'report' = r.id::text
          LEFT JOIN stories_notice n ON n.event_id = e.id
         WHERE r.reporter_id IS NOT NULL OR r.email <> '' GROUP BY r.id HAVING count(n.id) <> 1
        UNION ALL
        SELECT 'answer to user ' || r.reporter_id || ' of reports ' || d.group_id FROM stories_reportdecision d
          JOIN (SELECT DISTINCT group_id, reporter_id FROM stories_report WHERE reporter_id IS NOT NULL) r
            ON r.group_id = d.group_id
          JOIN stories_event e ON e.data->>'group' = d.group_id::text AND e.data->>'decision' = d.id::text
           AND e.machine = 'report'
          LEFT JOIN stories_notice n ON n.event_id = e.id AND n.recipient_id = r.reporter_id
         GROUP BY d.group_id, r.reporter_id HAVING count(n.id) <> 1""",
    "each answer to an appeal reaches each author once": """
        SELECT 'appeal ' || w.appeal_id || ' for user ' || s.author_id FROM stories_appealanswer w
          JOIN stories_appeal a ON a.id = w.appeal_id JOIN stories_story s ON s.id = a.story_id
          LEFT JOIN stories_notice n ON n.story_id = s.id AND n.recipient_id = s.author_id
           AND n.created_at = w.answered_at AND n.kind IN ('uphold_appeal', 'reject_appeal', 'approve', 'restore')
         GROUP BY w.appeal_id, s.author_id HAVING count(n.id) <> 1""",
    "no mail was given up": "SELECT 'notice ' || id FROM stories_notice WHERE mail = 'given_up'",
    "nothing is held under a time that is over": """
        SELECT 'submission ' || submission_id FROM stories_claim WHERE ended_at IS NULL AND expires_at <= now()
        UNION ALL
        SELECT 'reports ' || group_id FROM stories_reportclaim WHERE ended_at IS NULL AND expires_at <= now()
        UNION ALL
        SELECT 'hearing ' || hearing_id FROM stories_appealclaim WHERE ended_at IS NULL AND expires_at <= now()""",
    "nothing that is due was left unpublished": """
        SELECT 'story ' || id FROM stories_story WHERE scheduled_for <= now()""",
    "nothing waits that nobody can take": """
        SELECT 'submission ' || s.id FROM stories_submission s WHERE s.state = 'queued' AND NOT EXISTS (
          SELECT 1 FROM accounts_user u JOIN accounts_user_groups m ON m.user_id = u.id
            JOIN auth_group g ON g.id = m.group_id AND g.name = 'Editors'
           WHERE u.is_active AND NOT EXISTS (
             SELECT 1 FROM stories_authorship a WHERE a.story_id = s.story_id AND a.author_id = u.id))""",
}  # fmt: skip


def breaches(journal: Journal) -> dict[str, list[str]]:
    """What broke each promise, in the order of the promises; an empty list where it held."""
    found = {promise: _ask(question) for promise, question in PROMISES.items()}
    found["texts that readers see hash to what was approved"] = [
        f"revision {revision.pk}"
        for revision in Revision.objects.filter(story__published_revision__isnull=False).iterator()
        if revision.sha256 != content_sha256(revision.content)
    ]
    found["no text is lost that was said to be saved"] = [
        f"story {story}: “{mark}”"
        for story, mark in journal.saved.items()
        if not any(
            each in Draft.objects.get(story=story).body for each in (mark, *journal.perhaps.get(story, ()))
        )
    ]
    found["what was acknowledged as decided is decided"] = [
        f"claim {claim}" for claim in _without(list(journal.decided), "SELECT claim_id FROM stories_decision")
    ]
    explained = list(Report.objects.values_list("explanation", flat=True))
    found["each report that got its receipt is there once"] = [
        words for words in journal.reported if explained.count(words) != 1
    ]
    appeals = list(Appeal.objects.values_list("text", flat=True))
    found["each appeal that its author was shown is there once"] = [
        words for words in journal.appealed if appeals.count(words) != 1
    ]
    found["nobody was answered with an error or without a word"] = journal.breaches
    return found


def done_since(opened: datetime) -> dict[str, int]:
    """How often each thing came about, by the record."""
    counted = (
        Event.objects.filter(at__gte=opened).values_list("action").annotate(Count("pk")).order_by("action")
    )
    return dict(counted)


def _ask(question: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [str(row[0]) for row in cursor.fetchall()]


def _without(wanted: list[int], there: str) -> list[int]:
    known = set(_ask(there))
    return [each for each in wanted if str(each) not in known]
