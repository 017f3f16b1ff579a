import type { SessionView } from '@recaudo/shared';
import MailOutlined from '@mui/icons-material/MailOutlined';
import QrCode2Outlined from '@mui/icons-material/QrCode2Outlined';
import WhatsApp from '@mui/icons-material/WhatsApp';
import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
} from '@mui/material';
import { useState } from 'react';
import { useSignedIn } from '../app/login-state.js';
import { Copyable, useCopy } from '../fields/Copyable.js';
import { Qr } from '../fields/Qr.js';
import { useReader } from '../fields/reader.js';
import { Block } from '../fields/Block.js';
import { mailUrl, shareText, whatsappUrl } from './share-text.js';

/** The order's link and the ways to hand it to the payer; gone once there is nothing left to pay. */
export function ShareBlock({ session }: { session: SessionView }) {
  const { t } = useReader();
  const { sites } = useSignedIn();
  const [showsQr, setShowsQr] = useState(false);
  const [showsText, setShowsText] = useState(false);
  const site = sites.find((candidate) => candidate.id === session.siteId);
  const mayShare = session.availableActions.some(({ action, allowed }) => action === 'copyLink' && allowed);
  // The payer has done their part: the link leads nowhere any more.
  if (!mayShare || session.confirmation) return null;
  const text = shareText(session, { name: site?.name ?? '', zone: site?.zone ?? 'America/Bogota' });
  return (
    <Block title={t('share.title')}>
      <Copyable text={session.order.linkUrl} name={t('share.link')} />
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', mt: 1.5 }}>
        <Button variant="outlined" startIcon={<QrCode2Outlined />} onClick={() => setShowsQr(true)}>
          {t('share.qr')}
        </Button>
        <Button
          variant="outlined"
          startIcon={<WhatsApp />}
          href={whatsappUrl(text, session.payer.mobile)}
          target="_blank"
          rel="noreferrer"
        >
          WhatsApp
        </Button>
        <Button
          variant="outlined"
          startIcon={<MailOutlined />}
          href={mailUrl(text, session.payer.email, site?.name ?? '')}
        >
          {t('share.mail')}
        </Button>
        <Button onClick={() => setShowsText(true)}>{t('share.see_text')}</Button>
      </Stack>
      <Dialog open={showsQr} onClose={() => setShowsQr(false)} aria-labelledby="qr-title">
        <DialogTitle id="qr-title">{t('share.qr_title')}</DialogTitle>
        <DialogContent sx={{ textAlign: 'center' }}>
          <Qr text={session.order.linkUrl} name={t('share.qr_name', { reference: session.reference })} />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setShowsQr(false)}>{t('ra.action.close')}</Button>
        </DialogActions>
      </Dialog>
      <TextDialog open={showsText} text={text} onClose={() => setShowsText(false)} />
    </Block>
  );
}

function TextDialog({ open, text, onClose }: { open: boolean; text: string; onClose: () => void }) {
  const { t } = useReader();
  const [copied, copy] = useCopy();
  return (
    <Dialog open={open} onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="share-text-title">
      <DialogTitle id="share-text-title">{t('share.text_title')}</DialogTitle>
      <DialogContent>
        <Box sx={{ pt: 1 }}>
          <TextField
            fullWidth
            multiline
            value={text}
            label={t('share.text')}
            slotProps={{ htmlInput: { readOnly: true, lang: 'es' } }}
          />
        </Box>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('ra.action.close')}</Button>
        <Button variant="contained" onClick={() => copy(text)}>
          {copied ? t('fields.copied') : t('share.copy_text')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
