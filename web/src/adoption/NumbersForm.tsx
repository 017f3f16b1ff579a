import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import { Alert, Box, Button, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useRef, useState, type ChangeEvent, type FormEvent } from 'react';
import type { SignedInSite } from '../app/login-state.js';
import { helpWords, RequestId } from '../app/problem-words.js';
import { MONO } from '../app/theme.js';
import { REGION } from '../fields/instant.js';
import { useReader } from '../fields/reader.js';
import { MOST_FILE_BYTES, MOST_NUMBERS, numbersIn, numbersInCsv, textIn } from './numbers.js';
import type { Outcome } from './use-adoption.js';

interface Props {
  sites: SignedInSite[];
  siteId: string;
  onSite: (id: string) => void;
  text: string;
  onText: (text: string) => void;
  onSend: (numbers: string[]) => void;
  outcome: Outcome | null;
}

/** Which account, and which numbers: pasted, or the column of a file, which lands in the same box to be seen. */
export function NumbersForm({ sites, siteId, onSite, text, onText, onSend, outcome }: Props) {
  const { t, language } = useReader();
  const [touched, setTouched] = useState(false);
  const numbers = numbersIn(text);
  const tooMany = numbers.length > MOST_NUMBERS;
  const problem = tooMany
    ? t('adoption.too_many', { most: MOST_NUMBERS.toLocaleString(REGION[language]) })
    : touched && numbers.length === 0
      ? t('adoption.none')
      : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (siteId && numbers.length > 0 && !tooMany) onSend(numbers);
  };
  const help =
    numbers.length > 0 ? t('adoption.count', { smart_count: numbers.length }) : t('adoption.numbers_help');
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2 }}>
      {outcome?.problem ? (
        <Alert severity="error" role="alert">
          {helpWords(outcome.problem, t)}
          <RequestId problem={outcome.problem} />
        </Alert>
      ) : null}
      <TextField
        select
        label={t('sessions.fields.site')}
        value={siteId}
        onChange={(event) => onSite(event.target.value)}
        required
        error={touched && !siteId}
        helperText={touched && !siteId ? t('problems.field.required') : undefined}
        sx={{ maxWidth: 360 }}
      >
        {sites.map((site) => (
          <MenuItem key={site.id} value={site.id}>
            {site.name}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={t('adoption.numbers')}
        value={text}
        onChange={(event) => onText(event.target.value)}
        required
        multiline
        minRows={5}
        maxRows={14}
        error={problem !== null}
        helperText={<span aria-live="polite">{problem ?? help}</span>}
        slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: MONO, fontSize: 13 } } }}
      />
      <FileInput onRead={onText} />
      <Box>
        <Button type="submit" variant="contained">
          {numbers.length === 0
            ? t('adoption.rehearse_none')
            : t('adoption.rehearse', { smart_count: numbers.length })}
        </Button>
      </Box>
    </Stack>
  );
}

function FileInput({ onRead }: { onRead: (text: string) => void }) {
  const { t } = useReader();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ text: string; bad: boolean } | null>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // The same file may be chosen again after it was corrected.
    event.target.value = '';
    if (!file) return;
    if (file.size > MOST_FILE_BYTES) return setSaid({ text: t('adoption.file_large'), bad: true });
    const content = textIn(await file.arrayBuffer());
    if (content === null) return setSaid({ text: t('adoption.file_binary', { name: file.name }), bad: true });
    const { numbers, heading } = numbersInCsv(content);
    if (numbers.length === 0) {
      const why = heading ? t('adoption.column_empty', { heading }) : t('adoption.file_empty');
      return setSaid({ text: why, bad: true });
    }
    onRead(numbers.join('\n'));
    setSaid({ text: t('adoption.file_read', { name: file.name, smart_count: numbers.length }), bad: false });
  };
  return (
    <Box>
      <Button variant="outlined" startIcon={<UploadFileOutlined />} onClick={() => input.current?.click()}>
        {t('adoption.file')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,text/csv,text/plain"
        hidden
        aria-label={t('adoption.file')}
        onChange={(event) => void read(event)}
      />
      <Typography
        variant="body2"
        role="status"
        sx={{ mt: 0.5, color: said?.bad ? 'error.main' : 'text.secondary' }}
      >
        {said?.text ?? t('adoption.file_help')}
      </Typography>
    </Box>
  );
}
