import { useMediaQuery, type Theme } from '@mui/material';

/** On a phone the charts show the last months only, so that their words can be read; the tables have them all. */
const ON_A_PHONE = 6;

/** How wide a month is drawn, and the first one that is. */
export function useMonthsInSight(months: number): { width: number; first: number } {
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  return narrow ? { width: 54, first: Math.max(0, months - ON_A_PHONE) } : { width: 92, first: 0 };
}
