import type { TransactionDetail, TransactionItem } from '@recaudo/shared';
import { Box, Link as MuiLink, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { Block } from '../fields/Block.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { TransactionStateChip } from '../fields/StateChip.js';
import { transactionPath } from '../sessions/naming.js';
import { TransactionAmount } from './TransactionAmount.js';
import { TransactionTime } from './TransactionTime.js';

/** What was done to this money; shown also when empty where something could have been. */
export function OperationsBlock({
  transaction: { operations, refundable, kind },
}: {
  transaction: Pick<TransactionDetail, 'operations' | 'refundable' | 'kind'>;
}) {
  const { t } = useReader();
  if (operations.length === 0 && !refundable && kind !== 'checkin') return null;
  return (
    <Block title={t('transactions.operations')}>
      {operations.length === 0 ? (
        <Typography sx={{ color: 'text.secondary' }}>{t('transactions.no_operations')}</Typography>
      ) : (
        <Rows rows={operations} name={t('transactions.operations')} />
      )}
    </Block>
  );
}

/** The payment that this refunds, the hold that it captures. */
export function ParentBlock({ parent }: { parent: TransactionItem }) {
  const { t } = useReader();
  return (
    <Block title={t('transactions.belongs_to')}>
      <Rows rows={[parent]} name={t('transactions.belongs_to')} />
    </Block>
  );
}

function Rows({ rows, name }: { rows: TransactionItem[]; name: string }) {
  const { t } = useReader();
  return (
    <Stack component="ul" aria-label={name} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map((row) => (
        <Stack
          key={row.id}
          component="li"
          direction="row"
          sx={{
            columnGap: 1.5,
            rowGap: 0.5,
            py: 1,
            alignItems: 'center',
            flexWrap: 'wrap',
            borderTop: 1,
            borderColor: 'divider',
            fontSize: 13,
            '&:first-of-type': { borderTop: 0 },
          }}
        >
          <MuiLink component={Link} to={transactionPath(row.id)} sx={{ fontWeight: 600, minWidth: 130 }}>
            {t(`transactions.kind.${row.kind}`)}
          </MuiLink>
          <TransactionStateChip state={row.state} />
          <Box component="span" sx={{ color: 'text.secondary' }}>
            <TransactionTime row={row} />
            {row.askedBy ? ` · ${row.askedBy}` : ''}
            {row.state === 'waiting' && row.plannedAt ? (
              <>
                {' · '}
                {t('transactions.planned')} <Instant value={row.plannedAt} byClock />
              </>
            ) : null}
          </Box>
          <Box component="strong" sx={{ ml: 'auto' }}>
            <TransactionAmount row={row} />
          </Box>
        </Stack>
      ))}
    </Stack>
  );
}
