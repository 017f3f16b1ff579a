import { Box, Stack, Typography, useTheme } from '@mui/material';
import { useReader } from '../fields/reader.js';
import { monthWords, reach, stacked } from './figures.js';
import { useMonthsInSight } from './use-months-in-sight.js';

const HEIGHT = 170;
const BAR = 30;
const ABOVE = 14;
const BELOW = 22;

export interface Series {
  key: string;
  label: string;
  colour: string;
  /** One for each month; losses are negative. */
  values: readonly number[];
}

interface Props {
  name: string;
  months: readonly string[];
  series: readonly Series[];
  /** How a value is written. */
  write: (value: number) => string;
  open: (month: string, key: string) => void;
}

/** Bars by month, gains above zero and losses below; a bar opens what is behind it. The table beneath says the same. */
export function StackedBars({ name, months: all, series, write, open }: Props) {
  const { language } = useReader();
  const { palette } = useTheme();
  const { width: WIDTH, first } = useMonthsInSight(all.length);
  const months = all.slice(first);
  const valueAt = ({ values }: Series, index: number) => values[first + index] ?? 0;
  const bars = months.map((_, index) =>
    stacked(series.map((one) => ({ key: one.key, value: valueAt(one, index) }))),
  );
  const { high, low } = reach(bars);
  const y = (value: number) => ABOVE + ((high - value) / (high - low)) * HEIGHT;
  const width = months.length * WIDTH;
  return (
    <Box component="figure" sx={{ m: 0, minWidth: 0 }}>
      <Legend series={series} />
      <svg
        viewBox={`0 0 ${width} ${HEIGHT + ABOVE + BELOW}`}
        width="100%"
        role="group"
        aria-label={name}
        style={{ display: 'block', maxHeight: 320 }}
      >
        <line x1={0} x2={width} y1={y(0)} y2={y(0)} stroke={palette.divider} />
        <text x={0} y={10} fontSize={11} fill={palette.text.secondary}>
          {write(high)}
        </text>
        {months.map((month, index) => (
          <g key={month}>
            {(bars[index] ?? []).map(({ key, from, to }) => {
              const one = series.find((each) => each.key === key);
              const label = `${monthWords(month, language)} · ${one?.label}: ${write(one ? valueAt(one, index) : 0)}`;
              return (
                <rect
                  key={key}
                  x={index * WIDTH + (WIDTH - BAR) / 2}
                  y={y(to)}
                  width={BAR}
                  height={Math.max(1, y(from) - y(to))}
                  fill={one?.colour}
                  stroke={palette.background.paper}
                  strokeWidth={1}
                  style={{ cursor: 'pointer' }}
                  onClick={() => open(month, key)}
                >
                  <title>{label}</title>
                </rect>
              );
            })}
            <text
              x={index * WIDTH + WIDTH / 2}
              y={HEIGHT + ABOVE + 16}
              textAnchor="middle"
              fontSize={11}
              fill={palette.text.secondary}
            >
              {monthWords(month, language)}
            </text>
          </g>
        ))}
      </svg>
    </Box>
  );
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <Stack component="figcaption" direction="row" sx={{ gap: 2, flexWrap: 'wrap', mb: 1 }}>
      {series.map(({ key, label, colour }) => (
        <Typography key={key} variant="body2" component="span" sx={{ color: 'text.secondary' }}>
          <Box
            component="span"
            aria-hidden
            sx={{
              display: 'inline-block',
              width: 10,
              height: 10,
              borderRadius: '2px',
              bgcolor: colour,
              mr: 0.75,
            }}
          />
          {label}
        </Typography>
      ))}
    </Stack>
  );
}
