"""What the clock does every few seconds. Each step is safe to run twice and by two clocks at once."""

from collections.abc import Callable

from stories.notices.closing import mail_closings
from stories.notices.delivering import deliver_due
from stories.workflow.appeal_claiming import expire_appeal_claims
from stories.workflow.appeal_keeping import escalate_appeals, lapse_appeals, warn_of_appeals
from stories.workflow.archiving import order_archives, throw_old_archives_away
from stories.workflow.attending import throw_unsent_away
from stories.workflow.claiming import expire_claims
from stories.workflow.counting import count_figures
from stories.workflow.deleting import empty_bins
from stories.workflow.digesting import send_digests
from stories.workflow.ending import end_closings
from stories.workflow.escalating import escalate_overdue, warn_of_due
from stories.workflow.freezing import renew_renderings
from stories.workflow.inviting import end_old_invitations
from stories.workflow.keeping import thin_saved_texts
from stories.workflow.measuring import measure_waits
from stories.workflow.publishing import publish_due
from stories.workflow.report_claiming import expire_report_claims
from stories.workflow.report_keeping import escalate_reports, forget_reporters, lapse_reports
from stories.workflow.rewording import order_rewordings
from stories.workflow.sanctioning import end_suspensions
from stories.workflow.taking_back import carry_out_due
from stories.workflow.unused import look_for_unused_pictures, throw_unused_pictures_away
from stories.workflow.varying import order_variants

PERIODIC: tuple[Callable[[], int], ...] = (
    expire_claims,
    expire_report_claims,
    expire_appeal_claims,
    warn_of_due,
    escalate_overdue,
    carry_out_due,
    publish_due,
    deliver_due,
    send_digests,
    renew_renderings,
    empty_bins,
    order_variants,
    order_rewordings,
    measure_waits,
    count_figures,
    look_for_unused_pictures,
    throw_unused_pictures_away,
    thin_saved_texts,
    order_archives,
    throw_old_archives_away,
    end_old_invitations,
    end_closings,
    end_suspensions,
    mail_closings,
    escalate_reports,
    warn_of_appeals,
    escalate_appeals,
    lapse_reports,
    lapse_appeals,
    forget_reporters,
    throw_unsent_away,
)
