import {
  createPersonSchema,
  ROLES,
  updatePersonSchema,
  type CreatePerson,
  type InvitedPerson,
  type PersonView,
} from '@recaudo/shared';
import { Alert, Button, Dialog, DialogContent, DialogTitle, MenuItem, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { checkFields } from '../app/check.js';
import { SendButton, SendForm, TextInput, type FieldErrors } from '../app/form.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { ZoneInput } from '../sites/SiteFields.js';
import { SitesInput } from './SitesInput.js';

interface Props {
  /** Null makes a new person. */
  person: PersonView | null;
  onClose: () => void;
  onInvited: (invited: InvitedPerson) => void;
}

export function PersonDialog({ person, onClose, onInvited }: Props) {
  const { t } = useReader();
  const data = useData();
  const client = useQueryClient();
  const notify = useNotify();
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (values: CreatePerson) => {
    setProblem(null);
    if (person) {
      const { name, role, siteIds, language, zone } = values;
      await data.update<PersonView>('people', {
        id: person.id,
        data: { name, role, siteIds, language, zone },
        previousData: person,
      });
      notify('people.saved', { type: 'success' });
    } else {
      onInvited(await data.createPerson(values));
    }
    await client.invalidateQueries({ queryKey: ['people'] });
    onClose();
  };
  const fresh: CreatePerson = {
    email: '',
    name: '',
    role: 'support',
    siteIds: null,
    language: 'es',
    zone: 'America/Bogota',
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="person-title">
      <DialogTitle id="person-title">
        {person ? t('people.edit_title', { name: person.name }) : t('people.new')}
      </DialogTitle>
      <DialogContent>
        <SendForm<CreatePerson>
          defaultValues={person ? pick(person) : fresh}
          validate={(values) => check(values, person !== null)}
          send={send}
          onProblem={({ code }) => setProblem(code)}
        >
          <Stack sx={{ gap: 2, pt: 1 }}>
            <TextInput source="name" label={t('people.name')} required maxLength={80} autoFocus />
            {person ? null : (
              <TextInput source="email" label={t('login.email')} type="email" required maxLength={80} />
            )}
            <RoleInput />
            <SitesInput source="siteIds" label={t('people.sites')} all />
            <TextInput source="language" label={t('people.language')} select>
              <MenuItem value="es">Español</MenuItem>
              <MenuItem value="en">English</MenuItem>
            </TextInput>
            <ZoneInput source="zone" label={t('people.zone')} />
            {problem ? (
              <Alert severity="error">
                {t(`problems.help.${problem}`, { _: t('problems.help.internal') })}
              </Alert>
            ) : null}
            <SendButton
              label={person ? t('ra.action.save') : t('people.create')}
              sending={t('app.saving')}
              cancel={<Button onClick={onClose}>{t('ra.action.cancel')}</Button>}
            />
          </Stack>
        </SendForm>
      </DialogContent>
    </Dialog>
  );
}

function RoleInput() {
  const { t } = useReader();
  const role = useWatch({ name: 'role' }) as string;
  return (
    <TextInput
      source="role"
      label={t('people.role')}
      select
      required
      help={role ? t(`people.role_explained.${role}`) : undefined}
    >
      {ROLES.map((name) => (
        <MenuItem key={name} value={name}>
          {t(`roles.${name}`)}
        </MenuItem>
      ))}
    </TextInput>
  );
}

function check(values: CreatePerson, edits: boolean): FieldErrors {
  const errors = checkFields(
    edits ? updatePersonSchema : createPersonSchema,
    edits ? { ...values, email: undefined } : values,
  );
  // Somebody without any site would see nothing and wonder why.
  if (values.siteIds?.length === 0) errors.siteIds = 'problems.field.choose_a_site';
  return errors;
}

function pick({ name, role, siteIds, language, zone }: PersonView): Partial<CreatePerson> {
  return { name, role, siteIds, language, zone };
}
