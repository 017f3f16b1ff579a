import { minorToDecimal, type LabResult } from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useId, type ReactNode } from 'react';
import { Amount } from '../fields/Amount.js';
import { FigureTable } from '../fields/FigureTable.js';
import { useReader } from '../fields/reader.js';
import {
  basisWords,
  differenceWords,
  figureWords,
  labFigures,
  rangeWords,
  type Figure,
} from './lab-figures.js';

/** What a policy would have come to: as bars, as a table, and as a file. An estimate, and named one. */
export function LabFigures({ result, name }: { result: LabResult; name: string }) {
  const reader = useReader();
  const { t, list } = reader;
  const id = useId();
  const figures = labFigures(result, t);
  const periods = Object.values(result.periods).reduce((sum, count) => sum + count, 0);
  if (periods === 0) return <Alert severity="info">{t('policies.lab.none')}</Alert>;
  const parts = list(basisWords(result, reader));
  return (
    <Stack component="section" aria-labelledby={id} sx={{ gap: 1.5, minWidth: 0 }}>
      <Typography id={id} variant="h3">
        {t('policies.lab.result', { name })}
      </Typography>
      <Typography variant="body2">
        <strong>{t('policies.lab.estimate')}.</strong>{' '}
        {t('policies.lab.basis', { smart_count: periods, parts })} {t('policies.lab.estimate_explained')}
      </Typography>
      <Box
        sx={{
          ...{ display: 'grid', gap: 2 },
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(auto-fit, minmax(220px, 1fr))' },
        }}
      >
        {figures.map((figure) => (
          <Bars key={figure.key} figure={figure} />
        ))}
      </Box>
      <Table figures={figures} name={t('policies.lab.result', { name })} />
      <Box>
        <Button
          component="a"
          size="small"
          href={`data:text/csv;charset=utf-8,${encodeURIComponent(csvOf(figures, t))}`}
          download={t('policies.lab.file')}
          startIcon={<DownloadOutlined />}
        >
          {t('policies.lab.csv')}
        </Button>
      </Box>
    </Stack>
  );
}

/** From zero: what was, and what would have been, certain and possible. */
function Bars({ figure }: { figure: Figure }) {
  const reader = useReader();
  const { t } = reader;
  const { made, would, currency, label } = figure;
  const reach = Math.max(made, would.most, 1);
  const part = (value: number) => `${(value / reach) * 100}%`;
  return (
    <Box component="figure" sx={{ m: 0, minWidth: 0 }}>
      <Typography component="figcaption" sx={{ fontSize: 13, fontWeight: 600, mb: 0.5 }}>
        {label}
      </Typography>
      <Bar words={`${t('policies.lab.made')}: ${figureWords(made, currency, reader)}`}>
        <Box sx={{ width: part(made), bgcolor: 'text.secondary' }} />
      </Bar>
      <Bar words={`${t('policies.lab.would')}: ${rangeWords(figure, reader)}`}>
        <Box sx={{ width: part(would.least), bgcolor: 'primary.main' }} />
        <Box
          sx={({ palette }) => ({
            width: part(would.most - would.least),
            background: `repeating-linear-gradient(45deg, ${palette.primary.main} 0 2px, transparent 2px 6px)`,
          })}
        />
      </Bar>
    </Box>
  );
}

function Bar({ words, children }: { words: string; children: ReactNode }) {
  return (
    <Box sx={{ mb: 0.75 }}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {words}
      </Typography>
      <Box aria-hidden sx={{ display: 'flex', height: 10, bgcolor: 'action.hover', overflow: 'hidden' }}>
        {children}
      </Box>
    </Box>
  );
}

function Table({ figures, name }: { figures: Figure[]; name: string }) {
  const reader = useReader();
  const { t } = reader;
  const l = (word: string) => t(`policies.lab.${word}`);
  return (
    <FigureTable
      name={name}
      rows={figures}
      rowKey={({ key }) => key}
      columns={[
        { head: l('what'), words: true, cell: ({ label }) => label },
        {
          head: l('made'),
          cell: ({ made, currency, count }) => (
            <Value minor={made} currency={currency} count={count ? String(count.made) : null} />
          ),
        },
        {
          head: l('would'),
          cell: (figure) => {
            const { count } = figure;
            const counted = count && rangeWords({ ...figure, currency: null, would: count.would }, reader);
            return `${rangeWords(figure, reader)}${counted === null ? '' : ` (${counted})`}`;
          },
        },
        { head: l('difference'), cell: (figure) => differenceWords(figure, reader) },
      ]}
    />
  );
}

function Value({
  minor,
  currency,
  count,
}: {
  minor: number;
  currency: Figure['currency'];
  count: string | null;
}) {
  if (currency === null) return <>{minor}</>;
  return (
    <>
      <Amount minor={minor} currency={currency} /> ({count})
    </>
  );
}

/** Plain numbers with a decimal point, without their currency, which the first column names. */
function csvOf(figures: readonly Figure[], t: (key: string) => string): string {
  const l = (word: string) => t(`policies.lab.${word}`);
  const rows = figures.map(({ label, currency, made, would }) => {
    const plain = (value: number) => (currency === null ? value : minorToDecimal(value, currency));
    return [label, plain(made), plain(would.least), plain(would.most)];
  });
  const head = [l('what'), l('made'), `${l('would')} · ${l('sure')}`, `${l('would')} · ${l('possible')}`];
  const cell = (value: string | number) => `"${String(value).replaceAll('"', '""')}"`;
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}
