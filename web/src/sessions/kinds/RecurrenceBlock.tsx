import type { Meaning, RecurrenceView, SessionView } from '@recaudo/shared';
import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { usePractice } from '../../app/use-data.js';
import { Block } from '../../fields/Block.js';
import { Copyable } from '../../fields/Copyable.js';
import { everyWords } from '../../fields/every.js';
import { FactList } from '../../fields/FactList.js';
import { useReader } from '../../fields/reader.js';
import { MeaningChip } from '../../fields/StateChip.js';
import { Charges } from './Charges.js';

const STATE_MEANING: Record<RecurrenceView['state'], Meaning> = {
  waiting: 'waiting',
  active: 'done',
  stopped: 'failed',
  finished: 'done',
};
const DAY_MEANING: Record<RecurrenceView['calendar'][number]['state'], Meaning> = {
  expected: 'waiting',
  missing: 'attention',
  reported: 'unknown',
  confirmed: 'done',
  failed: 'failed',
};

/** Charges that the gateway repeats by itself: when they are due, which it told of, and how to stop them. */
export function RecurrenceBlock({
  session,
  recurrence,
}: {
  session: SessionView;
  recurrence: RecurrenceView;
}) {
  const { t, amount, day } = useReader();
  const sum = amount(recurrence.amountMinor, recurrence.currency);
  const runs = recurrence.state === 'active' || recurrence.state === 'waiting';
  return (
    <Block
      title={t('blocks.recurrence')}
      aside={
        <MeaningChip meaning={STATE_MEANING[recurrence.state]}>
          {t(`blocks.recurrence_state.${recurrence.state}`)}
        </MeaningChip>
      }
    >
      <FactList
        facts={[
          [
            t('opening.periodicity'),
            t('blocks.recurrence_words', { amount: sum, every: everyWords(recurrence, t) }),
          ],
          [
            t('blocks.recurrence_limit'),
            recurrence.maxPeriods === -1 ? t('blocks.no_limit') : String(recurrence.maxPeriods),
          ],
          [t('blocks.due_date'), recurrence.dueDate ? day(recurrence.dueDate) : null],
        ]}
      />
      <Calendar calendar={recurrence.calendar} />
      <Charges charges={session.transactions.filter(({ kind }) => kind === 'recurring')} />
      {runs ? <HowToStop session={session} /> : null}
    </Block>
  );
}

function Calendar({ calendar }: { calendar: RecurrenceView['calendar'] }) {
  const { t, day } = useReader();
  if (calendar.length === 0) return null;
  return (
    <Box sx={{ mt: 2 }}>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {t('blocks.calendar')}
      </Typography>
      <Box
        component="ol"
        aria-label={t('blocks.calendar')}
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          display: 'grid',
          gap: 1,
          gridTemplateColumns: 'repeat(auto-fill, minmax(108px, 1fr))',
        }}
      >
        {calendar.map((entry) => (
          <Stack
            component="li"
            key={entry.day}
            sx={{
              gap: 0.5,
              p: 1,
              border: 1,
              borderColor: 'divider',
              borderRadius: 1,
              alignItems: 'flex-start',
            }}
          >
            <Box component="time" dateTime={entry.day} sx={{ fontWeight: 600, fontSize: 13 }}>
              {day(entry.day)}
            </Box>
            <MeaningChip meaning={DAY_MEANING[entry.state]}>
              {t(`blocks.day_state.${entry.state}`)}
            </MeaningChip>
          </Stack>
        ))}
      </Box>
    </Box>
  );
}

/** No call of the gateway stops a recurrence: only its console does. */
function HowToStop({ session }: { session: SessionView }) {
  const { t } = useReader();
  const { data: practice } = usePractice();
  const reference = t('sessions.fields.reference');
  const number = t('sessions.fields.gatewayNumber');
  return (
    <Box component="section" aria-label={t('blocks.stop_title')} sx={{ mt: 2 }}>
      <Typography variant="h3">{t('blocks.stop_title')}</Typography>
      <Typography variant="body2" sx={{ mt: 0.5, maxWidth: 680 }}>
        {t('blocks.stop')}
      </Typography>
      <Stack
        direction="row"
        sx={{ mt: 0.5, columnGap: 2, flexWrap: 'wrap', alignItems: 'center', fontSize: 13 }}
      >
        <span>
          {reference}: <Copyable text={session.reference} name={reference} />
        </span>
        {session.gatewayNumber ? (
          <span>
            {number}: <Copyable text={session.gatewayNumber} name={number} />
          </span>
        ) : null}
        {session.mode === 'practice' && practice?.sandboxUrl ? (
          <MuiLink href={practice.sandboxUrl} target="_blank" rel="noreferrer">
            {t('blocks.stop_console')}
          </MuiLink>
        ) : null}
      </Stack>
    </Box>
  );
}
