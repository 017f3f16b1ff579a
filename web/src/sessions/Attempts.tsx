import type { SessionView, TransactionView } from '@recaudo/shared';
import {
  Box,
  Card,
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
import { MONO } from '../app/theme.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { Block } from '../fields/Block.js';
import { Reason } from './Facts.js';

/** Each try of the payer to pay: one row of money moved or not moved. */
export function Attempts({ session }: { session: SessionView }) {
  const { t } = useReader();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const { transactions, state } = session;
  const waits = state === 'pending' || state === 'opening';
  return (
    <Block title={t('sessions.attempts')}>
      {transactions.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>
          {t(waits ? 'sessions.no_attempts' : 'sessions.no_attempts_ever')}
        </Typography>
      ) : narrow ? (
        <AttemptCards transactions={transactions} />
      ) : (
        <AttemptTable transactions={transactions} />
      )}
    </Block>
  );
}

function AttemptTable({ transactions }: { transactions: TransactionView[] }) {
  const { t } = useReader();
  return (
    <Box sx={{ overflowX: 'auto', mx: -2 }}>
      <Table size="small" aria-label={t('sessions.attempts')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('sessions.fields.at')}</TableCell>
            <TableCell>{t('sessions.fields.state')}</TableCell>
            <TableCell>{t('sessions.fields.method')}</TableCell>
            <TableCell>{t('sessions.fields.reason')}</TableCell>
            <TableCell>{t('sessions.fields.authorization')}</TableCell>
            <TableCell>{t('sessions.fields.receipt')}</TableCell>
            <TableCell align="right">{t('sessions.fields.amount')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {transactions.map((row) => (
            <TableRow key={row.id}>
              <TableCell>
                <Instant value={row.at} />
              </TableCell>
              <TableCell>
                <TransactionStateChip state={row.state} />
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{methodOf(row)}</TableCell>
              <TableCell title={row.message ?? undefined}>
                <Reason code={row.reason} />
              </TableCell>
              <TableCell sx={{ fontFamily: MONO, fontSize: 12.5 }}>{row.authorization ?? '–'}</TableCell>
              <TableCell sx={{ fontFamily: MONO, fontSize: 12.5 }}>{row.receipt ?? '–'}</TableCell>
              <TableCell align="right">
                <Amount minor={row.amountMinor} currency={row.currency} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

function AttemptCards({ transactions }: { transactions: TransactionView[] }) {
  return (
    <Stack sx={{ gap: 1 }}>
      {transactions.map((row) => (
        <Card key={row.id} variant="outlined" sx={{ p: 1.5 }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between' }}>
            <strong>
              <Amount minor={row.amountMinor} currency={row.currency} />
            </strong>
            <TransactionStateChip state={row.state} />
          </Stack>
          <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.5 }}>
            {methodOf(row)} · <Reason code={row.reason} />
          </Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            <Instant value={row.at} /> · {row.authorization ?? '–'}
          </Typography>
        </Card>
      ))}
    </Stack>
  );
}

function methodOf(row: TransactionView): string {
  const card = row.lastFour ? `···· ${row.lastFour}` : null;
  return [row.methodName ?? row.method, card, row.issuer].filter(Boolean).join(' ') || '–';
}
