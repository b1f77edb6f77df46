"""In which language somebody gets mails: as chosen, else the first of theirs that our mails have, else English."""

from accounts.models import User

# Those in which every mail is whole: locale/ has the rest of them.
MAIL_LANGUAGES = {"en": "English", "hi": "हिन्दी"}


def mail_language(user: User | None) -> str:
    if user is None:
        return "en"
    return next((code for code in (user.mail_language, *user.languages) if code in MAIL_LANGUAGES), "en")


def choose_mail_language(user: User, language: str) -> None:
    """Without one it follows from the languages of the profile."""
    user.mail_language = language if language in MAIL_LANGUAGES else ""
    user.save(update_fields=["mail_language"])
