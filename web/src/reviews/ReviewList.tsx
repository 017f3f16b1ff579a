import type { ReviewView } from '@recaudo/shared';
import { Box, Stack } from '@mui/material';
import { useState } from 'react';
import { ListBase, useListContext } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useReader } from '../fields/reader.js';
import { QueueTabs, ROOM_TABS, type RoomTab } from './QueueTabs.js';
import { QueueList } from './QueueList.js';
import { ResolveDialog } from './ResolveDialog.js';
import { ReviewCard } from './ReviewCard.js';

const PER_PAGE = 25;
const FOLLOW_MS = 30_000;

/** What waits for a person: what contradicts itself, what is half paid, what must be decided in time. */
export default function ReviewList() {
  const { t } = useReader();
  const [params, setParams] = useSearchParams();
  const tab = ROOM_TABS.find((known) => known === params.get('tab')) ?? 'open';
  return (
    <Gate permission="reviews:read">
      <Page title={t('rooms.reviews')} wide>
        <QueueTabs tab={tab} onChange={(next) => setParams(next === 'open' ? {} : { tab: next })} />
        <Box role="tabpanel" aria-label={t(`queues.tab.${tab}`)}>
          <Contents tab={tab} />
        </Box>
      </Page>
    </Gate>
  );
}

function Contents({ tab }: { tab: RoomTab }) {
  if (tab === 'partial') {
    return (
      <Stack sx={{ gap: 4 }}>
        <QueueList queue="remainder" />
        <QueueList queue="partial" />
      </Stack>
    );
  }
  return tab === 'confirm' ? <QueueList queue="confirm" /> : <Reviews state={tab} />;
}

type ListState = 'open' | 'resolved';

function Reviews({ state }: { state: ListState }) {
  const [params, setParams] = useSearchParams();
  const cursor = params.get('cursor') ?? undefined;
  const go = (next: string | null) =>
    setParams({ ...(state === 'resolved' ? { tab: state } : {}), ...(next ? { cursor: next } : {}) });
  return (
    <ListBase
      resource="reviews"
      filter={{ state }}
      perPage={PER_PAGE}
      queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
      disableSyncWithLocation
      exporter={false}
    >
      <ReviewCards state={state} atFirst={cursor === undefined} go={go} />
    </ListBase>
  );
}

function ReviewCards({
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
        sx={{ listStyle: 'none', m: 0, p: 0, gap: 1.5, maxWidth: 1032 }}
      >
        {data.map((review) => (
          <ReviewCard key={review.id} review={review} onResolve={() => setResolving(review)} />
        ))}
      </Stack>
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end', maxWidth: 1032 }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
      {resolving ? <ResolveDialog review={resolving} onClose={() => setResolving(null)} /> : null}
    </>
  );
}
