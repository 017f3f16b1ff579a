import { noteSchema, type Note } from '@recaudo/shared';
import { Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';

/** What a person knows about an order, for everybody after them; it stays for ever. */
export function NoteForm({ orderId }: { orderId: string }) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const [written, setWritten] = useState(0);
  const send = async ({ note }: Note) => {
    await data.addNote(orderId, note.trim());
    await client.invalidateQueries();
    notify('transactions.note_added', { type: 'success' });
    setWritten((count) => count + 1);
  };
  return (
    <Stack sx={{ mb: 2 }}>
      {/* Written: the form starts afresh. */}
      <SendForm<Note>
        key={written}
        defaultValues={{ note: '' }}
        validate={(values) => (values.note?.trim() ? checkFields(noteSchema, values) : EMPTY)}
        send={send}
        patient
      >
        <TextInput
          source="note"
          label={t('transactions.note')}
          help={t('transactions.note_help')}
          multiline
          maxLength={1_000}
        />
        <SendButton label={t('transactions.note_add')} sending={t('app.saving')} variant="outlined" />
      </SendForm>
    </Stack>
  );
}

const EMPTY = { note: 'problems.field.required' };
