import type { ApprovalView } from '@recaudo/shared';
import { Box, Typography } from '@mui/material';
import { ListBase, useListContext } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useApprovalsWaiting } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { CountedTabs } from '../list/CountedTabs.js';
import { ApprovalCards } from './ApprovalCards.js';

const PER_PAGE = 25;
const FOLLOW_MS = 15_000;
const VIEWS = ['waiting', 'mine', 'decided'] as const;
type View = (typeof VIEWS)[number];

/** What needs a second person: to decide, asked for by the reader, decided. */
export default function ApprovalList() {
  const { t } = useReader();
  const [params, setParams] = useSearchParams();
  const view = VIEWS.find((known) => known === params.get('tab')) ?? 'waiting';
  const cursor = params.get('cursor') ?? undefined;
  const waiting = useApprovalsWaiting();
  const tabParams = (tab: View): Record<string, string> => (tab === 'waiting' ? {} : { tab });
  return (
    <Gate permission="approvals:read">
      <Page wide title={t('rooms.approvals')}>
        <Typography sx={{ mb: 1, color: 'text.secondary' }}>{t('approvals.explained')}</Typography>
        <CountedTabs
          name={t('rooms.approvals')}
          chosen={view}
          onChoose={(next) => setParams(tabParams(next))}
          tabs={VIEWS.map((value) => ({
            value,
            text: t(`approvals.tab.${value}`),
            count: value === 'waiting' ? waiting : undefined,
          }))}
          below={2}
        />
        <ListBase
          resource="approvals"
          filter={{ view }}
          perPage={PER_PAGE}
          queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
          disableSyncWithLocation
          exporter={false}
        >
          <Approvals
            view={view}
            atFirst={cursor === undefined}
            go={(next) => setParams({ ...tabParams(view), ...(next ? { cursor: next } : {}) })}
          />
        </ListBase>
      </Page>
    </Gate>
  );
}

function Approvals({
  view,
  atFirst,
  go,
}: {
  view: View;
  atFirst: boolean;
  go: (cursor: string | null) => void;
}) {
  const { t } = useReader();
  const { data, error, isPending, refetch, ...list } = useListContext<ApprovalView>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={6} />;
  return (
    <>
      <ApprovalCards
        name={t(`approvals.tab.${view}`)}
        approvals={data}
        empty={<EmptyPanel>{t(`approvals.none.${view}`)}</EmptyPanel>}
      />
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end', maxWidth: 1032 }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
    </>
  );
}
