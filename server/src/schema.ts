import { ApprovalRow } from './approvals/approval.entity.js';
import { AuditEntryRow, EventRow } from './audit/audit.entity.js';
import { BatchItemRow, BatchRow } from './batches/batch.entity.js';
import { NotificationRow } from './inbox/notification.entity.js';
import { InstrumentRow } from './instruments/instrument.entity.js';
import { MailRow } from './mail/mail.entity.js';
import { Skeleton1795219200000 } from './migrations/1795219200000-skeleton.js';
import { Kinds1795305600000 } from './migrations/1795305600000-kinds.js';
import { Operations1795392000000 } from './migrations/1795392000000-operations.js';
import { Revocation1795478400000 } from './migrations/1795478400000-revocation.js';
import { BatchEnds1795478500000 } from './migrations/1795478500000-batch-ends.js';
import { Collects1795564800000 } from './migrations/1795564800000-collects.js';
import { Instruments1795564900000 } from './migrations/1795564900000-instruments.js';
import { Schedules1795565100000 } from './migrations/1795565100000-schedules.js';
import { Revenue1795565200000 } from './migrations/1795565200000-revenue.js';
import { LateDays1795565300000 } from './migrations/1795565300000-late-days.js';
import { DemoSchedules1795565400000 } from './migrations/1795565400000-demo-schedules.js';
import { Mail1795565000000 } from './migrations/1795565000000-mail.js';
import { PolicyNames1795565600000 } from './migrations/1795565600000-policy-names.js';
import { SubscriptionLists1795565500000 } from './migrations/1795565500000-subscription-lists.js';
import { PayerRow } from './payers/payer.entity.js';
import { databaseOptions } from './platform/database.js';
import { PreauthorizationRow } from './preauthorizations/preauthorization.entity.js';
import { PracticeRow } from './practice/practice.entity.js';
import { ReviewRow } from './reviews/review.entity.js';
import { RecurrenceRow } from './recurrences/recurrence.entity.js';
import { CollectResultRow } from './reports/revenue/collect-result.entity.js';
import { MrrChangeRow, RecoveryRow } from './schedules/mrr.entity.js';
import { PeriodRow, PolicyRow, PriceRow, ScheduleRow } from './schedules/schedule.entity.js';
import { CollectRow } from './sessions/collect.entity.js';
import { OrderRow, SessionRow } from './sessions/session.entity.js';
import { GatewayAccountRow, SiteRow } from './sites/site.entity.js';
import { ApiKeyRow, LoginRow, PersonRow, PreferencesRow } from './staff/person.entity.js';
import { ObligationRow, OutcomeRow, TransactionRow } from './transactions/transaction.entity.js';

/** Every table of ours, and how it came to be. */
export function schemaOptions(databaseUrl: string) {
  return databaseOptions(
    databaseUrl,
    [
      SiteRow,
      GatewayAccountRow,
      PersonRow,
      LoginRow,
      ApiKeyRow,
      PreferencesRow,
      PayerRow,
      ObligationRow,
      OrderRow,
      SessionRow,
      CollectRow,
      PolicyRow,
      ScheduleRow,
      PriceRow,
      PeriodRow,
      MrrChangeRow,
      RecoveryRow,
      CollectResultRow,
      TransactionRow,
      OutcomeRow,
      PreauthorizationRow,
      InstrumentRow,
      RecurrenceRow,
      ReviewRow,
      ApprovalRow,
      BatchRow,
      BatchItemRow,
      MailRow,
      NotificationRow,
      AuditEntryRow,
      EventRow,
      PracticeRow,
    ],
    [
      Skeleton1795219200000,
      Kinds1795305600000,
      Operations1795392000000,
      Revocation1795478400000,
      BatchEnds1795478500000,
      Collects1795564800000,
      Instruments1795564900000,
      Mail1795565000000,
      Schedules1795565100000,
      Revenue1795565200000,
      LateDays1795565300000,
      DemoSchedules1795565400000,
      SubscriptionLists1795565500000,
      PolicyNames1795565600000,
    ],
  );
}
