import type { Adoption } from '@recaudo/shared';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Alert, Box, Button, LinearProgress, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { helpWords, RequestId } from '../app/problem-words.js';
import { MONO } from '../app/theme.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { MeaningChip, SessionStateChip, Tag } from '../fields/StateChip.js';
import { sessionPath } from '../sessions/naming.js';
import { RESULT_MEANING, resultsCsv, totals, type AdoptionResult } from './results.js';
import type { Outcome, Progress, useAdoption } from './use-adoption.js';

/** Rows on the screen; the CSV has all of them. */
const IN_SIGHT = 200;

/** What came out, number by number, with its totals, and the next step. */
export function Results({ adoption, siteId }: { adoption: ReturnType<typeof useAdoption>; siteId: string }) {
  const { t } = useReader();
  const { rows, progress, outcome } = adoption;
  const countOf = (result: Adoption['result']) => rows.filter((row) => row.result === result).length;
  const ready = countOf('would_adopt');
  const unanswered = countOf('no_answer');
  return (
    <Box component="section" aria-label={t('adoption.results')}>
      <Box aria-live="polite">
        {progress ? <Running progress={progress} onStop={adoption.stop} /> : null}
        {outcome && !progress ? <Said outcome={outcome} adopted={countOf('adopted')} ready={ready} /> : null}
      </Box>
      <Stack
        component="ul"
        direction="row"
        sx={{ listStyle: 'none', m: 0, p: 0, my: 2, gap: 1, flexWrap: 'wrap' }}
      >
        {totals(rows).map(({ result, count }) => (
          <li key={result}>
            <ResultChip result={result}>: {count}</ResultChip>
          </li>
        ))}
      </Stack>
      {progress ? null : (
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', mb: 2 }}>
          {ready > 0 ? (
            <Button variant="contained" onClick={() => void adoption.adopt(siteId)}>
              {t('adoption.adopt', { smart_count: ready })}
            </Button>
          ) : null}
          {unanswered > 0 ? (
            <Button variant="outlined" onClick={() => void adoption.askAgain(siteId)}>
              {t('adoption.ask_again', { smart_count: unanswered })}
            </Button>
          ) : null}
          <Button
            startIcon={<DownloadOutlined />}
            onClick={() => download(resultsCsv(rows, (result) => t(`adoption.results_of.${result}`)))}
          >
            {t('adoption.download')}
          </Button>
          <Button onClick={adoption.clear}>{t('adoption.change')}</Button>
        </Stack>
      )}
      <Rows rows={rows} />
    </Box>
  );
}

/** A number that needed nothing done means nothing good or bad: it wears no colour. */
function ResultChip({ result, children }: { result: AdoptionResult; children?: ReactNode }) {
  const { t } = useReader();
  const meaning = RESULT_MEANING[result];
  const words = t(`adoption.results_of.${result}`);
  return meaning ? (
    <MeaningChip meaning={meaning}>
      {words}
      {children}
    </MeaningChip>
  ) : (
    <Tag>
      {words}
      {children}
    </Tag>
  );
}

function Running({ progress, onStop }: { progress: Progress; onStop: () => void }) {
  const { t } = useReader();
  const words = t(progress.kind === 'adopt' ? 'adoption.adopting' : 'adoption.rehearsing', { ...progress });
  return (
    <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
      <Box sx={{ flex: '1 1 240px' }}>
        <Typography>{words}</Typography>
        <LinearProgress
          variant="determinate"
          value={(100 * progress.done) / progress.all}
          aria-label={words}
          sx={{ mt: 0.5 }}
        />
      </Box>
      <Button onClick={onStop}>{t('adoption.stop')}</Button>
    </Stack>
  );
}

function Said({ outcome, adopted, ready }: { outcome: Outcome; adopted: number; ready: number }) {
  const { t } = useReader();
  if (outcome.problem !== null) {
    return (
      <Alert severity="error" role="alert">
        {t('adoption.failed', { count: outcome.left })} {helpWords(outcome.problem, t)}
        <RequestId problem={outcome.problem} />
      </Alert>
    );
  }
  if (outcome.left > 0)
    return <Alert severity="warning">{t('adoption.stopped', { count: outcome.left })}</Alert>;
  if (outcome.kind === 'rehearse')
    return <Alert severity="info">{t(ready > 0 ? 'adoption.rehearsed' : 'adoption.nothing')}</Alert>;
  return (
    <Alert severity={adopted > 0 ? 'success' : 'warning'}>
      {adopted > 0 ? t('adoption.adopted', { smart_count: adopted }) : t('adoption.adopted_none')}
    </Alert>
  );
}

function Rows({ rows }: { rows: Adoption[] }) {
  const { t } = useReader();
  const shown = rows.slice(0, IN_SIGHT);
  return (
    <>
      <Paper variant="outlined">
        <Stack component="ul" aria-label={t('adoption.results')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {shown.map((row, index) => (
            <Row key={index} row={row} />
          ))}
        </Stack>
      </Paper>
      {rows.length > shown.length ? (
        <Typography variant="body2" sx={{ mt: 1, color: 'text.secondary' }}>
          {t('adoption.shown', { shown: shown.length, total: rows.length })}
        </Typography>
      ) : null}
    </>
  );
}

function Row({ row }: { row: Adoption }) {
  const { t } = useReader();
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        columnGap: 2,
        rowGap: 0.5,
        px: 2,
        py: 1,
        alignItems: 'center',
        fontSize: 13,
        gridTemplateColumns: { xs: '1fr auto', md: '150px 210px minmax(0, 1fr) auto 150px' },
        '& + &': { borderTop: 1, borderColor: 'divider' },
      }}
    >
      <Box component="span" sx={{ fontFamily: MONO, overflowWrap: 'anywhere' }}>
        {row.number}
      </Box>
      <span>
        <ResultChip result={row.result} />
      </span>
      <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        {row.sessionId ? (
          <MuiLink component={Link} to={sessionPath(row.sessionId)}>
            {row.reference ?? t('reviews.see_payment')}
          </MuiLink>
        ) : (
          (row.reference ?? '')
        )}
        {row.kind ? ` · ${t(`kinds.name.${row.kind}`)}` : ''}
      </Box>
      <span>{row.state ? <SessionStateChip state={row.state} /> : null}</span>
      <Box component="span" sx={{ textAlign: { md: 'right' } }}>
        {row.amountMinor !== null && row.currency ? (
          <Amount minor={row.amountMinor} currency={row.currency} />
        ) : null}
      </Box>
    </Box>
  );
}

/** Made here, so nothing has to be asked again. The mark at the start tells sheets that it is UTF-8. */
function download(csv: string): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'recaudo-adoptions.csv';
  link.click();
  URL.revokeObjectURL(address);
}
