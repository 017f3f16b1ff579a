import type { BatchPreview, Currency } from '@recaudo/shared';
import { Alert, Box, InputBase, Stack, Typography } from '@mui/material';
import { memo, useId, useState, type ReactNode } from 'react';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { minorToTyped } from '../fields/typed-amount.js';
import { readRowAmount } from './row-amounts.js';
import { rowWhy } from './why-words.js';

export type PreviewRow = BatchPreview['rows'][number];
/** One whose money is known. */
type Known = PreviewRow & { amountMinor: number; currency: Currency };

export function Refused({ rows }: { rows: PreviewRow[] }) {
  const { t } = useReader();
  return (
    <Alert severity="warning" sx={{ alignItems: 'flex-start' }}>
      <Typography sx={{ fontWeight: 600 }}>
        {t('batches.cannot', { smart_count: rows.length })}. {t('batches.cannot_explained')}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2, fontSize: 13, maxHeight: 160, overflow: 'auto' }} tabIndex={0}>
        {rows.map((row) => (
          <li key={row.transactionId}>
            <strong>{row.reference ?? row.transactionId.slice(0, 8)}</strong>
            {row.payerName ? ` · ${row.payerName}` : ''}: {rowWhy(row.why ?? 'unknown', t, row.by)}
          </li>
        ))}
      </Box>
    </Alert>
  );
}

interface PossibleProps {
  rows: PreviewRow[];
  /** The same as they stand now, with their changed amounts: some cannot be done any more, or go another way. */
  now: ReadonlyMap<string, PreviewRow>;
  /** Where amounts may be changed: minor units, null while what is typed is none. */
  onAmount?: (row: Known, amountMinor: number | null) => void;
}

/** What goes into the batch; where a part may be given back, with its amount to be changed row by row. */
export function Possible({ rows, now, onAmount }: PossibleProps) {
  const { t, siteClock } = useReader();
  const why = ({ transactionId }: PreviewRow): string | null => {
    const row = now.get(transactionId);
    return row?.why ? rowWhy(row.why, t, row.by) : null;
  };
  const later = ({ transactionId }: PreviewRow): string | null => {
    const row = now.get(transactionId);
    if (!row?.later || row.siteId === null) return null;
    const { route, plannedAt } = row.later;
    return t(`batches.later.${route}`, { at: plannedAt ? siteClock(plannedAt, row.siteId) : '' });
  };
  return (
    <Box component="details" open={rows.length <= 6}>
      <Box component="summary" sx={{ cursor: 'pointer', fontSize: 13, color: 'text.secondary' }}>
        {t(onAmount ? 'batches.rows_editable' : 'batches.can', { smart_count: rows.length })}
      </Box>
      <Stack
        component="ul"
        tabIndex={0}
        sx={{ listStyle: 'none', m: 0, py: 0, px: 0.5, fontSize: 13, maxHeight: 260, overflow: 'auto' }}
      >
        {rows.filter(isKnown).map((row) =>
          onAmount ? (
            <EditableRow
              key={row.transactionId}
              row={row}
              why={why(row)}
              later={later(row)}
              onAmount={onAmount}
            />
          ) : (
            <Row key={row.transactionId} row={row}>
              <Amount minor={row.amountMinor} currency={row.currency} />
            </Row>
          ),
        )}
      </Stack>
    </Box>
  );
}

function isKnown(row: PreviewRow): row is Known {
  return row.amountMinor !== null && row.currency !== null;
}

function Row({ row, children, below }: { row: Known; children: ReactNode; below?: ReactNode }) {
  return (
    <Box component="li" sx={{ borderTop: 1, borderColor: 'divider', py: '5px' }}>
      <Stack direction="row" sx={{ gap: 2, justifyContent: 'space-between', alignItems: 'center' }}>
        <Box component="span" sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {row.reference} · {row.payerName ?? '–'}
        </Box>
        {children}
      </Stack>
      {below}
    </Box>
  );
}

/** Holds its own text, so that typing in one of five hundred rows draws that row alone. */
const EditableRow = memo(function EditableRow({
  row,
  why,
  later,
  onAmount,
}: {
  row: Known;
  why: string | null;
  /** Why it is not sent at once. */
  later: string | null;
  onAmount: (row: Known, amountMinor: number | null) => void;
}) {
  const { t, language, amount } = useReader();
  const id = useId();
  const { currency, amountMinor: mostMinor } = row;
  const [text, setText] = useState(() => minorToTyped(mostMinor, currency, language));
  const most = amount(mostMinor, currency);
  const { problem } = readRowAmount(text, { currency, mostMinor, most }, language);
  const said = problem ? t(problem.key, problem.of) : why;
  return (
    <Row
      row={row}
      below={
        said ? (
          <Typography id={id} role="alert" variant="body2" sx={{ color: 'error.main', textAlign: 'right' }}>
            {said}
          </Typography>
        ) : later ? (
          <Typography variant="body2" sx={{ color: 'text.secondary', textAlign: 'right' }}>
            {later}
          </Typography>
        ) : null
      }
    >
      <InputBase
        value={text}
        onChange={({ target: { value } }) => {
          setText(value);
          onAmount(row, readRowAmount(value, { currency, mostMinor, most }, language).amountMinor);
        }}
        error={said !== null}
        startAdornment={<span aria-hidden>$</span>}
        endAdornment={
          <Box component="span" sx={{ pl: 0.5, color: 'text.secondary' }}>
            {currency}
          </Box>
        }
        inputProps={{
          'aria-label': t('batches.amount_of', { reference: row.reference ?? '', most }),
          'aria-describedby': said ? id : undefined,
          inputMode: 'decimal',
          autoComplete: 'off',
          maxLength: 24,
          style: { textAlign: 'right', padding: '2px 4px', fontVariantNumeric: 'tabular-nums' },
        }}
        sx={{
          width: { xs: 150, sm: 190 },
          flexShrink: 0,
          px: 1,
          fontSize: 13,
          border: 1,
          borderRadius: 1,
          borderColor: said ? 'error.main' : 'divider',
          '&.Mui-focused': { outline: 2, outlineColor: 'primary.main' },
        }}
      />
    </Row>
  );
});
