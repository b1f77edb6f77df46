"""The nouns of the house, one file each."""

from stories.models.appeal import Appeal, AppealAnswer
from stories.models.archive import Archive
from stories.models.authorship import Authorship, Invitation
from stories.models.batch import Batch, BatchRow
from stories.models.closing import Closing
from stories.models.correction import Correction
from stories.models.decision import Decision
from stories.models.disclaimer import CarriedDisclaimer, Disclaimer, DisclaimerVersion
from stories.models.draft import Draft
from stories.models.event import Event
from stories.models.feature import Feature
from stories.models.figure import Figure
from stories.models.fix import Fix, StyleConsent
from stories.models.hand_over import HandOver
from stories.models.hearing import AppealClaim, Hearing
from stories.models.held import HeldDecision, HeldEnd
from stories.models.later_look import LaterLook
from stories.models.mail_choice import MailChoice
from stories.models.note import Message, Note, PrivateNote, Settlement
from stories.models.notice import Notice
from stories.models.picture import Picture
from stories.models.presence import Presence
from stories.models.preview_link import PreviewLink
from stories.models.proposal import Proposal
from stories.models.reason import Reason, ReasonVersion
from stories.models.record import RECORD_TABLES
from stories.models.reply import PreparedReply
from stories.models.report import Report, ReportClaim, ReportDecision, ReportGroup
from stories.models.request import Answer, Request
from stories.models.revision import Rendering, Revision
from stories.models.rewording import Rewording
from stories.models.sanction import Sanction
from stories.models.saved_text import SavedText
from stories.models.saved_view import SavedView
from stories.models.search import SearchEntry
from stories.models.second_look import SecondLook
from stories.models.second_reading import SecondReading
from stories.models.statement import LedBy, PublicLine, Statement
from stories.models.story import FormerSlug, Story
from stories.models.submission import Claim, Submission
from stories.models.topic import Tag, TagListing, Topic, TopicListing
from stories.models.unsent import UnsentDecision
from stories.models.wait import Wait

__all__ = [
    "RECORD_TABLES",
    "Answer",
    "Appeal",
    "AppealAnswer",
    "AppealClaim",
    "Archive",
    "Authorship",
    "Batch",
    "BatchRow",
    "CarriedDisclaimer",
    "Claim",
    "Closing",
    "Correction",
    "Decision",
    "Disclaimer",
    "DisclaimerVersion",
    "Draft",
    "Event",
    "Feature",
    "Figure",
    "Fix",
    "FormerSlug",
    "HandOver",
    "Hearing",
    "HeldDecision",
    "HeldEnd",
    "Invitation",
    "LaterLook",
    "LedBy",
    "MailChoice",
    "Message",
    "Note",
    "Notice",
    "Picture",
    "PreparedReply",
    "Presence",
    "PreviewLink",
    "PrivateNote",
    "Proposal",
    "PublicLine",
    "Reason",
    "ReasonVersion",
    "Rendering",
    "Report",
    "ReportClaim",
    "ReportDecision",
    "ReportGroup",
    "Request",
    "Revision",
    "Rewording",
    "Sanction",
    "SavedText",
    "SavedView",
    "SearchEntry",
    "SecondLook",
    "SecondReading",
    "Settlement",
    "Statement",
    "Story",
    "StyleConsent",
    "Submission",
    "Tag",
    "TagListing",
    "Topic",
    "TopicListing",
    "UnsentDecision",
    "Wait",
]
