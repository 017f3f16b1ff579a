import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Paper, Typography } from '@mui/material';
import { useState, type ChangeEvent } from 'react';
import { useReader } from '../fields/reader.js';

/** In sight of keyboards and readers, not of eyes. */
const UNSEEN = {
  position: 'absolute',
  width: 1,
  height: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
} as const;

/** A place for one CSV file: chosen by button or key, or dropped. */
export function FileDrop({
  disabled,
  help,
  chosen,
  onFile,
}: {
  disabled: boolean;
  help: string;
  /** The name of the file that is there already. */
  chosen: string | null;
  onFile: (file: File) => void;
}) {
  const { t } = useReader();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file && !disabled) onFile(file);
  };
  return (
    <Paper
      variant="outlined"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      sx={{
        ...{ p: 3, display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap', borderStyle: 'dashed' },
        bgcolor: over ? 'action.selected' : undefined,
        borderColor: over ? 'primary.main' : 'text.disabled',
      }}
    >
      <Button
        component="label"
        role={undefined}
        tabIndex={-1}
        variant="outlined"
        disabled={disabled}
        startIcon={<UploadFileOutlined />}
        sx={{
          position: 'relative',
          '&:focus-within': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: 2 },
        }}
      >
        {t('schedules.import.choose')}
        <Box
          component="input"
          type="file"
          accept=".csv,text/csv"
          disabled={disabled}
          onChange={({ target }: ChangeEvent<HTMLInputElement>) => {
            take(target.files);
            // The same file, once corrected, can be chosen again.
            target.value = '';
          }}
          sx={UNSEEN}
        />
      </Button>
      <Typography variant="body2" sx={{ color: 'text.secondary', flex: '1 1 260px' }}>
        {chosen ? (
          <Box component="strong" sx={{ display: 'block', color: 'text.primary', overflowWrap: 'anywhere' }}>
            {t('schedules.import.chosen', { name: chosen })}
          </Box>
        ) : null}
        {help}
      </Typography>
    </Paper>
  );
}
