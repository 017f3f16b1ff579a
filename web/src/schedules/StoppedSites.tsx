import type { PeriodCounts } from '@recaudo/shared';
import { Alert, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useCan, useSignedIn } from '../app/login-state.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { MoneyDialog } from '../money/MoneyDialog.js';

type Stopped = PeriodCounts['stopped'][number];

/** Sites where nothing is charged by plan until somebody has looked; who may lets them go on. */
export function StoppedSites({ stopped }: { stopped: readonly Stopped[] }) {
  const { t, clock } = useReader();
  const { sites } = useSignedIn();
  const mayRelease = useCan('schedules:release');
  const [releasing, setReleasing] = useState<{ siteId: string; name: string } | null>(null);
  return (
    <>
      {stopped.map(({ siteId, why, since }) => {
        const name = sites.find(({ id }) => id === siteId)?.name ?? '–';
        return (
          <Alert key={siteId} severity="warning" sx={{ mb: 1.5 }}>
            <Typography>{t(`queue.stopped.${why}`, { site: name, at: clock(since) })}</Typography>
            {mayRelease && why === 'unjudged' ? (
              <Button
                variant="outlined"
                color="inherit"
                size="small"
                aria-haspopup="dialog"
                sx={{ mt: 1 }}
                onClick={() => setReleasing({ siteId, name })}
              >
                {t('queue.release.open')}
              </Button>
            ) : null}
          </Alert>
        );
      })}
      {releasing ? <ReleaseDialog {...releasing} onClose={() => setReleasing(null)} /> : null}
    </>
  );
}

function ReleaseDialog({ siteId, name, onClose }: { siteId: string; name: string; onClose: () => void }) {
  const { t } = useReader();
  const data = useData();
  const notify = useNotify();
  return (
    <MoneyDialog<object>
      title={t('queue.release.title')}
      explained={t('queue.release.explained')}
      facts={[[t('sessions.fields.site'), name]]}
      first={{}}
      validate={() => ({})}
      label={() => t('queue.release.label', { site: name })}
      acting={t('queue.release.acting')}
      send={async () => {
        await data.releaseCharges(siteId);
        notify('queue.release.done', { type: 'success' });
        onClose();
        return null;
      }}
      onClose={onClose}
    />
  );
}
