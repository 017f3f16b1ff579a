import type { ReviewView } from '@recaudo/shared';
import { Button, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useCan, useSignedIn } from '../app/login-state.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, Tag } from '../fields/StateChip.js';
import { Evidence } from '../sessions/Evidence.js';
import { sessionPath, transactionPath } from '../sessions/naming.js';
import { reviewSentence } from './review-sentence.js';

/** One thing that waits for a person, or waited. */
export function ReviewCard({ review, onResolve }: { review: ReviewView; onResolve: () => void }) {
  const { t, amount } = useReader();
  const { sites } = useSignedIn();
  const mayResolve = useCan('reviews:resolve');
  const mayAdopt = useCan('sessions:adopt');
  const mayRefund = useCan('transactions:reverse');
  const site = sites.find((candidate) => candidate.id === review.siteId);
  const title = t(`reviews.kinds.${review.kind}`);
  const name = `${title} ${review.reference ?? ''}`;
  const transactionId = typeof review.data.transactionId === 'string' ? review.data.transactionId : null;
  return (
    <Paper component="li" variant="outlined" aria-label={name} sx={{ p: 2 }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <MeaningChip meaning={review.resolvedAt ? 'done' : 'attention'}>{title}</MeaningChip>
        {review.amountMinor !== null && review.currency ? (
          <strong>
            <Amount minor={review.amountMinor} currency={review.currency} />
          </strong>
        ) : null}
        {review.owner ? <Tag>{t('reviews.owner', { name: review.owner })}</Tag> : null}
        {review.sessionId ? (
          <MuiLink component={Link} to={sessionPath(review.sessionId)}>
            {review.reference ?? t('reviews.see_payment')}
          </MuiLink>
        ) : (
          <span>{review.reference}</span>
        )}
        <Typography variant="body2" component="span" sx={{ color: 'text.secondary', ml: 'auto' }}>
          {site?.name} · <Instant value={review.openedAt} />
        </Typography>
      </Stack>
      <Typography sx={{ mt: 1, maxWidth: 780 }}>{reviewSentence(review, { t, amount })}</Typography>
      {Object.keys(review.data).length > 0 ? (
        <Evidence name={t('sessions.details')} data={review.data} />
      ) : null}
      {review.resolvedAt ? (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('reviews.resolved_by', { name: review.resolvedBy ?? '–' })} <Instant value={review.resolvedAt} />
          : «{review.note}»
        </Typography>
      ) : (
        <Stack direction="row" sx={{ gap: 1, mt: 1.5, flexWrap: 'wrap' }}>
          {transactionId ? (
            <Button variant="outlined" size="small" component={Link} to={transactionPath(transactionId)}>
              {t('reviews.see_transaction')}
            </Button>
          ) : null}
          {mayResolve ? <Buttons review={review} name={name} onResolve={onResolve} /> : null}
          {review.kind === 'overpaid' && review.sessionId && mayRefund ? (
            <Button size="small" component={Link} to={sessionPath(review.sessionId)}>
              {t('reviews.refund_paid')}
            </Button>
          ) : null}
          {review.kind === 'opened_elsewhere' && mayAdopt ? (
            <Button size="small" component={Link} to="/sessions/adopt">
              {t('adoption.open')}
            </Button>
          ) : null}
        </Stack>
      )}
    </Paper>
  );
}

/** Resolving it, and saying that one takes care of it meanwhile. */
function Buttons({ review, name, onResolve }: { review: ReviewView; name: string; onResolve: () => void }) {
  const { t } = useReader();
  const { person } = useSignedIn();
  const data = useData();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: () => data.ownReview(review.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['reviews'] }),
  });
  const own = t(review.owner === person.name ? 'reviews.let_go' : 'reviews.own');
  return (
    <>
      <Button
        variant="outlined"
        size="small"
        onClick={onResolve}
        aria-label={`${t('reviews.resolve')}: ${name}`}
      >
        {t('reviews.resolve')}
      </Button>
      <Button size="small" disabled={isPending} onClick={() => mutate()} aria-label={`${own}: ${name}`}>
        {own}
      </Button>
    </>
  );
}
