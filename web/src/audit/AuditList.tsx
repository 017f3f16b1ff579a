import type { AuditEntry } from '@recaudo/shared';
import {
  Box,
  Link as MuiLink,
  Paper,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { ListBase, useListContext } from 'react-admin';
import { Link, useSearchParams } from 'react-router-dom';
import { CursorPager } from '../app/CursorPager.js';
import { saidOnThePage, type PageMeta } from '../app/data-provider.js';
import { useCan, useSignedIn } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { Copyable } from '../fields/Copyable.js';
import { Instant } from '../fields/Instant.js';
import { useReader } from '../fields/reader.js';
import { Evidence } from '../sessions/Evidence.js';
import { instrumentPath, sessionPath } from '../sessions/naming.js';
import { timelineWords } from '../sessions/timeline-words.js';
import { subjectName } from './subject-name.js';

const PER_PAGE = 50;

/** Who did what, newest first; nothing here can be changed. */
export default function AuditList() {
  const { t } = useReader();
  const [params, setParams] = useSearchParams();
  const cursor = params.get('cursor') ?? undefined;
  return (
    <Gate permission="audit:read">
      <Page wide title={t('rooms.audit')}>
        <Typography sx={{ mb: 2, color: 'text.secondary' }}>{t('audit.explained')}</Typography>
        <ListBase
          resource="audit"
          perPage={PER_PAGE}
          queryOptions={{ onError: saidOnThePage, meta: { cursor } }}
          disableSyncWithLocation
          exporter={false}
        >
          <Entries atFirst={cursor === undefined} go={(next) => setParams(next ? { cursor: next } : {})} />
        </ListBase>
      </Page>
    </Gate>
  );
}

function Entries({ atFirst, go }: { atFirst: boolean; go: (cursor: string | null) => void }) {
  const { t } = useReader();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { data, error, isPending, refetch, ...list } = useListContext<AuditEntry>();
  if (error) return <ProblemPanel error={error} retry={() => void refetch()} />;
  if (isPending) return <RowsSkeleton rows={12} />;
  if (data.length === 0) return <EmptyPanel>{t('audit.none')}</EmptyPanel>;
  return (
    <>
      {narrow ? <AuditCards entries={data} /> : <AuditTable entries={data} />}
      <Box sx={{ mt: 1, display: 'flex', justifyContent: 'flex-end' }}>
        <CursorPager page={list.meta as PageMeta} atFirst={atFirst} go={go} />
      </Box>
    </>
  );
}

function AuditTable({ entries }: { entries: AuditEntry[] }) {
  const { t, amount } = useReader();
  const { sites } = useSignedIn();
  return (
    <Paper variant="outlined" sx={{ overflowX: 'auto' }}>
      <Table size="small" stickyHeader aria-label={t('rooms.audit')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('audit.at')}</TableCell>
            <TableCell>{t('audit.who')}</TableCell>
            <TableCell>{t('audit.what')}</TableCell>
            <TableCell>{t('audit.subject')}</TableCell>
            <TableCell>{t('sessions.fields.site')}</TableCell>
            <TableCell>{t('audit.reason')}</TableCell>
            <TableCell>{t('problems.request_id')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {entries.map((entry) => (
            <TableRow key={entry.id}>
              <TableCell>
                <Instant value={entry.at} />
              </TableCell>
              <TableCell>{who(entry, t)}</TableCell>
              <TableCell>
                {timelineWords(entry, t, amount)}
                {Object.keys(entry.data).length > 0 ? (
                  <Evidence name={t('sessions.details')} data={entry.data} />
                ) : null}
              </TableCell>
              <TableCell>
                <Subject entry={entry} />
              </TableCell>
              <TableCell>{sites.find((site) => site.id === entry.siteId)?.name ?? '–'}</TableCell>
              <TableCell>{entry.reason ?? '–'}</TableCell>
              <TableCell>
                {entry.requestId ? (
                  <Copyable
                    text={entry.requestId}
                    name={t('problems.request_id')}
                    shown={entry.requestId.slice(0, 8)}
                  />
                ) : (
                  '–'
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Paper>
  );
}

function AuditCards({ entries }: { entries: AuditEntry[] }) {
  const { t, amount } = useReader();
  return (
    <Stack sx={{ gap: 1 }}>
      {entries.map((entry) => (
        <Paper key={entry.id} variant="outlined" sx={{ p: 1.5 }}>
          <Typography sx={{ fontWeight: 550 }}>{timelineWords(entry, t, amount)}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {who(entry, t)} · <Instant value={entry.at} /> · <Subject entry={entry} />
          </Typography>
        </Paper>
      ))}
    </Stack>
  );
}

function who(entry: AuditEntry, t: (key: string) => string): string {
  return entry.actor.name ?? t(`actors.${entry.actor.type}`);
}

function Subject({ entry }: { entry: AuditEntry }) {
  const { t } = useReader();
  const seesPayments = useCan('sessions:read');
  const seesInstruments = useCan('instruments:read');
  const { type, id } = entry.subject;
  const name = `${t(`subjects.${type}`, { _: type })} ${subjectName(entry) ?? id.slice(-6)}`;
  const path =
    type === 'session' && seesPayments
      ? sessionPath(id)
      : type === 'instrument' && seesInstruments
        ? instrumentPath(id)
        : null;
  if (path === null) return <span title={id}>{name}</span>;
  return (
    <MuiLink component={Link} to={path} title={id}>
      {name}
    </MuiLink>
  );
}
