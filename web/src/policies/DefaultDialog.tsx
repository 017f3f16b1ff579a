import { useNotify } from 'react-admin';
import { useSignedIn } from '../app/login-state.js';
import { useData } from '../app/use-data.js';
import { useReader } from '../fields/reader.js';
import { MoneyDialog } from '../money/MoneyDialog.js';
import type { Listed } from './PolicyCard.js';

/** Which policy holds for schedules that name none: what stands there now, and what from then on. */
export function DefaultDialog({
  policy: { id, siteId, name },
  now,
  onClose,
}: {
  policy: Listed;
  now: string;
  onClose: () => void;
}) {
  const { t } = useReader();
  const data = useData();
  const notify = useNotify();
  const { sites } = useSignedIn();
  const d = (word: string, values?: Record<string, unknown>) => t(`policies.make_default.${word}`, values);
  return (
    <MoneyDialog<object>
      title={d('title', { site: sites.find((site) => site.id === siteId)?.name ?? '–' })}
      explained={d('explained')}
      facts={[
        [d('now'), now],
        [d('then'), name],
      ]}
      first={{}}
      validate={() => ({})}
      label={() => d('label', { name })}
      acting={d('acting')}
      send={async () => {
        await data.makePolicyDefault(siteId, id);
        notify('policies.make_default.done', { type: 'success' });
        onClose();
        return null;
      }}
      onClose={onClose}
    />
  );
}
