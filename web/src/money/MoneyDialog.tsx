import type { ActResult, Problem } from '@recaudo/shared';
import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Skeleton,
  Stack,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useFormContext, useFormState } from 'react-hook-form';
import { SendForm, type FieldErrors } from '../app/form.js';
import { ProblemPanel } from '../app/PageStates.js';
import { FactList } from '../fields/FactList.js';
import { useReader } from '../fields/reader.js';
import { isLost, ProblemAlert } from './ProblemAlert.js';
import { ResultPanel } from './ResultPanel.js';

interface Props<V extends object, Result> {
  title: string;
  explained: ReactNode;
  facts: [name: string, value: ReactNode][];
  /** What cannot be undone. */
  irrevocable?: string;
  /** As the fields have them: amounts are text. */
  first: V;
  validate: (values: V) => FieldErrors;
  /** Every change, so that what will happen can be told while it is typed. */
  onValues?: (values: V) => void;
  /** Names the act and the amount. */
  label: (values: V) => string;
  acting: string;
  danger?: boolean;
  /** Something stands in the way; the fields' own part of the dialog says what. */
  blocked?: boolean;
  /**
   * Does it; every try of one dialog has the same key, so that a second click or a repetition is the same act. Null: its
   * result is shown elsewhere.
   */
  send: (values: V, key: string) => Promise<Result | null>;
  /** What truly came of it. */
  panel: (result: Result) => ReactNode;
  onClose: () => void;
  children?: ReactNode;
}

/** The form lies between the dialog and what scrolls in it. */
const SCROLLING = {
  '& form': { display: 'flex', flexDirection: 'column', minHeight: 0, overflow: 'hidden' },
} as const;

/**
 * Money is about to move: what will happen, to whom, how much, what cannot be undone, and one button that names it.
 * While it runs the dialog stays; then it shows what truly came of it.
 */
export function ActingDialog<V extends object, Result>({ title, onClose, ...props }: Props<V, Result>) {
  const { t } = useReader();
  const id = useId();
  const client = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (values: V) => {
    setProblem(null);
    setBusy(true);
    try {
      setResult(await props.send(values, key));
    } finally {
      setBusy(false);
      // Also after a refusal: somebody else may have been quicker.
      void client.invalidateQueries();
    }
  };
  const close = () => {
    if (!busy) onClose();
  };
  return (
    <Dialog open onClose={close} fullWidth maxWidth="sm" aria-labelledby={id} sx={SCROLLING}>
      <DialogTitle id={id}>{title}</DialogTitle>
      {result ? (
        <>
          <DialogContent>{props.panel(result)}</DialogContent>
          <DialogActions>
            <Button variant="contained" onClick={close} autoFocus>
              {t('acts.close')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <SendForm<V>
          defaultValues={props.first}
          validate={props.validate}
          send={send}
          onProblem={setProblem}
          patient
        >
          <DialogContent>
            <Stack sx={{ gap: 2 }}>
              {problem ? <ProblemAlert problem={problem} /> : null}
              {/* What was sent stays as it is while nobody knows what came of it. */}
              <Box
                sx={{
                  display: isLost(problem) ? 'none' : 'grid',
                  gridTemplateColumns: 'minmax(0, 1fr)',
                  gap: 2,
                }}
              >
                <Typography component="div">{props.explained}</Typography>
                <FactList facts={props.facts} />
                {props.children}
                {props.irrevocable ? (
                  <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                    {props.irrevocable}
                  </Typography>
                ) : null}
              </Box>
              <Typography role="status" variant="body2" sx={{ color: 'text.secondary', minHeight: 20 }}>
                {busy ? t('money.busy') : ''}
              </Typography>
            </Stack>
          </DialogContent>
          <Buttons {...props} lost={isLost(problem)} close={close} />
        </SendForm>
      )}
    </Dialog>
  );
}

function Buttons<V extends object>(
  props: Pick<Props<V, never>, 'label' | 'acting' | 'danger' | 'blocked' | 'onValues'> & {
    lost: boolean;
    close: () => void;
  },
) {
  const { t } = useReader();
  const { isSubmitting } = useFormState();
  const { watch } = useFormContext<V & Record<string, unknown>>();
  const values = watch() as V;
  const { onValues } = props;
  const typed = JSON.stringify(values);
  useEffect(() => onValues?.(JSON.parse(typed) as V), [typed, onValues]);
  return (
    <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
      <Button onClick={props.close} disabled={isSubmitting}>
        {t(props.lost ? 'acts.close' : 'acts.keep')}
      </Button>
      <Button
        type="submit"
        variant="contained"
        color={props.danger ? 'error' : 'primary'}
        // What was sent is asked about whatever stands in the way by now.
        disabled={isSubmitting || (props.blocked && !props.lost)}
      >
        {isSubmitting ? props.acting : props.lost ? t('money.ask_again') : props.label(values)}
      </Button>
    </DialogActions>
  );
}

/** The same for operations, which all come to one kind of result. `said`: the act's own words for having been done. */
export function MoneyDialog<V extends object>({
  said,
  ...props
}: Omit<Props<V, ActResult>, 'panel'> & { said?: string }) {
  return (
    <ActingDialog<V, ActResult> {...props} panel={(result) => <ResultPanel result={result} said={said} />} />
  );
}

/** The dialog's place while what it needs is still being fetched, or could not be. */
export function MoneyDialogFrame({
  title,
  error,
  onClose,
}: {
  title: string;
  error: unknown;
  onClose: () => void;
}) {
  const { t } = useReader();
  const id = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent aria-busy={!error}>
        {error ? (
          <ProblemPanel error={error} />
        ) : (
          <Stack sx={{ gap: 1 }} role="status" aria-label={t('ra.page.loading')}>
            <Skeleton height={28} />
            <Skeleton height={28} width="70%" />
            <Skeleton variant="rounded" height={40} />
            <Skeleton variant="rounded" height={40} />
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('acts.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
