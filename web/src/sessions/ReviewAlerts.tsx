import type { SessionView } from '@recaudo/shared';
import { Alert, AlertTitle, Button } from '@mui/material';
import { Link } from 'react-router-dom';
import { useCan } from '../app/login-state.js';
import { useReader } from '../fields/reader.js';
import { reviewSentence } from '../reviews/review-sentence.js';

/** Money taken twice is said loudly, before anything else. */
export function OverpaidAlert({ session }: { session: SessionView }) {
  const { t, amount } = useReader();
  const goToReviews = useReviewsButton();
  if (session.order.state !== 'overpaid') return null;
  const { settledMinor, returnedMinor, dueMinor } = session.order;
  const extra = settledMinor - returnedMinor - dueMinor;
  return (
    <Alert
      severity="warning"
      variant="outlined"
      action={goToReviews}
      sx={{ mt: 2, borderWidth: 2, alignItems: 'flex-start' }}
    >
      <AlertTitle sx={{ fontWeight: 700 }}>
        {t('sessions.overpaid_title', { amount: amount(extra, session.currency) })}
      </AlertTitle>
      {t('sessions.overpaid_explained')}
    </Alert>
  );
}

/** What waits for a person about this, beside the overpayment that is said above it. */
export function ReviewAlerts({ reviews }: Pick<SessionView, 'reviews'>) {
  const { t, amount } = useReader();
  const goToReviews = useReviewsButton();
  const open = reviews.filter((review) => review.resolvedAt === null && review.kind !== 'overpaid');
  return open.map((review) => (
    <Alert key={review.id} severity="warning" sx={{ mt: 2 }} action={goToReviews}>
      {t(`reviews.kinds.${review.kind}`)}: {reviewSentence(review, { t, amount })}
    </Alert>
  ));
}

function useReviewsButton() {
  const { t } = useReader();
  if (!useCan('reviews:read')) return undefined;
  return (
    <Button color="inherit" size="small" component={Link} to="/reviews">
      {t('rooms.reviews')}
    </Button>
  );
}
