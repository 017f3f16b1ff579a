import type { PeriodView, ScheduleView } from '@recaudo/shared';
import { Box, Paper, Typography } from '@mui/material';
import { useState } from 'react';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';
import { payerName } from '../sessions/naming.js';
import { PeriodDialog, type PeriodAct } from './acts/PeriodDialog.js';
import { PageDialog } from './acts/ScheduleDialog.js';
import { chargedMethod } from './method-words.js';
import { ComingCharges, NotCharged } from './OutlookWords.js';
import { PeriodLine } from './PeriodLine.js';

/** Every period so far, newest first, and the next one. */
export function PeriodsBlock({ schedule }: { schedule: ScheduleView }) {
  const { t, day } = useReader();
  const [acting, setActing] = useState<{ period: PeriodView; act: PeriodAct | 'skip' } | null>(null);
  const { periods, plan, instrument } = schedule;
  return (
    <Block title={t('schedules.periods')}>
      {periods.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('schedules.periods_none')}</Typography>
      ) : (
        <Paper elevation={0} component="ul" aria-label={t('schedules.periods')} sx={{ m: 0, mx: -1.5, p: 0 }}>
          {periods.map((period) => (
            <PeriodLine
              key={period.id}
              period={period}
              zone={schedule.zone}
              label={`${t('schedules.number')} ${period.number} · ${day(period.day)}`}
              columns="28px 92px 116px minmax(0, 1fr) minmax(0, 200px)"
              lead={
                <>
                  <Box
                    component="span"
                    sx={{ color: 'text.secondary', display: { xs: 'none', md: 'block' } }}
                  >
                    {period.number}
                  </Box>
                  <time dateTime={period.at}>{day(period.day)}</time>
                  <Box sx={{ textAlign: { md: 'right' }, fontWeight: 600 }}>
                    <Amount minor={period.amountMinor} currency={period.currency} />
                  </Box>
                </>
              }
              onAct={(act) => setActing({ period, act })}
            />
          ))}
        </Paper>
      )}
      {acting?.act === 'skip' ? (
        <PageDialog act="skip" schedule={schedule} onClose={() => setActing(null)} />
      ) : null}
      {acting && acting.act !== 'skip' ? (
        <PeriodDialog
          act={acting.act}
          period={acting.period}
          plan={plan}
          payer={payerName(schedule)}
          method={chargedMethod(instrument)}
          onClose={() => setActing(null)}
        />
      ) : null}
    </Block>
  );
}

const SHOWN = 12;

/** The coming charges, if nothing is changed. */
export function ComingBlock({ schedule: { outlook, state } }: { schedule: ScheduleView }) {
  const { t } = useReader();
  return (
    <Block title={t('schedules.coming')}>
      {outlook.charges.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>
          {t(state === 'paused' ? 'schedules.coming_paused' : 'schedules.coming_none')}
        </Typography>
      ) : (
        <>
          <NotCharged why={outlook.whyNotCharged} />
          <ComingCharges outlook={outlook} shown={SHOWN} />
        </>
      )}
    </Block>
  );
}
