import { Box, Link, useMediaQuery, type Theme } from '@mui/material';
import { Suspense } from 'react';
import { type LayoutProps } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { useReader } from '../fields/reader.js';
import { BottomBar } from './BottomBar.js';
import { ErrorBoundary } from './ErrorBoundary.js';
import { useSignedInOrNull } from './login-state.js';
import { PageSkeleton } from './PageStates.js';
import { PracticeStrip } from './PracticeStrip.js';
import { PasswordProof } from './PasswordProof.js';
import { Rail } from './Rail.js';
import { TopBar } from './TopBar.js';
import { useSamePerson } from './use-same-person.js';

/** Rail, top bar, page. The page alone scrolls; the payments list fills it and scrolls inside its table. */
export default function Frame({ children }: LayoutProps) {
  const login = useSignedInOrNull();
  const { pathname } = useLocation();
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  useSamePerson();
  // Between the end of a login and the sign-in page there is one render without a person.
  if (!login) return null;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', height: '100dvh', overflow: 'hidden' }}>
      <SkipLink />
      <PracticeStrip />
      <Box sx={{ display: 'flex', flex: 1, minHeight: 0 }}>
        {narrow ? null : <Rail />}
        <Box sx={{ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0 }}>
          <TopBar />
          <Box
            component="main"
            id="content"
            tabIndex={-1}
            sx={{
              flex: 1,
              minHeight: 0,
              overflow: 'auto',
              outline: 'none !important',
              scrollbarGutter: { md: 'stable' },
            }}
          >
            <ErrorBoundary key={pathname}>
              <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
            </ErrorBoundary>
          </Box>
          {narrow ? <BottomBar /> : null}
        </Box>
      </Box>
      <PasswordProof />
    </Box>
  );
}

function SkipLink() {
  const { t } = useReader();
  return (
    <Link
      href="#content"
      sx={{
        position: 'absolute',
        left: -9999,
        zIndex: 2000,
        bgcolor: 'background.paper',
        p: 1,
        '&:focus': { left: 8, top: 8 },
      }}
    >
      {t('ra.navigation.skip_nav')}
    </Link>
  );
}
