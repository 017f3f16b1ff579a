import { MAIL_STATES, type MailCounts, type MailState, type MailView } from '@recaudo/shared';
import { Alert, Box, Chip, Paper, Stack, Typography } from '@mui/material';
import { ListBase, useListContext } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { MailStateChip } from '../fields/StateChip.js';
import { CountedTabs } from '../list/CountedTabs.js';
import { mailPath } from '../sessions/naming.js';
import { DeliveryNotice } from './DeliveryNotice.js';
import { mailSentence } from './mail-sentence.js';
import { useMailCounts } from './use-mail-counts.js';

const PER_PAGE = 25;
const FOLLOW_MS = 15_000;

/** The outgoing mail: what was sent, what waits, what nobody would take. */
export default function MailList() {
  const { t } = useReader();
  return (
    <Gate permission="mails:read">
      <Page wide title={t('rooms.mails')}>
        <Typography sx={{ mb: 1, color: 'text.secondary' }}>{t('mails.explained')}</Typography>
        <Outbox />
      </Page>
    </Gate>
  );
}

function Outbox() {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const [params, setParams] = useSearchParams();
  const state = MAIL_STATES.find((known) => known === params.get('state'));
  const q = (params.get('q') ?? '').trim().slice(0, 120);
  const code = params.get('site');
  const site = sites.find((candidate) => candidate.code === code);
  const cursor = params.get('cursor') ?? undefined;
  const filter = { siteId: site?.id, q: q || undefined };
  const counts = useMailCounts(filter);
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
      <DeliveryNotice delivery={counts?.delivery} />
      {code && !site ? (
        <Alert severity="warning" sx={{ mb: 1 }}>
          {t('sessions.unknown_site')}
        </Alert>
      ) : null}
      <CountedTabs<MailState | 'all'>
        name={t('mails.tabs')}
        chosen={state ?? 'all'}
        onChoose={(next) => with_({ state: next === 'all' ? null : next })}
        tabs={[
          { value: 'all', text: t('mails.all'), count: counts?.all },
          ...statesToAskFor(counts, state).map((value) => ({
            value,
            text: t(`mails.tab.${value}`),
            count: counts?.byState[value],
          })),
        ]}
        below={1.5}
      />
      {q ? (
        <Chip
          size="small"
          label={t('mails.with_text', { q })}
          onDelete={() => with_({ q: null })}
          sx={{ mb: 1 }}
        />
      ) : null}
      <ListBase
        resource="mails"
        filter={{ ...filter, state }}
        perPage={PER_PAGE}
        queryOptions={{ onError: saidOnThePage, meta: { cursor }, refetchInterval: FOLLOW_MS }}
        disableSyncWithLocation
        exporter={false}
      >
        <Mails
          none={q || state || site ? t('mails.none_found') : t('mails.none')}
          counts={counts}
          atFirst={cursor === undefined}
          go={(next) => with_({ cursor: next })}
        />
      </ListBase>
    </>
  );
}

/** Practice sends nothing and production shows nothing: an empty pile of the other kind would only puzzle. */
function statesToAskFor(counts: MailCounts | undefined, chosen: MailState | undefined): MailState[] {
  const idle = counts?.delivery === 'shown' ? 'sent' : 'shown';
  return MAIL_STATES.filter(
    (state) => state !== idle || state === chosen || (counts?.byState[state].count ?? 0) > 0,
  );
}

interface MailsProps {
  none: string;
  counts: MailCounts | undefined;
  atFirst: boolean;
  go: (cursor: string | null) => void;
}

function Mails({ none, counts, atFirst, go }: MailsProps) {
  const { t } = useReader();
  const { data, error, isPending, refetch, ...list } = useListContext<MailView>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={8} />;
  if (data.length === 0) return <EmptyPanel>{none}</EmptyPanel>;
  return (
    <>
      <Stack component="ul" aria-label={t('rooms.mails')} sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
        {data.map((mail) => (
          <MailCard key={mail.id} mail={mail} delivery={counts?.delivery} />
        ))}
      </Stack>
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end' }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
    </>
  );
}

function MailCard({ mail, delivery }: { mail: MailView; delivery: MailCounts['delivery'] | undefined }) {
  const { t, clock } = useReader();
  const { sites } = useSignedIn();
  const site = sites.find(({ id }) => id === mail.siteId)?.name ?? t('mails.no_site');
  const about = [t(`mails.template.${mail.template}`), site, mail.reference].filter(Boolean).join(' · ');
  return (
    <li>
      <Paper
        variant="outlined"
        component={Link}
        to={mailPath(mail.id)}
        sx={{
          px: 1.5,
          py: 1,
          display: 'grid',
          columnGap: 3,
          rowGap: 0.5,
          alignItems: 'center',
          color: 'text.primary',
          textDecoration: 'none',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr) auto',
            md: 'minmax(0, 1.3fr) minmax(0, 1fr) 110px 110px',
          },
          '&:hover': { bgcolor: 'action.hover' },
        }}
      >
        <Box sx={{ minWidth: 0, gridColumn: { xs: '1 / -1', md: 'auto' } }}>
          <Typography noWrap sx={{ fontWeight: 600 }}>
            {mail.subject ?? t('mails.no_words')}
          </Typography>
          <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
            {mail.recipient}
          </Typography>
        </Box>
        <Box sx={{ minWidth: 0, gridColumn: { xs: '1 / -1', md: 'auto' } }}>
          <Typography variant="body2" noWrap title={about} sx={{ color: 'text.secondary' }}>
            {about}
          </Typography>
          <Typography variant="body2">{mailSentence(mail, delivery, { t, clock })}</Typography>
        </Box>
        <Typography variant="body2" component="span" sx={{ color: 'text.secondary' }}>
          <Instant value={mail.createdAt} />
        </Typography>
        <Box sx={{ justifySelf: { xs: 'end', md: 'start' } }}>
          <MailStateChip state={mail.state} />
        </Box>
      </Paper>
    </li>
  );
}
