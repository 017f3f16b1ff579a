import type { BatchRowView, BatchView } from '@recaudo/shared';
import {
  Box,
  Link as MuiLink,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';
import { BatchRowStateChip } from '../fields/StateChip.js';
import { holdPath, transactionPath } from '../sessions/naming.js';
import { isMoving } from './batch-sentence.js';
import { rowWhy } from './why-words.js';

const FOLLOW_MS = 1_500;

/** What became of each row. */
export function BatchRows({ batch }: { batch: BatchView }) {
  const { t } = useReader();
  const data = useData();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const {
    data: rows,
    error,
    refetch,
  } = useQuery({
    // Read once more when the batch has come to rest.
    queryKey: ['batches', 'rows', batch.id, batch.state],
    queryFn: () => data.batchRows(batch.id),
    refetchInterval: isMoving(batch) ? FOLLOW_MS : false,
    placeholderData: (known) => known,
  });
  return (
    <Block title={t('batches.results')}>
      {!rows ? (
        error ? (
          <ProblemPanel error={error} retry={() => void refetch()} />
        ) : (
          <RowsSkeleton rows={5} />
        )
      ) : narrow ? (
        <RowCards rows={rows} kind={batch.kind} />
      ) : (
        <RowTable rows={rows} kind={batch.kind} />
      )}
    </Block>
  );
}

interface RowsProps {
  rows: BatchRowView[];
  kind: BatchView['kind'];
}

function RowTable({ rows, kind }: RowsProps) {
  const { t } = useReader();
  return (
    <Table size="small" aria-label={t('batches.results')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('batches.row')}</TableCell>
          <TableCell>{t('sessions.fields.reference')}</TableCell>
          <TableCell>{t('sessions.fields.payerName')}</TableCell>
          <TableCell align="right">{t('sessions.fields.amount')}</TableCell>
          <TableCell>{t('batches.result')}</TableCell>
          <TableCell>{t('sessions.fields.reason')}</TableCell>
          <TableCell />
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell>{row.position}</TableCell>
            <TableCell>
              <MuiLink component={Link} to={targetOf(row, kind)}>
                {row.reference}
              </MuiLink>
            </TableCell>
            <TableCell>{row.payerName ?? '–'}</TableCell>
            <TableCell align="right">
              <Amount minor={row.amountMinor} currency={row.currency} />
            </TableCell>
            <TableCell>
              <BatchRowStateChip state={row.state} />
            </TableCell>
            <TableCell>
              <RowWhy row={row} />
            </TableCell>
            <TableCell>
              <OperationLink row={row} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function RowCards({ rows, kind }: RowsProps) {
  const { t } = useReader();
  return (
    <Stack component="ul" aria-label={t('batches.results')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map((row) => (
        <Box component="li" key={row.id} sx={{ py: 1, borderTop: 1, borderColor: 'divider' }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, flexWrap: 'wrap' }}>
            <strong>
              <Amount minor={row.amountMinor} currency={row.currency} />
            </strong>
            <BatchRowStateChip state={row.state} />
          </Stack>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            <MuiLink component={Link} underline="always" to={targetOf(row, kind)}>
              {row.reference}
            </MuiLink>{' '}
            · {row.payerName ?? '–'}
          </Typography>
          <Stack direction="row" sx={{ gap: 1, justifyContent: 'space-between', fontSize: 13 }}>
            <span>
              <RowWhy row={row} />
            </span>
            <OperationLink row={row} />
          </Stack>
        </Box>
      ))}
    </Stack>
  );
}

function targetOf(row: BatchRowView, kind: BatchView['kind']): string {
  return kind === 'reverse' ? transactionPath(row.transactionId) : holdPath(row.transactionId);
}

/** Plain words; the raw code in small print. */
function RowWhy({ row }: { row: BatchRowView }) {
  const { t } = useReader();
  if (!row.why || row.state === 'approved') return null;
  return (
    <>
      {rowWhy(row.why, t)} {row.state === 'pending' ? null : <small>({row.why})</small>}
    </>
  );
}

function OperationLink({ row }: { row: BatchRowView }) {
  const { t } = useReader();
  if (!row.operationId) return null;
  return (
    <MuiLink
      component={Link}
      to={transactionPath(row.operationId)}
      aria-label={`${t('batches.see')}: ${row.reference}`}
      sx={{ whiteSpace: 'nowrap' }}
    >
      {t('batches.see')}
    </MuiLink>
  );
}
