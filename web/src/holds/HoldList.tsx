import type { PreauthorizationView } from '@recaudo/shared';
import { Alert, Box, Button, Chip, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ListBase, useListContext } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { CursorPager } from '../app/CursorPager.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { BatchDialog } from '../batches/BatchDialog.js';
import { useReader } from '../fields/reader.js';
import { CountedTabs } from '../list/CountedTabs.js';
import { HoldDialog, type HoldAct } from '../money/HoldDialog.js';
import { HoldRow } from './HoldRow.js';
import { HOLD_TABS, holdCount, holdFilter, type HoldTab } from './hold-view.js';
import { useHoldKeys } from './use-hold-keys.js';

const PER_PAGE = 25;
const FOLLOW_MS = 30_000;

/** The cockpit: money that is let go by itself, the nearest first, with what can be done about it on every row. */
export default function HoldList() {
  const { t } = useReader();
  return (
    <Gate permission="sessions:read">
      <Page wide title={t('rooms.preauthorizations')}>
        <Typography sx={{ mb: 1, color: 'text.secondary' }}>{t('holds.explained')}</Typography>
        <Cockpit />
      </Page>
    </Gate>
  );
}

function Cockpit() {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const [params, setParams] = useSearchParams();
  const tab = HOLD_TABS.find((known) => known === params.get('tab')) ?? 'active';
  const q = (params.get('q') ?? '').trim().slice(0, 120);
  const code = params.get('site');
  const site = sites.find((candidate) => candidate.code === code);
  const cursor = params.get('cursor') ?? undefined;
  const with_ = (patch: Record<string, string | null>) => {
    const changed = new URLSearchParams(params);
    changed.delete('cursor');
    for (const [name, value] of Object.entries(patch)) {
      if (value) changed.set(name, value);
      else changed.delete(name);
    }
    setParams(changed);
  };
  return (
    <>
      {code && !site ? (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('sessions.unknown_site')}
        </Alert>
      ) : null}
      <HoldTabs
        tab={tab}
        siteId={site?.id}
        onChange={(next) => with_({ tab: next === 'active' ? null : next })}
      />
      {q ? (
        <Chip size="small" label={t('holds.with_text', { q })} onDelete={() => with_({ q: null })} />
      ) : null}
      <ListBase
        resource="preauthorizations"
        filter={{ ...holdFilter(tab), siteId: site?.id, q: q || undefined }}
        perPage={PER_PAGE}
        queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
        disableSyncWithLocation
        exporter={false}
      >
        {/* Another pile starts with nothing chosen. */}
        <Holds key={tab} tab={tab} atFirst={cursor === undefined} go={(next) => with_({ cursor: next })} />
      </ListBase>
    </>
  );
}

function HoldTabs({
  tab,
  siteId,
  onChange,
}: {
  tab: HoldTab;
  siteId: string | undefined;
  onChange: (tab: HoldTab) => void;
}) {
  const { t } = useReader();
  const data = useData();
  const { data: counts } = useQuery({
    queryKey: ['preauthorizations', 'counts', siteId],
    queryFn: () => data.countHolds({ siteId }),
    placeholderData: keepPreviousData,
    refetchInterval: FOLLOW_MS,
  });
  return (
    <CountedTabs
      name={t('holds.tabs')}
      chosen={tab}
      onChoose={onChange}
      tabs={HOLD_TABS.map((value) => ({
        value,
        text: t(`holds.tab.${value}`),
        count: holdCount(counts, value),
      }))}
      below={1.5}
    />
  );
}

interface HoldsProps {
  tab: HoldTab;
  atFirst: boolean;
  go: (cursor: string | null) => void;
}

function Holds({ tab, atFirst, go }: HoldsProps) {
  const { t } = useReader();
  const { data, error, isPending, refetch, ...list } = useListContext<PreauthorizationView>();
  const mayAct = useCan('preauthorizations:act');
  const [chosen, setChosen] = useState<string[]>([]);
  const [acting, setActing] = useState<{ hold: PreauthorizationView; act: HoldAct } | null>(null);
  const [several, setSeveral] = useState<'checkout' | 'release' | null>(null);
  const toggle = (id: string) =>
    setChosen((known) => (known.includes(id) ? known.filter((other) => other !== id) : [...known, id]));
  const active = useHoldKeys(data ?? [], { mayAct, toggle, act: (hold, act) => setActing({ hold, act }) });
  const rows = () => {
    if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
    if (isPending) return <RowsSkeleton rows={6} />;
    if (data.length === 0) return <EmptyPanel>{t(`holds.none.${tab}`)}</EmptyPanel>;
    return (
      <>
        <Stack
          component="ul"
          aria-label={t('rooms.preauthorizations')}
          sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}
        >
          {data.map((hold, index) => (
            <HoldRow
              key={hold.id}
              hold={hold}
              active={index === active}
              chosen={mayAct && tab !== 'captured' ? chosen.includes(hold.id) : null}
              onToggle={() => toggle(hold.id)}
              onAct={(act) => setActing({ hold, act })}
            />
          ))}
        </Stack>
        <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end' }}>
          <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
        </Box>
      </>
    );
  };
  return (
    <>
      {chosen.length > 0 ? (
        <Several count={chosen.length} onOpen={setSeveral} onClear={() => setChosen([])} />
      ) : null}
      {rows()}
      {acting ? <HoldDialog {...acting} onClose={() => setActing(null)} /> : null}
      {several ? <BatchDialog kind={several} ids={chosen} onClose={() => setSeveral(null)} /> : null}
    </>
  );
}

/** What can be done with those chosen. */
function Several({
  count,
  onOpen,
  onClear,
}: {
  count: number;
  onOpen: (kind: 'checkout' | 'release') => void;
  onClear: () => void;
}) {
  const { t } = useReader();
  return (
    <Stack
      direction="row"
      sx={{
        gap: 1,
        alignItems: 'center',
        flexWrap: 'wrap',
        mb: 1,
        py: 1,
        position: 'sticky',
        top: 0,
        zIndex: 2,
        bgcolor: 'background.default',
      }}
    >
      <Typography role="status" sx={{ fontWeight: 600 }}>
        {t('holds.selected', { smart_count: count })}
      </Typography>
      <Button variant="contained" aria-haspopup="dialog" onClick={() => onOpen('checkout')}>
        {t('holds.capture_selected')}
      </Button>
      <Button variant="outlined" color="error" aria-haspopup="dialog" onClick={() => onOpen('release')}>
        {t('holds.release_selected')}
      </Button>
      <Button onClick={onClear}>{t('holds.clear')}</Button>
    </Stack>
  );
}
