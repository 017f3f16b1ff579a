import { RETRIED_CLASSES, type PolicyView } from '@recaudo/shared';
import { Box, Button, Link as MuiLink, Paper, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useCan } from '../app/login-state.js';
import { useReader } from '../fields/reader.js';
import { Tag } from '../fields/StateChip.js';
import { ALL_SCHEDULES, writeScheduleUrl } from '../schedules/schedule-view.js';
import { hourWords, ruleWords } from './policy-words.js';
import { policyPath } from './use-policies.js';

/** A policy of a site, or the house's own, which has no id and belongs to nobody. */
export type Listed = Pick<PolicyView, 'siteId' | 'name' | 'rules' | 'isDefault'> & {
  id: string | null;
  schedules: number | null;
};

/** What it does, in sentences, and who follows it. */
export function PolicyCard({ policy, onDefault }: { policy: Listed; onDefault: () => void }) {
  const { t } = useReader();
  const mayManage = useCan('policies:manage');
  const { id, name, rules, isDefault, schedules } = policy;
  return (
    <Paper component="li" variant="outlined" aria-label={name} sx={{ p: 2, display: 'grid', gap: 1 }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography variant="h3" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
          {name}
        </Typography>
        {isDefault ? <Tag title={t('policies.default_explained')}>{t('policies.default')}</Tag> : null}
        {mayManage ? (
          <Stack direction="row" sx={{ ml: 'auto', gap: 1, flexWrap: 'wrap' }}>
            {isDefault ? null : (
              <Button
                size="small"
                aria-haspopup="dialog"
                aria-label={t('policies.make_default.open_named', { name })}
                onClick={onDefault}
              >
                {t('policies.make_default.open')}
              </Button>
            )}
            {id === null ? null : (
              <Button
                component={Link}
                to={policyPath(id)}
                size="small"
                aria-label={t('policies.edit_named', { name })}
              >
                {t('policies.edit')}
              </Button>
            )}
          </Stack>
        ) : null}
      </Stack>
      <Box component="dl" sx={{ m: 0, display: 'grid', gap: 0.5, fontSize: 13, '& dd': { m: 0 } }}>
        {RETRIED_CLASSES.map((each) => (
          <Rule key={each} name={each} rules={rules} />
        ))}
      </Box>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {hourWords(rules.hour, t)} {schedules === null ? t('policies.house_explained') : null}
        {schedules === 0 ? `${t('policies.used_none')}.` : null}
        {schedules ? (
          <MuiLink component={Link} to={`/schedules${writeScheduleUrl({ ...ALL_SCHEDULES, policy: id })}`}>
            {t('policies.used', { smart_count: schedules })}
          </MuiLink>
        ) : null}
      </Typography>
    </Paper>
  );
}

function Rule({ name, rules }: { name: (typeof RETRIED_CLASSES)[number]; rules: PolicyView['rules'] }) {
  const reader = useReader();
  return (
    <Box sx={{ display: 'grid', columnGap: 2, gridTemplateColumns: { xs: '1fr', sm: '150px 1fr' } }}>
      <Box component="dt" sx={{ color: 'text.secondary' }}>
        {reader.t(`policies.class.${name}`)}
      </Box>
      <dd>{ruleWords(rules.by[name], reader)}</dd>
    </Box>
  );
}
