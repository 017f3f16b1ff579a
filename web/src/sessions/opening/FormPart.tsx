import { Box, FormHelperText, Paper, Typography } from '@mui/material';
import { ValidationError, type ValidationErrorMessage } from 'react-admin';
import { get, useFormState } from 'react-hook-form';
import type { ReactNode } from 'react';

/** A titled part of the form, two columns where there is room. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper
      variant="outlined"
      component="fieldset"
      sx={{
        p: 2,
        m: 0,
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1fr) minmax(0, 1fr)' },
        minWidth: 0,
      }}
    >
      <Typography component="legend" variant="h2" sx={{ float: 'left', gridColumn: '1 / -1', p: 0 }}>
        {title}
      </Typography>
      {children}
    </Paper>
  );
}

/** What spans both columns. */
export function Wide({ children }: { children: ReactNode }) {
  return <Box sx={{ gridColumn: '1 / -1', minWidth: 0 }}>{children}</Box>;
}

/** What is wrong with a list as a whole, said beneath it. */
export function ListError({ source }: { source: string }) {
  const message = useListError(source);
  if (!message) return null;
  return (
    <FormHelperText error role="alert" sx={{ fontSize: 13 }}>
      <ValidationError error={message} />
    </FormHelperText>
  );
}

/** The list's own error, from our check (`root`, or alone) or from the server; the form library wraps only some. */
function useListError(source: string): ValidationErrorMessage | null {
  const { errors } = useFormState();
  const found: { message?: ValidationErrorMessage; root?: { message?: ValidationErrorMessage } } | undefined =
    get(errors, source);
  return found?.root?.message ?? found?.message ?? null;
}

/** Whether anything at all in there is wrong, so that it must be in sight. */
export function useHasErrors(sources: readonly string[]): boolean {
  const { errors } = useFormState();
  return sources.some((source) => get(errors, source) !== undefined);
}
