import type { TransactionDetail } from '@recaudo/shared';
import PrintOutlined from '@mui/icons-material/PrintOutlined';
import { Alert, Box, Button, Paper, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useGetOne } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import { useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, PageSkeleton, ProblemPanel, useDocumentTitle } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { FactList } from '../fields/FactList.js';
import { useReader } from '../fields/reader.js';
import { methodWords } from '../money/typed-money.js';
import { payerName, transactionPath } from '../sessions/naming.js';
import { isCaptured } from './refundable-row.js';
import { SendReceiptDialog } from './SendReceiptDialog.js';

export default function Receipt() {
  return (
    <Gate permission="sessions:read">
      <ReceiptPage />
    </Gate>
  );
}

/** What a payer may keep: on paper only the sheet itself, without the frame and the buttons. */
function ReceiptPage() {
  const { t } = useReader();
  const { id = '' } = useParams();
  const { data, error, refetch } = useGetOne<TransactionDetail>('transactions', { id });
  const [sending, setSending] = useState(false);
  useDocumentTitle(`${t('receipt.title')} ${data?.reference ?? ''}`);
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <PageSkeleton rows={6} />;
  const maySend = data.availableActions.some(({ action, allowed }) => action === 'receipt' && allowed);
  if (!isCaptured(data)) {
    return (
      <EmptyPanel
        action={
          <Button component={Link} to={transactionPath(id)} variant="outlined">
            {t('receipt.back')}
          </Button>
        }
      >
        {t('receipt.only_approved')}
      </EmptyPanel>
    );
  }
  return (
    <Box sx={{ px: { xs: 2, md: 3 }, py: 3, maxWidth: 720 }}>
      <Stack direction="row" sx={{ gap: 1, mb: 2, flexWrap: 'wrap', '@media print': { display: 'none' } }}>
        <Button component={Link} to={transactionPath(id)}>
          {t('receipt.back')}
        </Button>
        <Button variant="contained" startIcon={<PrintOutlined />} onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
        {maySend ? (
          <Button variant="outlined" aria-haspopup="dialog" onClick={() => setSending(true)}>
            {t('receipt.send')}
          </Button>
        ) : null}
      </Stack>
      <Sheet transaction={data} />
      {sending ? <SendReceiptDialog transaction={data} onClose={() => setSending(false)} /> : null}
    </Box>
  );
}

function Sheet({ transaction }: { transaction: TransactionDetail }) {
  const { t, dayOf, siteInstantFully, amount } = useReader();
  const { sites } = useSignedIn();
  const site = sites.find((candidate) => candidate.id === transaction.siteId);
  const { payer, currency, refundable } = transaction;
  const returned = refundable?.returnedMinor ?? 0;
  const chargedBack = refundable?.chargedBackMinor ?? 0;
  const left = transaction.amountMinor - returned - chargedBack;
  const sum = (minor: number) => <Amount minor={minor} currency={currency} />;
  return (
    <Paper
      variant="outlined"
      component="article"
      sx={{ p: { xs: 2, sm: 4 }, '@media print': { border: 0, p: 0 } }}
    >
      <Typography variant="h1">{t('receipt.title')}</Typography>
      <Typography sx={{ fontSize: 32, fontWeight: 650, my: 1 }}>{sum(transaction.amountMinor)}</Typography>
      {returned + chargedBack > 0 ? (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t(left > 0 ? 'receipt.part_back' : 'receipt.all_back', {
            // Claimed back after it was refunded, more went out than was paid.
            back: amount(Math.min(returned + chargedBack, transaction.amountMinor), currency),
          })}
        </Alert>
      ) : null}
      {transaction.mode === 'live' ? null : (
        <Alert severity="warning" sx={{ mb: 2 }}>
          {t('receipt.practice')}
        </Alert>
      )}
      <FactList
        facts={[
          [t('receipt.paid_to'), site?.name ?? null],
          [t('receipt.paid_by'), payerName(transaction)],
          [t('receipt.concept'), transaction.session?.description ?? null],
          [t('receipt.document'), [payer.documentType, payer.document].filter(Boolean).join(' ')],
          // Of a payment that somebody stated the day is known, its hour is not.
          [
            t('receipt.date'),
            transaction.reason === 'settled_by_hand'
              ? dayOf(transaction.at)
              : siteInstantFully(transaction.at, transaction.siteId),
          ],
          [t('receipt.method'), methodWords(transaction)],
          [t('sessions.fields.reference'), transaction.reference],
          [t('sessions.fields.authorization'), transaction.authorization],
          [t('sessions.fields.receipt'), transaction.receipt],
          [t('transactions.issuer'), transaction.issuer],
          [t('receipt.total'), sum(transaction.amountMinor)],
          [t('receipt.refunded'), returned > 0 ? sum(returned) : null],
          [t('receipt.charged_back'), chargedBack > 0 ? sum(chargedBack) : null],
          [t('receipt.net'), returned + chargedBack > 0 ? sum(Math.max(0, left)) : null],
        ]}
      />
    </Paper>
  );
}
