import ScienceOutlined from '@mui/icons-material/ScienceOutlined';
import { Box, LinearProgress, Link, Typography } from '@mui/material';
import { useReader } from '../fields/reader.js';
import { useSignedIn } from './login-state.js';
import { useListView, usePractice } from './use-data.js';

/** The strip nobody overlooks: this is not real money. Also shown over one site in practice or test mode. */
export function PracticeStrip() {
  const { t } = useReader();
  const { data: practice } = usePractice();
  const { sites } = useSignedIn();
  const { view } = useListView();
  const site = sites.find((candidate) => candidate.code === view.site);
  const unreal = practice?.practice || (site !== undefined && site.mode !== 'live');
  if (!unreal) return null;
  const history = practice?.history;
  const making = history && history.made < history.planned ? history : null;
  return (
    <Box
      role="note"
      aria-label={t('app.practice')}
      sx={(theme) => ({
        flexShrink: 0,
        color: theme.palette.meaning.attention.text,
        bgcolor: theme.palette.meaning.attention.soft,
        borderBottom: `2px solid ${theme.palette.warning.main}`,
      })}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          px: 2,
          minHeight: 32,
          py: 0.25,
          flexWrap: 'wrap',
        }}
      >
        <ScienceOutlined aria-hidden sx={{ fontSize: 18 }} />
        <Typography component="strong" sx={{ fontWeight: 750, fontSize: 13 }}>
          {t('app.practice')}
        </Typography>
        <Typography
          component="span"
          variant="body2"
          sx={{ flex: 1, minWidth: 0, display: { xs: making ? 'none' : 'inline', sm: 'inline' } }}
        >
          {t('app.practice_explained')}
        </Typography>
        {making ? (
          <Typography component="span" variant="body2">
            {t('app.practice_history', { made: making.made, planned: making.planned })}
          </Typography>
        ) : null}
        {practice?.sandboxUrl ? (
          <Link
            href={practice.sandboxUrl}
            target="_blank"
            rel="noreferrer"
            color="inherit"
            variant="body2"
            underline="always"
            sx={{ display: { xs: 'none', sm: 'inline' } }}
          >
            {t('app.practice_gateway')}
          </Link>
        ) : null}
      </Box>
      {making ? (
        <LinearProgress
          variant="determinate"
          color="warning"
          value={(100 * making.made) / making.planned}
          aria-label={t('app.practice_history', { made: making.made, planned: making.planned })}
          sx={{ height: 3 }}
        />
      ) : null}
    </Box>
  );
}
