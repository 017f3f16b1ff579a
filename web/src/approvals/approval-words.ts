import {
  APPROVAL_MEANING,
  isCurrency,
  type ApprovalView,
  type Currency,
  type Meaning,
} from '@recaudo/shared';
import type { Translate } from '../fields/reader.js';

interface Tools {
  t: Translate;
  amount: (minor: number, currency: Currency) => string;
}

type Subject = Pick<ApprovalView, 'kind' | 'amountMinor' | 'currency' | 'data' | 'targetType'>;

/** What is asked, by name: "Reembolso", "Lote de capturas". */
export function approvalTitle({ kind, data }: Pick<Subject, 'kind' | 'data'>, t: Translate): string {
  return kind === 'batch' && typeof data.batchKind === 'string'
    ? t(`approvals.batch_of.${data.batchKind}`, { _: t('approvals.title_of.batch') })
    : t(`approvals.title_of.${kind}`);
}

/** How much, per currency: a batch may have several. */
export function approvalSums({
  amountMinor,
  currency,
  data,
}: Pick<Subject, 'amountMinor' | 'currency' | 'data'>): { currency: Currency; amountMinor: number }[] {
  if (amountMinor !== null && currency) return [{ currency, amountMinor }];
  return Array.isArray(data.totals) ? data.totals.flatMap(sumOf) : [];
}

function sumOf(total: unknown): { currency: Currency; amountMinor: number }[] {
  if (typeof total !== 'object' || total === null) return [];
  const { currency, amountMinor } = total as { currency?: unknown; amountMinor?: unknown };
  return typeof currency === 'string' && isCurrency(currency) && typeof amountMinor === 'number'
    ? [{ currency, amountMinor }]
    : [];
}

/** What a second person should know beside the reason: the limit, the evidence, how many rows. */
export function approvalFacts(
  approval: Subject,
  { t, amount, day }: Tools & { day: (day: string) => string },
): [name: string, words: string][] {
  const { kind, currency, data } = approval;
  const facts: [string, string][] = [];
  const limit = [data.limit, data.why].find((value) => typeof value === 'string');
  if (typeof limit === 'string')
    facts.push([t('approvals.because'), t(`approvals.limit.${limit}`, { _: t('approvals.limit.other') })]);
  if (typeof data.heldMinor === 'number' && currency)
    facts.push([t('holds.held'), amount(data.heldMinor, currency)]);
  const said = [data.state, data.ended].find((value) => typeof value === 'string');
  if (kind === 'settle' && typeof data.operation === 'string')
    facts.push([
      t('approvals.operation'),
      operationWords(data.operation, data.askedMinor, currency, { t, amount }),
    ]);
  if (kind === 'settle' && typeof said === 'string')
    facts.push([t('approvals.says'), t(`approvals.says_state.${said}`, { _: said })]);
  if (typeof data.day === 'string') facts.push([t('money.settle.day'), day(data.day)]);
  if (typeof data.internalReference === 'string') facts.push([t('approvals.number'), data.internalReference]);
  if (typeof data.evidence === 'string') facts.push([t('approvals.evidence'), data.evidence]);
  if (kind === 'collect' && typeof data.description === 'string')
    facts.push([
      t('approvals.charge_for'),
      data.hold === true ? `${data.description} (${t('approvals.as_hold')})` : data.description,
    ]);
  if (kind === 'batch' && typeof data.rows === 'number')
    facts.push([t('approvals.batch_rows'), String(data.rows)]);
  return facts;
}

/** Which operation a statement by hand is about, and how much was asked of it. */
function operationWords(
  kind: string,
  askedMinor: unknown,
  currency: Currency | null,
  { t, amount }: Tools,
): string {
  const name = t(`transactions.kind.${kind}`);
  return typeof askedMinor === 'number' && currency
    ? t('approvals.operation_of', { name, amount: amount(askedMinor, currency) })
    : name;
}

/** How it truly stands: what was approved is not yet sent, and what was sent is not yet done. */
export type Standing = ApprovalView['state'] | 'planned' | 'letter' | 'sent' | 'unknown' | 'refused';

export function approvalStanding({
  kind,
  state,
  operation,
}: Pick<ApprovalView, 'kind' | 'state' | 'operation'>): Standing {
  // How far a batch has come is told on its own page.
  if (kind === 'batch' && state === 'done') return 'approved';
  // A statement by hand is done once it stands there, whatever it says of its operation.
  if (state !== 'done' || operation === null || kind === 'settle') return state;
  if (operation.state === 'approved') return 'done';
  if (operation.state === 'rejected') return 'refused';
  if (operation.state === 'waiting') return 'planned';
  if (operation.letter) return 'letter';
  return operation.state === 'unknown' ? 'unknown' : 'sent';
}

const STANDING_MEANING: Record<Standing, Meaning> = {
  ...APPROVAL_MEANING,
  planned: 'waiting',
  letter: 'attention',
  sent: 'waiting',
  unknown: 'unknown',
  refused: 'failed',
};

export function standingMeaning(standing: Standing): Meaning {
  return STANDING_MEANING[standing];
}
