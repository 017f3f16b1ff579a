import type { RevenueRowView } from '@recaudo/shared';
import CloseOutlined from '@mui/icons-material/CloseOutlined';
import DownloadOutlined from '@mui/icons-material/DownloadOutlined';
import { Box, Button, Drawer, IconButton, Link as MuiLink, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { toSearch } from '../app/api.js';
import { CursorPager } from '../app/CursorPager.js';
import { ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useData } from '../app/use-data.js';
import { Amount } from '../fields/Amount.js';
import { useReader } from '../fields/reader.js';
import { sessionPath } from '../sessions/naming.js';
import { monthWords } from './figures.js';
import { useRevenueUrl, type Behind } from './revenue-url.js';

const PER_PAGE = 25;

/** What is behind a number, as the facts stand now: schedules, periods or charges. */
export function RowsDrawer({ behind }: { behind: Behind }) {
  const { t } = useReader();
  const data = useData();
  const { siteId, cursor, close, go } = useRevenueUrl();
  const query = { ...behind, siteId };
  const {
    data: page,
    error,
    refetch,
  } = useQuery({
    queryKey: ['revenue', 'rows', query, cursor],
    queryFn: () => data.revenue('rows', { ...query, cursor, limit: PER_PAGE }),
    placeholderData: keepPreviousData,
  });
  return (
    <Drawer
      anchor="right"
      open
      onClose={close}
      slotProps={{
        paper: { 'aria-labelledby': 'revenue-rows', sx: { width: { xs: '100%', sm: 560 }, p: 2 } },
      }}
    >
      <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'start', gap: 1, mb: 1 }}>
        <Title behind={behind} />
        <IconButton aria-label={t('acts.close')} title={t('acts.close')} onClick={close}>
          <CloseOutlined fontSize="small" />
        </IconButton>
      </Stack>
      {error ? <ProblemPanel error={error} retry={() => void refetch()} /> : null}
      {!page && !error ? <RowsSkeleton rows={6} /> : null}
      {page ? (
        <>
          {page.items.length === 0 ? (
            <Typography sx={{ color: 'text.secondary', py: 3 }}>{t('revenue.no_rows')}</Typography>
          ) : (
            <Rows rows={page.items} behind={behind} />
          )}
          <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mt: 1 }}>
            <Button
              component="a"
              size="small"
              href={`/api/revenue/rows/export${toSearch(query)}`}
              download
              startIcon={<DownloadOutlined />}
            >
              {t('revenue.csv')}
            </Button>
            <CursorPager page={page} atFirst={cursor === undefined} go={go} />
          </Stack>
        </>
      ) : null}
    </Drawer>
  );
}

/** What was asked for, in words. */
function Title({ behind }: { behind: Behind }) {
  const { t, language } = useReader();
  const { figure, currency, month, fromMonth, cohort, kind, why, paidBy, outcome, days } = behind;
  const words = [
    kind && t(`revenue.kind.${kind}`),
    why && t(`revenue.why.${why}`),
    paidBy && t(`revenue.paid_by.${paidBy}`),
    outcome && t(`revenue.outcome.${outcome}`),
    ...[behind.issuer, behind.brand, behind.reason],
    cohort && t('revenue.cohort_of', { month: monthWords(cohort, language) }),
    month && monthWords(month, language),
    fromMonth && t('revenue.from_month', { month: monthWords(fromMonth, language) }),
    figure === 'expected' && t('revenue.next_days', { days, currency }),
  ].filter(Boolean);
  return (
    <Box>
      <Typography variant="h2" id="revenue-rows">
        {t(`revenue.rows.${figure}`)}
      </Typography>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {words.join(' · ')}
      </Typography>
    </Box>
  );
}

function Rows({ rows, behind }: { rows: readonly RevenueRowView[]; behind: Behind }) {
  const { t, day } = useReader();
  return (
    <Stack
      component="ul"
      sx={{ listStyle: 'none', m: 0, p: 0 }}
      aria-label={t(`revenue.rows.${behind.figure}`)}
    >
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          sx={{
            display: 'flex',
            justifyContent: 'space-between',
            gap: 2,
            py: 1,
            borderTop: 1,
            borderColor: 'divider',
          }}
        >
          <Box sx={{ minWidth: 0 }}>
            <Typography noWrap sx={{ fontWeight: 600 }}>
              <MuiLink component={Link} to={pathOf(row)}>
                {row.payerName ?? row.reference}
              </MuiLink>
            </Typography>
            <Typography variant="body2" noWrap sx={{ color: 'text.secondary' }}>
              {[row.plan, row.reference].filter(Boolean).join(' · ')}
            </Typography>
          </Box>
          <Box sx={{ textAlign: 'right', flexShrink: 0 }}>
            <Amount minor={row.minor} currency={behind.currency} />
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              {[
                wordsOf(row, t),
                row.count > 1 ? t('revenue.times', { count: row.count }) : null,
                day(row.day),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Typography>
          </Box>
        </Box>
      ))}
    </Stack>
  );
}

function pathOf({ scheduleId, sessionId }: RevenueRowView): string {
  return scheduleId ? `/schedules/${scheduleId}/show` : sessionPath(sessionId ?? '');
}

/** What a row is, where its kind has words; and why. */
function wordsOf({ what, why }: RevenueRowView, t: ReturnType<typeof useReader>['t']): string | null {
  if (what === 'expected') return null;
  const group = ['collect', 'link'].includes(what) ? 'paid_by' : OUTCOMES.has(what) ? 'outcome' : 'kind';
  const words = t(`revenue.${group}.${what}`);
  if (why === null) return words;
  return `${words} (${group === 'kind' ? t(`revenue.why.${why}`) : why})`;
}

const OUTCOMES = new Set(['approved', 'balance', 'limit', 'hard', 'technical', 'unlisted']);
