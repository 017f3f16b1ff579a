import { DEFAULT_POLICY, rolesWith, type PolicyView } from '@recaudo/shared';
import AddOutlined from '@mui/icons-material/AddOutlined';
import { Alert, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { Link } from 'react-router-dom';
import { useCan, useSignedIn, type SignedInSite } from '../app/login-state.js';
import { EmptyPanel, Gate, Page, ProblemPanel, RowsSkeleton } from '../app/PageStates.js';
import { useScope } from '../app/use-scope.js';
import { useReader } from '../fields/reader.js';
import { DefaultDialog } from './DefaultDialog.js';
import { Lab } from './Lab.js';
import { PolicyCard, type Listed } from './PolicyCard.js';
import { usePolicies } from './use-policies.js';

export default function PolicyList() {
  const { t } = useReader();
  const mayManage = useCan('policies:manage');
  return (
    <Gate permission="sessions:read">
      <Page
        title={t('rooms.policies')}
        actions={
          mayManage ? (
            <Button component={Link} to="/policies/create" variant="contained" startIcon={<AddOutlined />}>
              {t('policies.new')}
            </Button>
          ) : null
        }
      >
        <Typography sx={{ mb: 2, color: 'text.secondary', maxWidth: 760 }}>
          {t('policies.explained')}
        </Typography>
        {mayManage ? null : (
          <Alert severity="info" sx={{ mb: 2 }}>
            {t('policies.see_only', { roles: whoChanges(t).join(', ') })}
          </Alert>
        )}
        <Policies />
      </Page>
    </Gate>
  );
}

const whoChanges = (t: (key: string) => string): string[] =>
  rolesWith('policies:manage').map((role) => t(`roles.${role}`));

/** What stands at a site: the house's own first, then its policies by name. */
function listed(site: SignedInSite, policies: readonly PolicyView[], house: string): Listed[] {
  const own = policies.filter(({ siteId }) => siteId === site.id);
  const isDefault = own.every((policy) => !policy.isDefault);
  return [
    { id: null, siteId: site.id, name: house, rules: DEFAULT_POLICY, isDefault, schedules: null },
    ...own,
  ];
}

function Policies() {
  const { t, list } = useReader();
  const { sites } = useSignedIn();
  const { scope } = useScope();
  const { data, error, refetch } = usePolicies();
  const [choosing, setChoosing] = useState<Listed | null>(null);
  if (!data)
    return error ? <ProblemPanel error={error} retry={() => void refetch()} /> : <RowsSkeleton rows={5} />;
  const shown = sites.filter(({ code }) => scope.site === null || code === scope.site);
  if (shown.length === 0) return <EmptyPanel>{t('policies.no_sites')}</EmptyPanel>;
  const bySite = shown.map((site) => ({ site, policies: listed(site, data, t('policies.house')) }));
  const own = bySite.filter(({ policies }) => policies.length > 1);
  // Sites with none of their own are said in one breath.
  const plain = bySite.filter(({ policies }) => policies.length === 1);
  const all = [...own, ...plain].flatMap(({ policies }) => policies);
  return (
    <Stack sx={{ gap: 3 }}>
      {own.map(({ site, policies }) => (
        <Site key={site.id} name={site.name} policies={policies} onDefault={setChoosing} />
      ))}
      {plain.length > 0 ? (
        <Site
          name={list(plain.map(({ site }) => site.name))}
          policies={plain.slice(0, 1).flatMap(({ policies }) => policies)}
          onDefault={setChoosing}
        />
      ) : null}
      <ChosenLab sites={shown} policies={all} />
      {choosing ? (
        <DefaultDialog
          policy={choosing}
          now={all.find(({ siteId, isDefault }) => siteId === choosing.siteId && isDefault)?.name ?? ''}
          onClose={() => setChoosing(null)}
        />
      ) : null}
    </Stack>
  );
}

function Site({
  name,
  policies,
  onDefault,
}: {
  name: string;
  policies: readonly Listed[];
  onDefault: (policy: Listed) => void;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h2" sx={{ mb: 1 }}>
        {name}
      </Typography>
      <Stack component="ul" sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
        {policies.map((policy) => (
          <PolicyCard key={policy.id ?? 'house'} policy={policy} onDefault={() => onDefault(policy)} />
        ))}
      </Stack>
    </section>
  );
}

const keyOf = ({ id, siteId }: Listed): string => `${siteId} ${id ?? ''}`;

/** One of those above is played, without changing anything. */
function ChosenLab({ sites, policies }: { sites: readonly SignedInSite[]; policies: readonly Listed[] }) {
  const { t } = useReader();
  const [chosen, setChosen] = useState<string | null>(null);
  const policy = policies.find((each) => keyOf(each) === chosen) ?? policies[0];
  if (!policy) return null;
  const siteName = (id: string) => sites.find((site) => site.id === id)?.name ?? '–';
  const words = ({ name, siteId }: Listed) => (sites.length > 1 ? `${name} · ${siteName(siteId)}` : name);
  return (
    <Lab siteId={policy.siteId} name={words(policy)} rules={policy.rules}>
      <TextField
        select
        label={t('policies.lab.policy')}
        value={keyOf(policy)}
        onChange={({ target }) => setChosen(target.value)}
        sx={{ maxWidth: 460 }}
      >
        {policies.map((each) => (
          <MenuItem key={keyOf(each)} value={keyOf(each)}>
            {words(each)}
          </MenuItem>
        ))}
      </TextField>
    </Lab>
  );
}
