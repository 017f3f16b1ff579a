import { Box, Tab, Tabs } from '@mui/material';
import { useState } from 'react';
import { Block } from '../fields/Block.js';
import { useReader } from '../fields/reader.js';

const VIEWS = ['html', 'text'] as const;
type View = (typeof VIEWS)[number];

/** The letter as its reader sees it. The frame may run nothing, open nothing and send nothing. */
export function MailPreview({ html, text }: { html: string; text: string }) {
  const { t } = useReader();
  const [view, setView] = useState<View>('html');
  return (
    <Block title={t('mails.preview')}>
      <Tabs value={view} onChange={(_, next: View) => setView(next)} aria-label={t('mails.preview')}>
        {VIEWS.map((each) => (
          <Tab key={each} value={each} label={t(`mails.view.${each}`)} />
        ))}
      </Tabs>
      {view === 'html' ? (
        <Box
          component="iframe"
          sandbox=""
          srcDoc={html}
          title={t('mails.preview')}
          sx={{
            display: 'block',
            width: '100%',
            height: { xs: 520, md: 600 },
            mt: 1.5,
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
            bgcolor: '#fff',
          }}
        />
      ) : (
        <Box
          component="pre"
          sx={{
            m: 0,
            mt: 1.5,
            p: 1.5,
            fontSize: 13,
            whiteSpace: 'pre-wrap',
            overflowWrap: 'anywhere',
            border: 1,
            borderColor: 'divider',
            borderRadius: 1,
          }}
        >
          {text}
        </Box>
      )}
    </Block>
  );
}
