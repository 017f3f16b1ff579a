import type { LabResult, PolicyRules } from '@recaudo/shared';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { problemOf } from '../app/api.js';
import { useData } from '../app/use-data.js';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';
import { ProblemAlert } from '../money/ProblemAlert.js';
import { LabFigures } from './LabFigures.js';

interface Props {
  siteId: string;
  /** What it is called in the result. */
  name: string;
  /** Null while what is typed makes no rules. */
  rules: PolicyRules | null;
  /** The choice of what is tried. */
  children?: ReactNode;
}

interface Tried {
  asked: string;
  name: string;
  result: LabResult | null;
  error: unknown;
}

/** Plays rules against what was refused; asked for by a button, because it reads a lot. */
export function Lab({ siteId, name, rules, children }: Props) {
  const { t } = useReader();
  const data = useData();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const asked = rules && JSON.stringify({ siteId, rules });
  const run = async () => {
    setRefused(asked === null);
    if (rules === null || asked === null) return;
    setBusy(true);
    try {
      setTried({ asked, name, result: await data.tryPolicy(siteId, rules), error: null });
    } catch (error) {
      setTried({ asked, name, result: null, error });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Block title={t('policies.lab.title')}>
      <Stack sx={{ gap: 2 }}>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {t('policies.lab.explained')}
        </Typography>
        {children}
        <Box>
          <Button variant="outlined" onClick={() => void run()} disabled={busy}>
            {t(busy ? 'policies.lab.running' : 'policies.lab.run')}
          </Button>
        </Box>
        <Box aria-live="polite" aria-busy={busy} sx={{ display: 'grid', gap: 1.5, minWidth: 0 }}>
          {refused && asked === null ? <Alert severity="warning">{t('policies.lab.invalid')}</Alert> : null}
          {tried && asked !== null && tried.asked !== asked ? (
            <Alert severity="info">{t('policies.lab.stale')}</Alert>
          ) : null}
          {tried?.error ? <ProblemAlert problem={problemOf(tried.error)} /> : null}
          {tried?.result ? <LabFigures result={tried.result} name={tried.name} /> : null}
        </Box>
      </Stack>
    </Block>
  );
}
