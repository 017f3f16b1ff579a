import ChevronLeftOutlined from '@mui/icons-material/ChevronLeftOutlined';
import ChevronRightOutlined from '@mui/icons-material/ChevronRightOutlined';
import FirstPageOutlined from '@mui/icons-material/FirstPageOutlined';
import { IconButton, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useReader } from '../fields/reader.js';
import type { PageMeta } from './data-provider.js';

/** First, previous, next: the cursor stands in the URL, so a reloaded or sent link shows the same place. */
export function CursorPager({
  page,
  atFirst,
  go,
}: {
  page: Pick<PageMeta, 'next' | 'previous'>;
  atFirst: boolean;
  go: (cursor: string | null) => void;
}) {
  const { t } = useReader();
  if (page.next === null && page.previous === null && atFirst) return null;
  return (
    <Stack direction="row" component="nav" aria-label={t('app.pages')}>
      <Step name={t('ra.navigation.first')} disabled={atFirst} onClick={() => go(null)}>
        <FirstPageOutlined />
      </Step>
      <Step
        name={t('ra.navigation.previous')}
        disabled={page.previous === null}
        onClick={() => go(page.previous)}
      >
        <ChevronLeftOutlined />
      </Step>
      <Step name={t('ra.navigation.next')} disabled={page.next === null} onClick={() => go(page.next)}>
        <ChevronRightOutlined />
      </Step>
    </Stack>
  );
}

function Step({
  name,
  disabled,
  onClick,
  children,
}: {
  name: string;
  disabled: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <IconButton size="small" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
      {children}
    </IconButton>
  );
}
