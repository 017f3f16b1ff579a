import type { SiteView } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import { Button, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { MONO } from '../app/theme.js';
import { MeaningChip } from '../fields/StateChip.js';
import { useReader } from '../fields/reader.js';
import { siteHealth } from './site-health.js';

export default function SiteList() {
  const { t } = useReader();
  const add = (
    <Button component={Link} to="/sites/create" variant="contained" startIcon={<AddOutlined />}>
      {t('sites.new')}
    </Button>
  );
  return (
    <Gate permission="sites:manage">
      <Page title={t('rooms.sites')} actions={add}>
        <Sites />
      </Page>
    </Gate>
  );
}

function Sites() {
  const { t } = useReader();
  const { data, error, refetch } = useGetList<SiteView>('sites');
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <RowsSkeleton rows={4} />;
  if (data.length === 0) return <EmptyPanel>{t('sites.none')}</EmptyPanel>;
  return (
    <Stack component="ul" aria-label={t('rooms.sites')} sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
      {data.map((site) => (
        <SiteCard key={site.id} site={site} />
      ))}
    </Stack>
  );
}

function SiteCard({ site }: { site: SiteView }) {
  const { t } = useReader();
  const health = siteHealth(site);
  return (
    <Paper
      component="li"
      variant="outlined"
      sx={{ p: 2, display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}
    >
      <Stack sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <MuiLink component={Link} to={`/sites/${site.id}`} sx={{ fontWeight: 600, fontSize: 15 }}>
          {site.name}
        </MuiLink>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          <span style={{ fontFamily: MONO }}>{site.code}</span> · {t(`countries.${site.country}`)} ·{' '}
          {site.currency} · {site.zone}
        </Typography>
      </Stack>
      <MeaningChip meaning={site.mode === 'live' ? 'done' : 'attention'}>
        {t(`modes.${site.mode}`)}
      </MeaningChip>
      <MeaningChip meaning={health.meaning}>{t(`sites.health.${health.name}`)}</MeaningChip>
    </Paper>
  );
}
