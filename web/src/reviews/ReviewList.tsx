import type { ReviewView } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Paper, Stack, Tab, Tabs, Typography } from '@mui/material';
import { useState } from 'react';
import { ListBase, useListContext } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { Amount } from '../fields/Amount.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip } from '../fields/StateChip.js';
import { Evidence } from '../sessions/Evidence.js';
import { sessionPath } from '../sessions/SessionTable.js';
import { ResolveDialog } from './ResolveDialog.js';
import { reviewSentence } from './review-sentence.js';

type ListState = 'open' | 'resolved';
const PER_PAGE = 25;
const FOLLOW_MS = 30_000;

/** What waits for a person: money that came twice, answers that contradict each other, payments nobody knows. */
export default function ReviewList() {
  const { t } = useReader();
  const [params, setParams] = useSearchParams();
  const state: ListState = params.get('state') === 'resolved' ? 'resolved' : 'open';
  const cursor = params.get('cursor') ?? undefined;
  const go = (next: string | null) =>
    setParams({ ...(state === 'resolved' ? { state } : {}), ...(next ? { cursor: next } : {}) });
  return (
    <Gate permission="reviews:read">
      <Page title={t('rooms.reviews')}>
        <Tabs
          value={state}
          onChange={(_, value: ListState) => setParams(value === 'resolved' ? { state: value } : {})}
          aria-label={t('rooms.reviews')}
          sx={{ borderBottom: 1, borderColor: 'divider', mb: 2 }}
        >
          <Tab value="open" label={t('reviews.open')} />
          <Tab value="resolved" label={t('reviews.resolved')} />
        </Tabs>
        <ListBase
          resource="reviews"
          filter={{ state }}
          perPage={PER_PAGE}
          queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
          disableSyncWithLocation
          exporter={false}
        >
          <Reviews state={state} atFirst={cursor === undefined} go={go} />
        </ListBase>
      </Page>
    </Gate>
  );
}

function Reviews({
  state,
  atFirst,
  go,
}: {
  state: ListState;
  atFirst: boolean;
  go: (cursor: string | null) => void;
}) {
  const { t } = useReader();
  const { data, error, isPending, refetch, ...list } = useListContext<ReviewView>();
  const [resolving, setResolving] = useState<ReviewView | null>(null);
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={6} />;
  if (data.length === 0) return <EmptyPanel>{t(`reviews.none_${state}`)}</EmptyPanel>;
  return (
    <>
      <Stack
        component="ul"
        aria-label={t(`reviews.${state}`)}
        sx={{ listStyle: 'none', m: 0, p: 0, gap: 1.5 }}
      >
        {data.map((review) => (
          <ReviewCard key={review.id} review={review} onResolve={() => setResolving(review)} />
        ))}
      </Stack>
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end' }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
      {resolving ? <ResolveDialog review={resolving} onClose={() => setResolving(null)} /> : null}
    </>
  );
}

function ReviewCard({ review, onResolve }: { review: ReviewView; onResolve: () => void }) {
  const { t, amount } = useReader();
  const { sites } = useSignedIn();
  const mayResolve = useCan('reviews:resolve');
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
        <Button
          variant="outlined"
          size="small"
          onClick={onResolve}
          sx={{ mt: 1.5 }}
          aria-label={`${t('reviews.resolve')}: ${title} ${review.reference ?? ''}`}
        >
          {t('reviews.resolve')}
        </Button>
      ) : null}
    </Paper>
  );
}
