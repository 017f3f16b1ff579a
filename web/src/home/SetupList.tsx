import type { HomeView } from '@recaudo/shared';
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import RadioButtonUncheckedOutlined from '@mui/icons-material/RadioButtonUncheckedOutlined';
import { Button, Stack, Typography } from '@mui/material';
import { Link } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { Block } from '../fields/Block.js';

type Setup = NonNullable<HomeView['setup']>;

/** In the order in which they depend on one another. */
const STEPS: { name: keyof Setup; to: string }[] = [
  { name: 'site', to: '/sites/create' },
  { name: 'account', to: '/sites' },
  { name: 'tested', to: '/sites' },
  { name: 'people', to: '/people' },
  { name: 'key', to: '/keys' },
];

/** What the installation still needs before it can take a payment; gone from sight once all is done. */
export function SetupList({ setup }: { setup: Setup }) {
  const { t } = useReader();
  const next = STEPS.find(({ name }) => !setup[name]);
  if (!next) return <Typography sx={{ mb: 2 }}>{t('home.setup_done')}</Typography>;
  return (
    <Block title={t('home.setup')}>
      <Stack component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {STEPS.map(({ name, to }) => (
          <Stack
            key={name}
            component="li"
            direction="row"
            sx={{
              gap: 1.5,
              alignItems: 'center',
              minHeight: 52,
              borderTop: 1,
              borderColor: 'divider',
              py: 1,
            }}
          >
            {setup[name] ? (
              <CheckCircleOutlined
                titleAccess={t('home.step_done')}
                sx={(theme) => ({ color: theme.palette.meaning.done.text })}
              />
            ) : (
              <RadioButtonUncheckedOutlined
                titleAccess={t('home.step_open')}
                sx={{ color: 'text.secondary' }}
              />
            )}
            <Stack sx={{ flex: 1, minWidth: 0 }}>
              <Typography sx={{ fontWeight: 550 }}>{t(`home.step.${name}`)}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                {t(`home.step_explained.${name}`)}
              </Typography>
            </Stack>
            {setup[name] ? null : (
              <Button
                component={Link}
                to={to}
                variant={name === next.name ? 'contained' : 'text'}
                sx={{ flexShrink: 0 }}
              >
                {t(`home.step_go.${name}`)}
              </Button>
            )}
          </Stack>
        ))}
      </Stack>
    </Block>
  );
}
