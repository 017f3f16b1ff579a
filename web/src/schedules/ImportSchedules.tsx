import { MAX_IMPORT_ROWS, type ImportResult, type Problem } from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Alert, Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { problemOf } from '../app/api.js';
import { useSignedIn, type SignedInSite } from '../app/login-state.js';
import { Gate, Page, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { REGION } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { FileDrop } from './FileDrop.js';
import { readFile, templateUrl, type ChosenFile } from './import-file.js';
import { ImportColumns, ImportErrors, ImportReady } from './ImportResult.js';
import { ALL_SCHEDULES, writeScheduleUrl } from './schedule-view.js';

/** Many schedules from a file: chosen, rehearsed at once, and made when a person says so. */
export default function ImportSchedules() {
  const { t } = useReader();
  return (
    <Gate permission="schedules:manage">
      <Page
        title={t('schedules.import.title')}
        actions={
          <Button
            component="a"
            href={templateUrl()}
            download={t('schedules.import.template_file')}
            startIcon={<DownloadOutlined />}
          >
            {t('schedules.import.template')}
          </Button>
        }
      >
        <Stack sx={{ gap: 2 }}>
          <Typography sx={{ color: 'text.secondary' }}>{t('schedules.import.explained')}</Typography>
          <Import />
          <ImportColumns />
        </Stack>
      </Page>
    </Gate>
  );
}

/** What became of the file so far. */
interface Told {
  file: ChosenFile;
  rehearsed: ImportResult | null;
  made: ImportResult | null;
  problem: Problem | null;
}

function Import() {
  const { t, language } = useReader();
  const { sites } = useSignedIn();
  const [params] = useSearchParams();
  const data = useData();
  const client = useQueryClient();
  const first =
    sites.find(({ code }) => code === params.get('site')) ?? (sites.length === 1 ? sites[0] : null);
  const [site, setSite] = useState<SignedInSite | null>(first ?? null);
  const [busy, setBusy] = useState<'rehearse' | 'make' | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  // One file for one site is made once, however often it is sent.
  const key = useRef('');
  // What was asked about a file that is no longer the chosen one is of no use.
  const asked = useRef(0);

  const send = async (file: ChosenFile, siteId: string, rehearse: boolean) => {
    const mine = (asked.current += 1);
    setBusy(rehearse ? 'rehearse' : 'make');
    const known = rehearse ? null : (told?.rehearsed ?? null);
    setTold({ file, rehearsed: known, made: null, problem: null });
    try {
      const body = { siteId, file: file.base64, rehearse };
      const result = await data.importSchedules(body, rehearse ? crypto.randomUUID() : key.current);
      if (mine !== asked.current) return;
      const made = result.made > 0 ? result : null;
      setTold({ file, rehearsed: made ? known : result, made, problem: null });
      if (made) void client.invalidateQueries({ queryKey: ['schedules'] });
    } catch (error) {
      if (mine === asked.current) setTold({ file, rehearsed: known, made: null, problem: problemOf(error) });
    } finally {
      if (mine === asked.current) setBusy(null);
    }
  };
  const choose = async (chosen: File) => {
    setUnread(null);
    setTold(null);
    try {
      const file = await readFile(chosen);
      key.current = crypto.randomUUID();
      if (site) await send(file, site.id, true);
    } catch (error) {
      setUnread(error instanceof Error ? error.message : 'file_unreadable');
    }
  };
  const another = (next: SignedInSite | null) => {
    setSite(next);
    key.current = crypto.randomUUID();
    if (told && next) void send(told.file, next.id, true);
  };
  if (told?.made && site)
    return <Made count={told.made.made} site={site} onAnother={() => (setTold(null), setUnread(null))} />;
  return (
    <>
      {sites.length > 1 ? (
        <TextField
          select
          required
          label={t('schedules.import.site')}
          value={site?.id ?? ''}
          onChange={({ target }) => another(sites.find(({ id }) => id === target.value) ?? null)}
          disabled={busy === 'make'}
          sx={{ maxWidth: 360 }}
        >
          {sites.map(({ id, name, ready }) => (
            <MenuItem key={id} value={id} disabled={!ready}>
              {name}
              {ready ? '' : ` · ${t('sessions.site_not_ready')}`}
            </MenuItem>
          ))}
        </TextField>
      ) : null}
      <FileDrop
        disabled={!site || busy === 'make'}
        help={
          site
            ? t('schedules.import.drop', { rows: MAX_IMPORT_ROWS.toLocaleString(REGION[language]) })
            : t('schedules.import.choose_site')
        }
        chosen={told?.file.name ?? null}
        onFile={(file) => void choose(file)}
      />
      <Box aria-live="polite" aria-busy={busy !== null} sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        {unread ? <Alert severity="error">{t(`problems.field.${unread}`)}</Alert> : null}
        {busy === 'rehearse' ? (
          <>
            <Typography>{t('schedules.import.rehearsing')}</Typography>
            <RowsSkeleton rows={3} />
          </>
        ) : null}
        {told?.problem ? <ProblemAlert problem={told.problem} /> : null}
        {told?.rehearsed && told.rehearsed.errorCount > 0 ? <ImportErrors result={told.rehearsed} /> : null}
        {told?.rehearsed && told.rehearsed.errorCount === 0 && site ? (
          <ImportReady
            result={told.rehearsed}
            siteName={site.name}
            busy={busy === 'make'}
            onMake={() => void send(told.file, site.id, false)}
          />
        ) : null}
      </Box>
    </>
  );
}

function Made({ count, site, onAnother }: { count: number; site: SignedInSite; onAnother: () => void }) {
  const { t } = useReader();
  return (
    <Alert severity="success">
      <Typography sx={{ mb: 1.5 }}>{t('schedules.import.made', { smart_count: count })}</Typography>
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        <Button
          component={Link}
          to={`/schedules${writeScheduleUrl({ ...ALL_SCHEDULES, site: site.code })}`}
          variant="contained"
        >
          {t('schedules.import.see')}
        </Button>
        <Button onClick={onAnother}>{t('schedules.import.another')}</Button>
      </Stack>
    </Alert>
  );
}
