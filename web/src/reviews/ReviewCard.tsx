import type { ReviewView } from '@recaudo/shared';
import { Button, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useCan, useSignedIn } from '../app/login-state.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { Evidence } from '../sessions/Evidence.js';
import { sessionPath } from '../sessions/naming.js';
import { reviewSentence } from './review-sentence.js';

/** One thing that waits for a person, or waited. */
export function ReviewCard({ review, onResolve }: { review: ReviewView; onResolve: () => void }) {
  const { t, amount } = useReader();
  const { sites } = useSignedIn();
  const mayResolve = useCan('reviews:resolve');
  const mayAdopt = useCan('sessions:adopt');
  const site = sites.find((candidate) => candidate.id === review.siteId);
  const title = t(`reviews.kinds.${review.kind}`);
  return (
    <Paper component="li" variant="outlined" aria-label={`${title} ${review.reference ?? ''}`} sx={{ p: 2 }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap' }}>
        <MeaningChip meaning={review.resolvedAt ? 'done' : 'attention'}>{title}</MeaningChip>
        {review.amountMinor !== null && review.currency ? (
          <strong>
            <Amount minor={review.amountMinor} currency={review.currency} />
          </strong>
        ) : null}
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
      ) : mayResolve ? (
        <Stack direction="row" sx={{ gap: 1, mt: 1.5, flexWrap: 'wrap' }}>
          <Button
            variant="outlined"
            size="small"
            onClick={onResolve}
            aria-label={`${t('reviews.resolve')}: ${title} ${review.reference ?? ''}`}
          >
            {t('reviews.resolve')}
          </Button>
          {review.kind === 'opened_elsewhere' && mayAdopt ? (
            <Button size="small" component={Link} to="/sessions/adopt">
              {t('adoption.open')}
            </Button>
          ) : null}
        </Stack>
      ) : null}
    </Paper>
  );
}
