import type { SessionView, TransactionView } from '@recaudo/shared';
import {
  Box,
  Button,
  Card,
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
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useCan } from '../app/login-state.js';
import { MONO } from '../app/theme.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { Block } from '../fields/Block.js';
import type { Translate } from '../fields/reader.js';
import { isLive } from './action-order.js';
import { attemptRows, type AttemptRow } from './attempt-rows.js';
import { Reason } from './Facts.js';
import { transactionPath } from './naming.js';
import { hasLeft } from '../transactions/refundable-row.js';
import { RefundDialog } from '../money/RefundDialog.js';

interface RowsProps {
  rows: AttemptRow[];
  all: TransactionView[];
  mayRefund: boolean;
  onRefund: (row: TransactionView) => void;
}

/** Each try of the payer to pay: one row of money moved or not moved; its parts and what was done to it beneath. */
export function Attempts({ session }: { session: SessionView }) {
  const { t } = useReader();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const rows = attemptRows(session.transactions);
  const mayRefund = useCan('transactions:reverse');
  const [refunding, setRefunding] = useState<TransactionView | null>(null);
  const shown: RowsProps = { rows, all: session.transactions, mayRefund, onRefund: setRefunding };
  return (
    <Block title={t('sessions.attempts')}>
      {rows.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>
          {t(isLive(session) ? 'sessions.no_attempts' : 'sessions.no_attempts_ever')}
        </Typography>
      ) : narrow ? (
        <AttemptCards {...shown} />
      ) : (
        <AttemptTable {...shown} />
      )}
      {refunding ? (
        <RefundDialog
          payment={{
            ...refunding,
            siteId: session.siteId,
            payer: session.payer,
            reference: session.reference,
          }}
          onClose={() => setRefunding(null)}
        />
      ) : null}
    </Block>
  );
}

function AttemptTable({ rows, all, mayRefund, onRefund }: RowsProps) {
  const { t } = useReader();
  return (
    <Box sx={{ overflowX: 'auto', mx: -2 }} tabIndex={0} role="group" aria-label={t('sessions.attempts')}>
      <Table size="small" aria-label={t('sessions.attempts')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('sessions.fields.at')}</TableCell>
            <TableCell>{t('sessions.fields.state')}</TableCell>
            <TableCell>{t('sessions.fields.method')}</TableCell>
            <TableCell>{t('sessions.fields.reason')}</TableCell>
            <TableCell>{t('sessions.fields.authorization')}</TableCell>
            <TableCell>{t('sessions.fields.receipt')}</TableCell>
            {mayRefund ? <TableCell /> : null}
            <TableCell align="right">{t('sessions.fields.amount')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ transaction: row, beneath }) => (
            <TableRow key={row.id}>
              <TableCell sx={beneath ? { pl: '28px !important' } : undefined}>
                <Instant value={row.at} />
              </TableCell>
              <TableCell>
                <TransactionStateChip state={row.state} />
              </TableCell>
              <TableCell>{whatOf(row, beneath, t)}</TableCell>
              <TableCell title={row.message ?? undefined}>
                <RowReason row={row} />
              </TableCell>
              <TableCell sx={{ fontFamily: MONO, fontSize: 12.5 }}>{row.authorization ?? '–'}</TableCell>
              <TableCell sx={{ fontFamily: MONO, fontSize: 12.5 }}>{row.receipt ?? '–'}</TableCell>
              {mayRefund ? (
                <TableCell>
                  {hasLeft(row, all) ? <RefundButton row={row} onRefund={onRefund} /> : null}
                </TableCell>
              ) : null}
              <TableCell align="right">
                <AmountLink row={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function AttemptCards({ rows, all, mayRefund, onRefund }: RowsProps) {
  const { t } = useReader();
  return (
    <Stack sx={{ gap: 1 }}>
      {rows.map(({ transaction: row, beneath }) => (
        <Card key={row.id} variant="outlined" sx={{ p: 1.5, ml: beneath ? 2 : 0 }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, flexWrap: 'wrap' }}>
            <strong>
              <AmountLink row={row} />
            </strong>
            <TransactionStateChip state={row.state} />
          </Stack>
          <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
            {whatOf(row, beneath, t)} · <RowReason row={row} />
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            <Instant value={row.at} /> · {row.authorization ?? '–'}
          </Typography>
          {mayRefund && hasLeft(row, all) ? <RefundButton row={row} onRefund={onRefund} /> : null}
        </Card>
      ))}
    </Stack>
  );
}

/** The way to all that belongs to it. */
function AmountLink({ row }: { row: TransactionView }) {
  const { t, amount } = useReader();
  return (
    <MuiLink
      component={Link}
      to={transactionPath(row.id)}
      aria-label={t('sessions.see_transaction', { amount: amount(row.amountMinor, row.currency) })}
    >
      <Amount minor={row.amountMinor} currency={row.currency} />
    </MuiLink>
  );
}

function RefundButton({ row, onRefund }: { row: TransactionView; onRefund: RowsProps['onRefund'] }) {
  const { t, amount } = useReader();
  return (
    <Button
      size="small"
      aria-haspopup="dialog"
      aria-label={`${t('sessions.refund')}: ${amount(row.amountMinor, row.currency)}`}
      onClick={() => onRefund(row)}
      sx={{ minHeight: 28, py: 0 }}
    >
      {t('sessions.refund')}
    </Button>
  );
}

/** What was used to pay; of a part also who gets it, of an act what it was. */
function whatOf(row: TransactionView, beneath: boolean, t: Translate): string {
  const card = row.lastFour ? `···· ${row.lastFour}` : null;
  const method = [row.methodName ?? row.method, card, row.issuer].filter(Boolean).join(' ');
  if (row.parentId !== null) return t(`blocks.transaction.${row.kind}`);
  if (beneath && row.groupId) {
    const whose = t('blocks.part_for', { agreement: row.agreement ?? t('opening.own_agreement') });
    return row.agreementType === 'AIRLINE' ? `${whose} (${t('opening.agreement_types.AIRLINE')})` : whose;
  }
  const kind = row.kind === 'payment' ? null : t(`blocks.transaction.${row.kind}`);
  return [kind, method].filter(Boolean).join(' · ') || '–';
}

/** A part that comes after a failed one is refused without being tried; the gateway has no code of its own for that. */
function RowReason({ row }: { row: TransactionView }) {
  const { t } = useReader();
  const untried = row.groupId !== null && row.state === 'rejected' && row.reason === '?C';
  if (!untried) return <Reason code={row.reason} />;
  return (
    <>
      {t('reasons.not_tried')} <small>({row.reason})</small>
    </>
  );
}
