import type { PreauthorizationView } from '@recaudo/shared';
import { Box, Link as MuiLink, Stack } from '@mui/material';
import { useState } from 'react';
import { useGetList } from 'react-admin';
import { Link } from 'react-router-dom';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';
import { HoldRow } from '../holds/HoldRow.js';
import { HoldDialog, type HoldAct } from '../money/HoldDialog.js';

const FOLLOW_MS = 30_000;
const SHOWN = 5;
const HOURS = 72;

/** Money about to be let go by itself, nearest first, with what can be done about it; nothing to show, nothing shown. */
export function ExpiringHolds() {
  const { t } = useReader();
  const [acting, setActing] = useState<{ hold: PreauthorizationView; act: HoldAct } | null>(null);
  const { data } = useGetList<PreauthorizationView>(
    'preauthorizations',
    { filter: { state: 'active', hours: HOURS }, pagination: { page: 1, perPage: SHOWN } },
    { refetchInterval: FOLLOW_MS },
  );
  const all = (
    <MuiLink component={Link} to="/preauthorizations?tab=h72">
      {t('holds.home_all')}
    </MuiLink>
  );
  return (
    <>
      {data && data.length > 0 ? (
        <Box sx={{ mt: 2 }}>
          <Block title={t('holds.home')} aside={all}>
            <Stack component="ul" aria-label={t('holds.home')} sx={{ listStyle: 'none', m: 0, p: 0, gap: 1 }}>
              {data.map((hold) => (
                <HoldRow key={hold.id} hold={hold} onAct={(act) => setActing({ hold, act })} />
              ))}
            </Stack>
          </Block>
        </Box>
      ) : null}
      {acting ? <HoldDialog {...acting} onClose={() => setActing(null)} /> : null}
    </>
  );
}
