import type { TransactionDetail } from '@recaudo/shared';
import { Box, Button, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Block } from '../fields/Block.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, TransactionStateChip } from '../fields/StateChip.js';
import { TransactionTime } from './TransactionTime.js';

/** The same money as we, the gateway and the statement have it, side by side. */
export function TruthBlock({ transaction }: { transaction: TransactionDetail }) {
  const { t, instant } = useReader();
  const { truth, currency } = transaction;
  const mayCheck = transaction.availableActions.some(({ action, allowed }) => action === 'check' && allowed);
  const compared = truth.gateway !== null || truth.statement !== null;
  return (
    <Block
      title={t('transactions.truth')}
      aside={
        compared ? (
          <MeaningChip meaning={truth.agree ? 'done' : 'attention'}>
            {t(truth.agree ? 'transactions.truth_agree' : 'transactions.truth_differ')}
          </MeaningChip>
        ) : undefined
      }
    >
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(3, 1fr)' } }}
      >
        <Witness name={t('transactions.truth_ours')}>
          <TransactionStateChip state={truth.ours.state} />
          <Amount minor={truth.ours.amountMinor} currency={currency} />
          <Small>
            <TransactionTime row={{ kind: transaction.kind, at: truth.ours.at }} />
          </Small>
        </Witness>
        <Witness name={t('transactions.truth_gateway')}>
          {truth.gateway ? (
            <>
              <TransactionStateChip state={truth.gateway.state} />
              <Amount minor={truth.gateway.amountMinor} currency={currency} />
              <Small>
                {t('transactions.truth_asked', { at: instant(truth.gateway.askedAt) })}
                {truth.gateway.refunded ? `; ${t('transactions.truth_refunded')}` : ''}
              </Small>
            </>
          ) : (
            <Small>{t('transactions.truth_not_asked')}</Small>
          )}
          {mayCheck ? <CheckButton id={transaction.id} /> : null}
        </Witness>
        <Witness name={t('transactions.truth_statement')}>
          {truth.statement ? (
            <>
              <Amount minor={truth.statement.amountMinor} currency={currency} />
              <Small>
                <Instant value={truth.statement.settledAt} /> · {truth.statement.source}
              </Small>
            </>
          ) : (
            <Small>{t('transactions.no_statement')}</Small>
          )}
        </Witness>
      </Box>
    </Block>
  );
}

function Witness({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Stack sx={{ gap: 0.5, alignItems: 'flex-start' }}>
      <Typography variant="h3">{name}</Typography>
      {children}
    </Stack>
  );
}

function Small({ children }: { children: ReactNode }) {
  return (
    <Typography variant="body2" component="span" sx={{ color: 'text.secondary' }}>
      {children}
    </Typography>
  );
}

/** Asks the gateway now. */
export function CheckButton({ id }: { id: string }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const { mutate, isPending } = useMutation({
    mutationFn: () => data.checkTransaction(id),
    onSuccess: () => notify('transactions.checked', { type: 'info' }),
    onError: (error) =>
      notify(`problems.help.${problemOf(error).code}`, {
        type: 'error',
        messageArgs: { _: t('problems.help.internal') },
      }),
    onSettled: () => client.invalidateQueries(),
  });
  return (
    <Button size="small" variant="outlined" disabled={isPending} onClick={() => mutate()}>
      {isPending ? t('sessions.checking') : t('transactions.action.check')}
    </Button>
  );
}
