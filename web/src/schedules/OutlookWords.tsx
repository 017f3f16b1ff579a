import type { Outlook } from '@recaudo/shared';
import { Alert, Box, Typography } from '@mui/material';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';

/** The coming charges, oldest first: so many of them by name, the others counted. */
export function ComingCharges({ outlook, shown }: { outlook: Outlook; shown: number }) {
  const { t, day } = useReader();
  const { charges, more, currency } = outlook;
  const left = more === null ? 0 : more + Math.max(charges.length - shown, 0);
  const rest =
    more === null ? t('schedules.endless') : left > 0 ? t('schedules.more', { smart_count: left }) : null;
  return (
    <>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, fontSize: 13 }}>
        {charges.slice(0, shown).map((charge) => (
          <Box
            component="li"
            key={charge.number}
            sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, py: '3px', maxWidth: 320 }}
          >
            <span>{day(charge.day)}</span>
            <Amount minor={charge.amountMinor} currency={currency} />
          </Box>
        ))}
      </Box>
      {rest ? (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {rest}
        </Typography>
      ) : null}
    </>
  );
}

/** That its means of payment keeps all of it from being charged. */
export function NotCharged({ why }: { why: string | null }) {
  const { t } = useReader();
  if (why === null) return null;
  return (
    <Alert severity="warning" sx={{ mb: 0.75 }}>
      {t(`schedules.not_charged.${why}`)}
    </Alert>
  );
}

/** What will still be charged, when access ends, and which tries end. */
export function OutlookWords({
  outlook,
  shown,
  paused,
  cancelled,
}: {
  outlook: Outlook;
  shown: number;
  /** It will be: then nothing is charged, and nobody knows until when. */
  paused: boolean;
  /** It is about to be cancelled at once: what is owed then is for its payer, or for somebody to waive. */
  cancelled: boolean;
}) {
  const { t, day, amount } = useReader();
  const { charges, accessEndsOn, triesEnd, owed, currency, whyNotCharged } = outlook;
  return (
    <>
      {charges.length === 0 ? (
        <Typography>{paused ? t('schedules.outlook.none_paused') : t('schedules.outlook.none')}</Typography>
      ) : (
        <>
          <NotCharged why={whyNotCharged} />
          <Typography>
            {t(whyNotCharged === null ? 'schedules.outlook.charges' : 'schedules.outlook.would_charge')}
          </Typography>
          <ComingCharges outlook={outlook} shown={shown} />
        </>
      )}
      {(paused || whyNotCharged !== null) && accessEndsOn === null ? null : (
        <Typography>
          {accessEndsOn
            ? t('schedules.outlook.access_ends', { day: day(accessEndsOn) })
            : t('schedules.outlook.access_goes_on')}
        </Typography>
      )}
      {triesEnd.map((period) => (
        <Typography key={period.periodId} sx={{ color: 'warning.main' }}>
          {t('schedules.outlook.tries_end', {
            number: period.number,
            day: day(period.day),
            amount: amount(period.amountMinor, currency),
          })}
        </Typography>
      ))}
      {cancelled && owed.count > 0 ? (
        <Typography sx={{ color: 'warning.main' }}>
          {t('schedules.outlook.owed', {
            smart_count: owed.count,
            amount: amount(owed.amountMinor, currency),
          })}
        </Typography>
      ) : null}
    </>
  );
}
