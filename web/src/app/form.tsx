import { Button, Stack, TextField } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { Form, useInput, useNotify, ValidationError } from 'react-admin';
import { useFormState } from 'react-hook-form';
import type { ReactNode } from 'react';
import type { Problem } from '@recaudo/shared';
import { problemOf } from './api.js';
import { nestedErrors } from './nested-errors.js';
import { useReader } from '../fields/reader.js';

export type FieldErrors = Record<string, string>;

/** Message keys by field, as the server sends them, turned into what the inputs show. */
export function serverFieldErrors(problem: Problem): FieldErrors {
  return Object.fromEntries(
    Object.entries(problem.errors ?? {}).map(([field, keys]) => [
      field,
      `problems.field.${keys[0] ?? 'invalid'}`,
    ]),
  );
}

export interface SendFormProps<V extends object> {
  defaultValues: Partial<V>;
  /** Errors by field before anything is sent; the same rules as the server's. */
  validate: (values: V) => FieldErrors;
  /** Sends; a rejection whose problem names fields lands on them, any other goes to `onProblem`. */
  send: (values: V) => Promise<void>;
  onProblem?: (problem: Problem) => void;
  /** Short forms complain only when they are sent. */
  patient?: boolean;
  children: ReactNode;
}

/** A form starts with what it is given, and never with fields of the same name of the page it stands on. */
const NO_RECORD = {};

/** A form that is pessimistic throughout: it stays, keeps what was typed, and shows what the server said. */
export function SendForm<V extends object>({
  defaultValues,
  validate,
  send,
  onProblem,
  patient = false,
  children,
}: SendFormProps<V>) {
  const notify = useNotify();
  const { mutateAsync } = useMutation({ mutationFn: send });
  const onSubmit = async (values: unknown) => {
    try {
      await mutateAsync(values as V);
      return undefined;
    } catch (error) {
      const problem = problemOf(error);
      const errors = serverFieldErrors(problem);
      const placed = Object.keys(errors).filter((field) => (field.split('.')[0] ?? '') in defaultValues);
      if (placed.length > 0) {
        // A refusal with a name of its own (the order is paid …) says more than its field can.
        if (problem.code !== 'validation') onProblem?.(problem);
        return errors;
      }
      // About no field of this form: it must be said all the same.
      if (onProblem) onProblem(problem);
      else
        notify(`problems.title.${problem.code}`, {
          type: 'error',
          messageArgs: { _: 'problems.title.internal' },
        });
      return undefined;
    }
  };
  return (
    <Form
      record={NO_RECORD}
      defaultValues={defaultValues}
      validate={(values) => nestedErrors(validate(values as V))}
      onSubmit={onSubmit}
      mode={patient ? 'onSubmit' : 'onBlur'}
      reValidateMode="onChange"
      disableInvalidFormNotification
      noValidate
    >
      {children}
    </Form>
  );
}

export interface TextProps {
  source: string;
  label: string;
  help?: string;
  required?: boolean;
  type?: string;
  autoComplete?: string;
  autoFocus?: boolean;
  multiline?: boolean;
  maxLength?: number;
  mono?: boolean;
  children?: ReactNode;
  select?: boolean;
  disabled?: boolean;
  inputMode?: 'numeric';
  /** Of a date: the first day that may be chosen. */
  min?: string;
}

/** What is typed stays a text, also once it is emptied: react-admin would make it null. */
export const asTyped = (text: string): string => text;

/** One text (or choice, with `select` and options as children) with its label, its help and its error tied to it. */
export function TextInput({ source, label, help, type = 'text', children, ...rest }: TextProps) {
  const { field, fieldState } = useInput({ source, defaultValue: '', parse: asTyped });
  const error = fieldState.error?.message;
  return (
    <TextField
      {...field}
      value={(field.value as string | null | undefined) ?? ''}
      label={label}
      type={type}
      select={rest.select}
      required={rest.required}
      disabled={rest.disabled}
      multiline={rest.multiline}
      minRows={rest.multiline ? 2 : undefined}
      autoFocus={rest.autoFocus}
      error={Boolean(error)}
      helperText={error ? <ValidationError error={error} /> : help}
      fullWidth
      slotProps={{
        htmlInput: {
          autoComplete: rest.autoComplete ?? 'off',
          maxLength: rest.maxLength,
          inputMode: rest.inputMode,
          min: rest.min,
        },
        // An empty date shows its own pattern, which a label must not cover.
        inputLabel: type === 'date' ? { shrink: true } : undefined,
        formHelperText: { role: error ? 'alert' : undefined },
      }}
    >
      {children}
    </TextField>
  );
}

/** The one filled button of the form; it says that it works and cannot be pressed twice. */
export function SendButton({
  label,
  sending,
  cancel,
  variant = 'contained',
}: {
  label: string;
  sending: string;
  cancel?: ReactNode;
  /** A form beside the page's own purpose does not fill its button. */
  variant?: 'contained' | 'outlined';
}) {
  const { isSubmitting } = useFormState();
  const { t } = useReader();
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'center', mt: 1 }}>
      <Button type="submit" variant={variant} disabled={isSubmitting}>
        {isSubmitting ? sending : label}
      </Button>
      {cancel}
      <span role="status" aria-label={isSubmitting ? t('ra.message.loading') : undefined} />
    </Stack>
  );
}
