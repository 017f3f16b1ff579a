import { SESSION_KINDS, type SessionKind } from '@recaudo/shared';
import { Box, Button, Radio, Typography } from '@mui/material';
import { useState } from 'react';
import { useInput } from 'react-admin';
import { useReader } from '../../fields/reader.js';

/** Which kind of payment, in plain words with one line each; once chosen it folds away. */
export function KindChoice({ folded }: { folded: boolean }) {
  const { t } = useReader();
  const { field } = useInput({ source: 'kind', defaultValue: 'basic' });
  const [open, setOpen] = useState(!folded);
  const kind = field.value as SessionKind;
  if (!open) {
    return (
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography>
          {t('opening.kind')}: <strong>{t(`kinds.name.${kind}`)}</strong>
        </Typography>
        <Button size="small" onClick={() => setOpen(true)}>
          {t('opening.change')}
        </Button>
      </Box>
    );
  }
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography component="legend" variant="h2" sx={{ p: 0, mb: 1 }}>
        {t('opening.choose')}
      </Typography>
      <Box sx={{ display: 'grid', gap: 1, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        {SESSION_KINDS.map((name) => (
          <KindCard key={name} name={name} chosen={name === kind} onChoose={() => field.onChange(name)} />
        ))}
      </Box>
    </Box>
  );
}

function KindCard({ name, chosen, onChoose }: { name: SessionKind; chosen: boolean; onChoose: () => void }) {
  const { t } = useReader();
  return (
    <Box
      component="label"
      sx={{
        display: 'flex',
        gap: 1,
        alignItems: 'flex-start',
        p: 1,
        border: 1,
        borderColor: chosen ? 'primary.main' : 'divider',
        bgcolor: chosen ? 'action.selected' : 'background.paper',
        borderRadius: 1,
        cursor: 'pointer',
        '&:hover': { borderColor: 'text.secondary' },
      }}
    >
      <Radio
        size="small"
        name="kind"
        value={name}
        checked={chosen}
        onChange={onChoose}
        sx={{ p: 0.25 }}
        slotProps={{ input: { 'aria-describedby': `kind-${name}` } }}
      />
      <Box sx={{ minWidth: 0 }}>
        <Box component="span" sx={{ fontWeight: 600, display: 'block' }}>
          {t(`kinds.name.${name}`)}
        </Box>
        <Typography
          id={`kind-${name}`}
          component="span"
          variant="body2"
          sx={{ color: 'text.secondary', display: 'block' }}
        >
          {t(`kinds.purpose.${name}`)}
        </Typography>
      </Box>
    </Box>
  );
}
