import type { Currency, MrrMonth } from '@recaudo/shared';
import { Box, Typography, useTheme } from '@mui/material';
import { useReader } from '../fields/reader.js';
import { clearOfLine, monthWords } from './figures.js';
import { useMonthsInSight } from './use-months-in-sight.js';

const HEIGHT = 110;
const ABOVE = 24;
const BELOW = 24;
/** What an amount takes up at most. */
const LABEL = 110;

/** What was there at the end of each month, from zero; the first and the last are labelled. */
export function EndLine({ currency, months: all }: { currency: Currency; months: readonly MrrMonth[] }) {
  const { t, amount, language } = useReader();
  const { palette } = useTheme();
  const { width: WIDTH, first } = useMonthsInSight(all.length);
  const months = all.slice(first);
  const highest = Math.max(1, ...months.map(({ end }) => end.minor));
  const x = (index: number) => index * WIDTH + WIDTH / 2;
  const y = (minor: number) => ABOVE + (1 - minor / highest) * HEIGHT;
  const width = months.length * WIDTH;
  const heights = months.map(({ end }) => y(end.minor));
  const points = heights.map((height, index) => `${x(index)},${height}`).join(' ');
  const under = Math.ceil((LABEL - WIDTH / 2) / WIDTH) + 1;
  return (
    <Box component="figure" sx={{ m: 0 }}>
      <Typography component="figcaption" variant="h3">
        {t('revenue.end_chart')}
      </Typography>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + ABOVE + BELOW}`}
        width="100%"
        role="img"
        aria-label={t('revenue.end_chart')}
        style={{ display: 'block', maxHeight: 220 }}
      >
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke={palette.divider} />
        <polyline points={points} fill="none" stroke={palette.primary.main} strokeWidth={2.5} />
        {months.map(({ month, end }, index) => (
          <circle key={month} cx={x(index)} cy={y(end.minor)} r={3.5} fill={palette.primary.main}>
            <title>{`${monthWords(month, language)}: ${amount(end.minor, currency)}`}</title>
          </circle>
        ))}
        {months.map(({ month, end }, index) => {
          const last = index === months.length - 1;
          if (!last && index !== 0) return null;
          return (
            <text
              key={month}
              x={last ? width : 0}
              y={clearOfLine(last ? heights.toReversed() : heights, under)}
              textAnchor={last ? 'end' : 'start'}
              fontSize={11.5}
              fontWeight={600}
              fill={palette.text.primary}
            >
              {amount(end.minor, currency)}
            </text>
          );
        })}
      </svg>
    </Box>
  );
}
