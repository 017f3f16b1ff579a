import CheckOutlined from '@mui/icons-material/CheckOutlined';
import ContentCopyOutlined from '@mui/icons-material/ContentCopyOutlined';
import { Box, IconButton, Tooltip } from '@mui/material';
import { useEffect, useState, type MouseEvent } from 'react';
import { MONO } from '../app/theme.js';
import { useReader } from './reader.js';

const CONFIRMATION_MS = 2_000;

/** Copies to the clipboard; the old way is kept for pages served without TLS. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** True for two seconds after each call of the copier. */
export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, (text) => void copyText(text).then(() => setCopied(true))];
}

/** An id or reference in the monospaced face with its copy button; `name` says what it is. */
export function Copyable({ text, name, shown }: { text: string; name: string; shown?: string }) {
  const { t } = useReader();
  const [copied, copy] = useCopy();
  const label = copied ? t('fields.copied') : t('fields.copy', { name });
  const onClick = (event: MouseEvent) => {
    event.stopPropagation();
    copy(text);
  };
  return (
    <Box
      component="span"
      sx={{ display: 'inline-flex', alignItems: 'center', maxWidth: '100%', minWidth: 0 }}
    >
      <Box
        component="span"
        title={text}
        sx={{
          fontFamily: MONO,
          fontSize: 12.5,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {shown ?? text}
      </Box>
      <Tooltip title={label}>
        <IconButton size="small" aria-label={label} onClick={onClick} sx={{ p: '4px', ml: '2px' }}>
          {copied ? <CheckOutlined sx={{ fontSize: 15 }} /> : <ContentCopyOutlined sx={{ fontSize: 15 }} />}
        </IconButton>
      </Tooltip>
      <span role="status" style={{ position: 'absolute', left: -9999 }}>
        {copied ? t('fields.copied') : ''}
      </span>
    </Box>
  );
}
