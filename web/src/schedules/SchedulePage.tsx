import type { ScheduleView } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { now } from '../app/clock.js';
import { useSignedIn } from '../app/login-state.js';
import { Gate } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { Copyable } from '../fields/Copyable.js';
import { FactList } from '../fields/FactList.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { WhyNot } from '../fields/WhyNot.js';
import { About, RecordHeading } from '../record/RecordHeading.js';
import { RecordPage, Unread } from '../record/RecordPage.js';
import { instrumentPath, payerName } from '../sessions/naming.js';
import { Timeline } from '../sessions/Timeline.js';
import { PageDialog, type PageAct } from './acts/ScheduleDialog.js';
import { ScheduleChips } from './chips.js';
import { chargedMethod } from './method-words.js';
import { isOpen } from './period-words.js';
import { ComingBlock, PeriodsBlock } from './PeriodsBlock.js';
import { everyWords } from './rhythm.js';
import { scheduleSentence } from './schedule-sentence.js';

const FOLLOW_MS = 5_000;
const REST_MS = 30_000;

export default function SchedulePage() {
  return (
    <Gate permission="sessions:read">
      <Schedule />
    </Gate>
  );
}

function Schedule() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useGetOne<ScheduleView>(
    'schedules',
    { id },
    { refetchInterval: ({ state: { data: known } }) => (known?.periods.some(isOpen) ? FOLLOW_MS : REST_MS) },
  );
  if (!data) return <Unread error={error} refetch={refetch} />;
  return (
    <RecordPage
      head={
        <>
          <Heading schedule={data} />
          <Acts schedule={data} />
        </>
      }
      history={
        <Stack sx={{ gap: 3, minWidth: 0 }}>
          <ComingBlock schedule={data} />
          <Timeline timeline={data.timeline} orderId={null} />
        </Stack>
      }
    >
      <PeriodsBlock schedule={data} />
      <Facts schedule={data} />
    </RecordPage>
  );
}

function Heading({ schedule }: { schedule: ScheduleView }) {
  const reader = useReader();
  const { t } = reader;
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === schedule.siteId);
  return (
    <RecordHeading
      title={`${schedule.plan} · ${payerName(schedule)}`}
      record={schedule}
      amount={
        <>
          <Amount minor={schedule.amountMinor} currency={schedule.currency} />{' '}
          <Typography component="span" sx={{ fontSize: 16, color: 'text.secondary' }}>
            {everyWords(schedule, t)}
          </Typography>
        </>
      }
      chips={<ScheduleChips schedule={schedule} />}
      about={<About parts={[schedule.plan, site?.name]} />}
      sentence={scheduleSentence(schedule, { ...reader, now: now() })}
    />
  );
}

/** In order of likelihood; what ends it stands last. */
const ORDER: readonly PageAct[] = [
  ...(['keep', 'resume', 'instrument', 'amount', 'skip', 'policy', 'pause', 'cancel'] as const),
];

/** What may be done now; what may not, with the reason. */
function Acts({ schedule }: { schedule: ScheduleView }) {
  const { t } = useReader();
  const [acting, setActing] = useState<PageAct | null>(null);
  const { availableActions } = schedule;
  const may = (act: PageAct) => availableActions.some(({ action, allowed }) => action === act && allowed);
  // Of what has ended the sentence says enough.
  const refused = schedule.endedAt ? [] : availableActions.filter(({ allowed }) => !allowed);
  return (
    <Box component="section" aria-label={t('sessions.actions')} sx={{ mt: 2 }}>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {ORDER.filter(may).map((act) => (
          <Button
            key={act}
            variant={act === 'keep' || act === 'resume' ? 'contained' : 'outlined'}
            color={act === 'cancel' ? 'error' : 'primary'}
            aria-haspopup="dialog"
            onClick={() => setActing(act)}
          >
            {t(`schedules.action.${act}`)}
          </Button>
        ))}
      </Stack>
      <WhyNot refused={refused.map(({ action, why }) => ({ name: t(`schedules.action.${action}`), why }))} />
      {acting ? <PageDialog act={acting} schedule={schedule} onClose={() => setActing(null)} /> : null}
    </Box>
  );
}

function Facts({ schedule }: { schedule: ScheduleView }) {
  const { t, amount, day } = useReader();
  const { currency, instrument, paid, payer, policy, prices, taxes } = schedule;
  const f = (name: string) => t(`sessions.fields.${name}`);
  const s = (name: string, values?: Record<string, unknown>) => t(`schedules.facts.${name}`, values);
  const taxSum = taxes.reduce((sum, tax) => sum + tax.amountMinor, 0);
  return (
    <Block title={t('sessions.facts')}>
      <FactList
        facts={[
          [t('schedules.plan'), schedule.plan],
          [f('reference'), <Copyable key="reference" text={schedule.reference} name={f('reference')} />],
          [
            t('schedules.method'),
            <MuiLink key="method" component={Link} to={instrumentPath(instrument.id)}>
              {chargedMethod(instrument)}
            </MuiLink>,
          ],
          [s('valid_until'), instrument.validUntil ? day(instrument.validUntil) : null],
          [f('payerEmail'), payer.email],
          [f('document'), [payer.documentType, payer.document].filter(Boolean).join(' ')],
          [
            s('paid'),
            paid.count === 0
              ? s('paid_none')
              : s('paid_count', { amount: amount(paid.amountMinor, currency), smart_count: paid.count }),
          ],
          [s('taxes'), taxSum > 0 ? <Amount key="taxes" minor={taxSum} currency={currency} /> : null],
          [
            s('prices'),
            prices
              .map((price) =>
                s('price', { amount: amount(price.amountMinor, currency), day: day(price.fromOn) }),
              )
              .join(', '),
          ],
          [s('started'), day(schedule.startOn)],
          [s('trial'), schedule.trialDays > 0 ? s('trial_days', { smart_count: schedule.trialDays }) : null],
          [s('max'), schedule.maxPeriods === null ? null : String(schedule.maxPeriods)],
          [s('end'), schedule.endOn ? day(schedule.endOn) : null],
          [
            s('hour'),
            s('hour_in', { hour: String(schedule.chargeHour).padStart(2, '0'), zone: schedule.zone }),
          ],
          [
            s('policy'),
            <MuiLink key="policy" component={Link} to="/policies">
              {policy.name ?? t('policies.house')}
              {policy.named ? '' : ` · ${t('policies.default').toLowerCase()}`}
            </MuiLink>,
          ],
          [s('created'), <Instant key="created" value={schedule.createdAt} />],
        ]}
      />
    </Block>
  );
}
