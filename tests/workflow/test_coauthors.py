"""Writing with others: asked, answered, named, ordered, left; and nobody who ever wrote a story decides on it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from stories.models import Authorship, Claim, Event, Invitation, Notice, SearchEntry, Story, Submission
from stories.permissions import may_lead, may_remove, may_review, may_write
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, SubmissionState, WrongState
from stories.workflow.claiming import NothingWaiting, claim, claim_next
from stories.workflow.coauthoring import leave, order_authors
from stories.workflow.deciding import approve, return_to_author
from stories.workflow.deleting import put_in_bin
from stories.workflow.disclaiming import offered_versions
from stories.workflow.drafting import DraftConflict, save_draft
from stories.workflow.inviting import (
    AUTHORS_A_STORY,
    LASTS,
    accept,
    decline,
    end_old_invitations,
    invitations_for,
    invite,
    withdraw_invitation,
)
from stories.workflow.submitting import submit, withdraw
from tests.cast import make_member
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_coauthor,
    make_draft,
    make_picture,
    make_published,
    make_returned,
    make_waiting,
    read,
)


@pytest.fixture
def story(author) -> Story:
    return make_draft(author)


def names(story: Story) -> list[str]:
    return [person.username for person in story.authors()]


def test_who_is_invited_is_no_author_before_they_accept(story, author, other_author):
    invitation = invite(story, by=author, username="Bilal-Khan")

    assert names(story) == ["asha-rao"]
    assert not may_write(other_author, story)
    accept(invitation, by=other_author)
    assert names(story) == ["asha-rao", "bilal-khan"]
    assert may_write(other_author, story)
    assert not may_lead(other_author, story)


def test_invitation_is_told_on_the_site_and_by_mail_and_the_answer_too(story, author, other_author):
    accept(invite(story, by=author, username="bilal-khan"), by=other_author)

    told = list(Notice.objects.order_by("id").values_list("recipient__username", "kind", "mail"))
    assert told == [("bilal-khan", "invite", "waiting"), ("asha-rao", "join", "waiting")]


def test_declined_invitation_names_nobody_and_is_not_sent_again_soon(story, author, other_author):
    invitation = invite(story, by=author, username="bilal-khan")

    decline(invitation, by=other_author)

    assert names(story) == ["asha-rao"]
    assert Notice.objects.get(kind="decline_invitation").recipient == author
    with pytest.raises(AlreadyThere):
        decline(invitation, by=other_author)
    with pytest.raises(WrongState):
        accept(invitation, by=other_author)
    with pytest.raises(Incomplete):
        invite(story, by=author, username="bilal-khan")
    invite(story, by=author, username="bilal-khan", at=timezone.now() + LASTS + timedelta(minutes=1))


def test_withdrawn_invitation_cannot_be_accepted(story, author, other_author):
    invitation = invite(story, by=author, username="bilal-khan")
    with pytest.raises(NotAllowed):
        withdraw_invitation(invitation, by=other_author)
    withdraw_invitation(invitation, by=author)

    with pytest.raises(WrongState):
        accept(invitation, by=other_author)
    with pytest.raises(AlreadyThere):
        withdraw_invitation(invitation, by=author)
    assert names(story) == ["asha-rao"]


def test_invitation_runs_out_after_fourteen_days(story, author, other_author):
    now = timezone.now()
    invitation = invite(story, by=author, username="bilal-khan", at=now)
    late = now + timedelta(days=14)

    assert end_old_invitations(at=late - timedelta(seconds=1)) == 0
    with pytest.raises(Stale):
        accept(invitation, by=other_author, at=late)
    assert end_old_invitations(at=late) == 1
    assert Invitation.objects.get().state == Invitation.State.RUN_OUT
    invite(story, by=author, username="bilal-khan", at=late)


def test_invitation_to_an_address_is_for_whoever_has_it_for_certain(story, author, other_author, reader):
    invitation = invite(story, by=author, email="New@MyStory.example")

    with pytest.raises(NotAllowed):
        accept(invitation, by=other_author)
    reader.emailaddress_set.create(email="new@mystory.example", verified=False, primary=False)
    with pytest.raises(NotAllowed):
        accept(invitation, by=reader)
    newcomer = make_member("new", "New Comer")
    assert list(invitations_for(newcomer)) == [invitation]
    accept(invitation, by=newcomer)
    assert names(story) == ["asha-rao", "new"]


def test_inviting_an_address_says_the_same_whether_it_has_an_account_or_not(story, author, other_author):
    make_coauthor(story, other_author)
    rows = []
    for email in (other_author.email, "rosa@mystory.example", "nobody@mystory.example"):
        invitation = invite(story, by=author, email=email)
        rows.append((invitation.member, invitation.called == email, invitation.state))
        with pytest.raises(AlreadyThere):
            invite(story, by=author, email=email.upper())

    assert rows == [(None, True, "waiting")] * 3
    assert not Event.objects.filter(data__icontains="@").exists()


def test_mail_to_a_stranger_leads_to_signing_up_and_holds_no_words_of_the_inviter(story, author):
    author.display_name = "Buy my pills https://pills.example"
    author.save()
    story.draft.title = "Cheap pills"
    story.draft.save()

    invitation = invite(story, by=author, email="stranger@mystory.example")

    notice = Notice.objects.get()
    assert (notice.recipient, notice.address) == (None, "stranger@mystory.example")
    assert notice.link == f"/accounts/signup/?next=%2Fwriting%2Finvitations%2F{invitation.pk}%2F"
    assert "pills" not in notice.subject + notice.text


@pytest.mark.parametrize(
    "who", [{"username": "nobody-here"}, {"username": "asha-rao"}, {"email": "asha-rao@mystory.example"}]
)
def test_who_cannot_be_asked_is_said_at_the_field(story, author, who):
    with pytest.raises(Incomplete) as refused:
        invite(story, by=author, **who)

    assert refused.value.field == "who"
    assert not Invitation.objects.exists()


def test_story_has_at_most_ten_authors_with_those_invited(story, author):
    for number in range(AUTHORS_A_STORY - 1):
        invite(story, by=author, email=f"{number}@mystory.example")

    with pytest.raises(Incomplete):
        invite(story, by=author, email="more@mystory.example")


def test_each_author_edits_submits_and_is_told(story, author, other_author, editor):
    make_coauthor(story, other_author)
    picture = make_picture(other_author)
    story.draft.refresh_from_db()
    content = story.draft.content.changed(title="Ours", cover=picture.address, cover_alt="A shop")

    save_draft(story, content, by=other_author, version=story.draft.version)
    submit(story, by=other_author)
    withdraw(story, by=author)
    submit(story, by=author)
    held = claim(Submission.objects.latest("id"), by=editor, key=uuid4())
    return_to_author(read(held), by=editor, note="Say more.")

    told = Notice.objects.filter(kind="return").values_list("recipient__username", flat=True)
    assert sorted(told) == ["asha-rao", "bilal-khan"]


def test_two_authors_saving_at_once_both_keep_their_text(story, author, other_author):
    make_coauthor(story, other_author)
    story.draft.refresh_from_db()
    version, content = story.draft.version, story.draft.content
    save_draft(story, content.changed(title="Hers"), by=author, version=version)

    with pytest.raises(DraftConflict) as conflict:
        save_draft(story, content.changed(title="His"), by=other_author, version=version)

    assert (conflict.value.draft.title, conflict.value.offered.title) == ("Hers", "His")


def test_only_who_began_it_invites_orders_and_deletes(story, other_author, reader):
    make_coauthor(story, other_author)

    with pytest.raises(NotAllowed):
        invite(story, by=other_author, username=reader.username)
    with pytest.raises(NotAllowed):
        order_authors(story, ["bilal-khan", "asha-rao"], by=other_author)
    with pytest.raises(NotAllowed):
        put_in_bin(story, by=other_author)


def test_order_of_names_is_chosen_once(story, author, other_author):
    make_coauthor(story, other_author)

    order_authors(story, ["bilal-khan", "asha-rao"], by=author)

    assert names(story) == ["bilal-khan", "asha-rao"]
    with pytest.raises(AlreadyThere):
        order_authors(story, ["bilal-khan", "asha-rao"], by=author)
    with pytest.raises(Stale):
        order_authors(story, ["bilal-khan"], by=author)
    assert Event.objects.filter(action="order_authors").count() == 1


def test_who_leaves_is_named_no_more_and_may_be_asked_again(author, other_author, editor):
    story = make_published(author, editor=editor)
    make_coauthor(story, other_author)
    assert "bilal khan" in SearchEntry.objects.get().lead

    leave(story, by=other_author)

    assert names(story) == ["asha-rao"]
    assert "bilal" not in SearchEntry.objects.get().lead
    assert not Story.objects.on_page_of(other_author).exists()
    assert not may_write(other_author, story)
    with pytest.raises(AlreadyThere):
        leave(story, by=other_author)
    with pytest.raises(WrongState):
        leave(story, by=author)
    make_coauthor(story, other_author)
    assert names(story) == ["asha-rao", "bilal-khan"]
    assert Authorship.objects.count() == 2


def test_picture_of_who_left_stays_in_the_text(story, author, other_author):
    make_coauthor(story, other_author)
    picture = make_picture(other_author)
    change_draft(story, cover=picture.address, cover_alt="A shop")
    leave(story, by=other_author)

    assert submit(story, by=author).revision.pictures == [picture.sha256]


def test_co_author_neither_takes_nor_decides(author, editor, other_editor):
    submission = make_waiting(author)
    make_coauthor(submission.story, editor)

    assert not may_review(editor, submission)
    with pytest.raises(NotAllowed):
        claim(submission, by=editor, key=uuid4())
    with pytest.raises(NothingWaiting):
        claim_next(by=editor, key=uuid4())
    assert claim_next(by=other_editor, key=uuid4()).submission == submission


def test_who_wrote_an_earlier_text_and_left_does_not_decide_on_a_later_one(author, editor, other_editor):
    story = make_draft(author)
    make_coauthor(story, editor)
    submit(story, by=editor)
    approve_claimed(claim_next(by=other_editor, key=uuid4()))
    leave(story, by=editor)
    change_draft(story, title="Later")
    submission = submit(story, by=author)

    assert not may_review(editor, submission)
    assert not may_remove(editor, story)
    with pytest.raises(NothingWaiting):
        claim_next(by=editor, key=uuid4())
    with pytest.raises(NotAllowed):
        claim(submission, by=editor, key=uuid4())


def test_editor_who_becomes_an_author_loses_the_claim(author, editor, other_editor):
    held = make_claimed(author, editor=editor)
    what = read(held)

    make_coauthor(held.submission.story, editor)

    held.refresh_from_db()
    submission = Submission.objects.get()
    assert (held.end, submission.state) == (Claim.End.RELEASED, SubmissionState.QUEUED)
    with pytest.raises(NotAllowed):
        approve(what, by=editor, disclaimers=offered_versions("en")[:1])
    assert claim_next(by=other_editor, key=uuid4()).submission == submission


def test_invited_editor_who_declines_goes_on_reading(author, editor):
    held = make_claimed(author, editor=editor)
    decline(invite(held.submission.story, by=author, username=editor.username), by=editor)

    assert approve_claimed(held).decided_by == editor


def test_joining_a_published_story_puts_it_on_ones_page(author, other_author, editor):
    story = make_published(author, editor=editor)

    make_coauthor(story, other_author)

    assert list(Story.objects.on_page_of(other_author)) == [story]
    assert Event.objects.get(action="join").submission == story.submissions.get()


def test_sent_back_story_is_continued_by_the_other_author(author, other_author, editor):
    submission = make_returned(author, editor=editor)
    make_coauthor(submission.story, other_author)

    assert submit(submission.story, by=other_author).round == 2


def test_deactivated_member_cannot_be_invited(story, author):
    gone = make_member("gone", "Gone")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    with pytest.raises(Incomplete):
        invite(story, by=author, username="gone")
