import type { Cohorts, Currency } from '@recaudo/shared';
import { addMonths } from '@recaudo/shared';
import {
  Box,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
  alpha,
} from '@mui/material';
import { useState } from 'react';
import { useReader } from '../fields/reader.js';
import { Answered, useRevenue } from './Answered.js';
import { monthWords, percent } from './figures.js';
import { Figure, Opens } from './parts.js';

type Cohort = Cohorts['currencies'][number]['cohorts'][number];
type Counted = 'count' | 'minor';

/** Of those who came in a month: how many are there, and what they earn, month by month since. */
export function CohortTab() {
  const { t } = useReader();
  const [counted, setCounted] = useState<Counted>('count');
  return (
    <Answered asked={useRevenue('cohorts')} empty={t('revenue.none.cohorts')}>
      {({ currency, cohorts }) => (
        <Figure title={t('revenue.cohorts', { currency })} of="cohorts" table="cohorts">
          <ToggleButtonGroup
            size="small"
            exclusive
            value={counted}
            aria-label={t('revenue.cohorts_by')}
            onChange={(_, value: Counted | null) => value && setCounted(value)}
            sx={{ mb: 1.5 }}
          >
            <ToggleButton value="count" sx={{ px: 2, py: 0.25 }}>
              {t('revenue.by_count')}
            </ToggleButton>
            <ToggleButton value="minor" sx={{ px: 2, py: 0.25 }}>
              {t('revenue.by_minor')}
            </ToggleButton>
          </ToggleButtonGroup>
          <HeatMap currency={currency} cohorts={cohorts} counted={counted} />
        </Figure>
      )}
    </Answered>
  );
}

/** The map is the table: the stronger the colour, the more of them are there. */
function HeatMap({
  currency,
  cohorts,
  counted,
}: {
  currency: Currency;
  cohorts: readonly Cohort[];
  counted: Counted;
}) {
  const { t, language } = useReader();
  const widest = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  return (
    <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={t('revenue.cohorts', { currency })}>
      <Table size="small" sx={{ width: 'auto', '& td, & th': { height: 36, px: 1, whiteSpace: 'nowrap' } }}>
        <TableHead>
          <TableRow>
            <TableCell>{t('revenue.cohort')}</TableCell>
            <TableCell align="right">{t('revenue.joined')}</TableCell>
            {Array.from({ length: widest }, (_, since) => (
              <TableCell key={since} align="center">
                {t('revenue.since', { months: since })}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {cohorts.map((cohort) => (
            <TableRow key={cohort.month}>
              <TableCell component="th" scope="row">
                {monthWords(cohort.month, language)}
              </TableCell>
              <TableCell align="right">{cohort.joined}</TableCell>
              {cohort.cells.map((_, since) => (
                <Cell key={since} currency={currency} cohort={cohort} since={since} counted={counted} />
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
        {t(counted === 'count' ? 'revenue.heat_count' : 'revenue.heat_minor')}
      </Typography>
    </Box>
  );
}

interface CellProps {
  currency: Currency;
  cohort: Cohort;
  since: number;
  counted: Counted;
}

/** Of schedules: of those that came. Of money: of what they earned at the end of their first month. */
function Cell({ currency, cohort, since, counted }: CellProps) {
  const { t, amount } = useReader();
  const cell = cohort.cells[since] ?? { count: 0, minor: 0 };
  const whole = counted === 'count' ? cohort.joined : (cohort.cells[0]?.minor ?? 0);
  const share = percent(cell[counted], whole);
  const month = addMonths(`${cohort.month}-01`, since).slice(0, 7);
  return (
    <TableCell
      align="center"
      title={`${t('revenue.now', { smart_count: cell.count })} · ${amount(cell.minor, currency)}`}
      sx={{ bgcolor: ({ palette }) => alpha(palette.primary.main, Math.min(1, (share ?? 0) / 100) * 0.32) }}
    >
      <Opens behind={{ figure: 'mrr', currency, month, cohort: cohort.month }}>
        {share === null ? '–' : `${share} %`}
      </Opens>
    </TableCell>
  );
}
