import { type HomeView, localDay } from '@recaudo/shared';
import {
  Box,
  Paper,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
  useTheme,
} from '@mui/material';
import { Link } from 'react-router-dom';
import { now } from '../app/clock.js';
import { Amount } from '../fields/Amount.js';
import { formatDay } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';
import { byCurrency, type CurrencyDays } from './days.js';

const HEIGHT = 120;
const BAR = 26;
const GAP = 8;

/** Approved money per day, one chart per currency, from zero; beneath it the same as a table. */
export function DaysChart({ days }: { days: NonNullable<HomeView['payments']>['days'] }) {
  const { t, zone } = useReader();
  const series = byCurrency(days, localDay(now(), zone));
  if (series.length === 0) return null;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        mt: 2,
        gridTemplateColumns: {
          xs: 'minmax(0,1fr)',
          lg: `repeat(${Math.min(series.length, 3)}, minmax(0, 1fr))`,
        },
      }}
    >
      {series.map((one) => (
        <Paper key={one.currency} component="figure" variant="outlined" sx={{ m: 0, p: 2, minWidth: 0 }}>
          <Stack
            component="figcaption"
            direction="row"
            sx={{ justifyContent: 'space-between', gap: 1, mb: 1, flexWrap: 'wrap' }}
          >
            <Typography variant="h2">{t('home.chart', { currency: one.currency })}</Typography>
            <Typography component="span">
              <Amount minor={one.totalMinor} currency={one.currency} />
            </Typography>
          </Stack>
          <Bars series={one} />
          <DaysTable series={one} />
        </Paper>
      ))}
    </Box>
  );
}

function Bars({ series }: { series: CurrencyDays }) {
  const { t, language, amount } = useReader();
  const { palette } = useTheme();
  const width = series.days.length * (BAR + GAP);
  return (
    <svg
      viewBox={`0 0 ${width} ${HEIGHT + 34}`}
      width="100%"
      role="group"
      aria-label={t('home.chart', { currency: series.currency })}
      style={{ display: 'block', maxHeight: 200 }}
    >
      <line x1={0} x2={width} y1={HEIGHT + 16.5} y2={HEIGHT + 16.5} stroke={palette.divider} />
      {series.days.map((day, index) => {
        const height = Math.round((day.approvedMinor / series.highestMinor) * HEIGHT);
        const x = index * (BAR + GAP) + GAP / 2;
        const label = `${formatDay(day.day, language)}: ${amount(day.approvedMinor, series.currency)}`;
        const highest = day.approvedMinor === series.highestMinor;
        return (
          <Link
            key={day.day}
            to={`/sessions?state=approved&from=${day.day}&to=${day.day}&currency=${series.currency}&by=ended`}
            aria-label={label}
          >
            <title>{label}</title>
            <rect x={x - GAP / 2} y={0} width={BAR + GAP} height={HEIGHT + 34} fill="transparent" />
            <rect
              x={x}
              y={HEIGHT + 16 - height}
              width={BAR}
              height={height}
              rx={2}
              fill={palette.meaning.done.text}
              opacity={highest ? 1 : 0.75}
            />
            <text
              x={x + BAR / 2}
              y={HEIGHT + 30}
              textAnchor="middle"
              fontSize={11}
              fill={palette.text.secondary}
            >
              {Number(day.day.slice(8))}
            </text>
          </Link>
        );
      })}
      {/* Outside the link, whose name says the same and must hold what is seen in it. */}
      {series.days.map((day, index) =>
        day.approvedMinor === series.highestMinor ? (
          <text
            key={day.day}
            aria-hidden
            x={Math.min(Math.max(index * (BAR + GAP) + (GAP + BAR) / 2, 60), width - 60)}
            y={11}
            textAnchor="middle"
            fontSize={11.5}
            fontWeight={600}
            fill={palette.text.primary}
            pointerEvents="none"
          >
            {amount(day.approvedMinor, series.currency)}
          </text>
        ) : null,
      )}
    </svg>
  );
}

function DaysTable({ series }: { series: CurrencyDays }) {
  const { t, language } = useReader();
  return (
    <Box
      component="details"
      sx={{ mt: 1, '& summary': { cursor: 'pointer', color: 'text.secondary', fontSize: 13 } }}
    >
      <summary>{t('home.as_table')}</summary>
      <Table
        size="small"
        aria-label={t('home.chart', { currency: series.currency })}
        sx={{ '& td, & th': { height: 30, px: 1 } }}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('home.day')}</TableCell>
            <TableCell align="right">{t('states.session_plural.approved')}</TableCell>
            <TableCell align="right">{t('states.session_plural.rejected')}</TableCell>
            <TableCell align="right">{t('sessions.fields.amount')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {series.days.map((day) => (
            <TableRow key={day.day}>
              <TableCell>{formatDay(day.day, language)}</TableCell>
              <TableCell align="right">{day.approved}</TableCell>
              <TableCell align="right">{day.rejected}</TableCell>
              <TableCell align="right">
                <Amount minor={day.approvedMinor} currency={series.currency} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
