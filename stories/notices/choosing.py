"""Which kinds of mail somebody may turn off, signed in or not. What is decided about their stories they always get."""

from dataclasses import dataclass

from django.core import signing

from accounts.models import User
from stories.models import MailChoice, Notice

_PURPOSE = "stories.mail.off"
DIGEST = "digest"


@dataclass(frozen=True)
class Kind:
    """`actions` are those of the events that such mails are about."""

    key: str
    label: str
    help: str
    actions: frozenset[str] = frozenset()
    is_for_editors: bool = False


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "talk", "Conversations", "Somebody answers a note beside a text, or writes about what was asked.",
            frozenset({"reply", "message"}),
        ),
        Kind(
            "together", "Writing together", "Invitations, and who joins, leaves or leads a story that you write.",
            frozenset({
                "invite", "decline_invitation", "join", "leave", "offer_hand_over", "decline_hand_over", "hand_over",
                "announce_leaving", "announce_staying",
            }),
        ),
        Kind(
            "desk", "The editors’ desk", "What is due or overdue, what a colleague took over, new appeals.",
            frozenset({
                "take_over", "warn", "overdue", "escalate_report", "appeal", "appeal_suspension", "warn_appeal",
                "escalate_appeal", "take_over_appeal", "propose", "agree", "refuse_proposal",
            }), is_for_editors=True,
        ),
        Kind(
            DIGEST, "The daily mail to editors", "In the morning of a working day, what waits; none when nothing does.",
            is_for_editors=True,
        ),
    )
}  # fmt: skip
_OF_ACTION = {action: kind.key for kind in KINDS.values() for action in kind.actions}


def kind_of(notice: Notice) -> str:
    """Empty for what nobody can turn off."""
    return _OF_ACTION.get(notice.kind, "") if notice.recipient_id else ""


def is_off(notice: Notice) -> bool:
    kind = kind_of(notice)
    return bool(kind) and MailChoice.objects.filter(member=notice.recipient_id, off__contains=[kind]).exists()


def turned_off(user: User) -> list[str]:
    return list(MailChoice.objects.filter(member=user).values_list("off", flat=True).first() or [])


def choose(user: User, *, off: list[str], zone: str) -> None:
    known = sorted({key for key in off if key in KINDS})
    MailChoice.objects.update_or_create(member=user, defaults={"off": known, "zone": zone})


def turn_off(user: User, kind: str) -> None:
    choice, _ = MailChoice.objects.get_or_create(member=user)
    if kind not in choice.off:
        choice.off = sorted({*choice.off, kind})
        choice.save(update_fields=["off"])


def stop_path(user_id: int, kind: str) -> str:
    """Of the page that turns this kind off for whoever has the mail: it does that and nothing else."""
    return f"/writing/mails/stop/{signing.dumps([user_id, kind], salt=_PURPOSE)}/"


def stopped_by(token: str) -> tuple[User, Kind] | None:
    try:
        user_id, kind = signing.loads(token, salt=_PURPOSE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=user_id, closed_at=None).first()
    return (user, KINDS[kind]) if user and kind in KINDS else None
