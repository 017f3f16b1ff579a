import type { Product } from '../../support/product.js';

/** Ours beside the practice gateway's, read from both databases' own doors; it knows nothing of how either works. */

interface Ours {
  id: string;
  number: string | null;
  reference: string;
  site: string;
  state: string;
}

interface Theirs {
  status: { status: string; reason: string; message: string };
  payment: { internalReference: number; status: { status: string } }[] | null;
}

/** The states of ours that a gateway's word may be. */
function ourWord({ status, reason, message }: Theirs['status']): string {
  if (status === 'APPROVED') return 'approved';
  if (status === 'PARTIAL_EXPIRED') return 'partial_expired';
  if (status === 'CANCELED') return 'cancelled';
  if (status === 'APPROVED_PARTIAL') return 'partial';
  if (status !== 'REJECTED') return 'pending';
  if (reason === '?C' || reason === 'MC') return 'cancelled';
  return reason === 'EX' || message.includes('expirado') ? 'expired' : 'rejected';
}

/** Every difference in words; none is what a test wants. */
export async function differences(here: Product, sites: ReadonlyMap<string, string>): Promise<string[]> {
  return [...(await ofSessions(here, sites)), ...(await ofMoney(here, sites))];
}

async function ofSessions(here: Product, sites: ReadonlyMap<string, string>): Promise<string[]> {
  const { rows } = await here.db.query<Ours>(
    `SELECT s.id, s.gateway_number AS number, s.gateway_reference AS reference, w.code AS site, s.state
     FROM sessions s JOIN sites w ON w.id = s.site_id WHERE s.gateway_number IS NOT NULL`,
  );
  const found: string[] = [];
  for (const ours of rows.filter((row) => sites.has(row.site))) {
    const { body } = await here.control('GET', `/sessions/${ours.number}`);
    const theirs = ourWord((body as Theirs).status);
    if (theirs !== ours.state) found.push(`session ${ours.number}: ours ${ours.state}, theirs ${theirs}`);
  }
  return found;
}

interface Line {
  site: string;
  internal: string;
  kind: string;
  amount: string;
}

/** Per site, kind and number: the money that moved. */
async function ofMoney(here: Product, sites: ReadonlyMap<string, string>): Promise<string[]> {
  const { rows } = await here.db.query<Line>(
    `SELECT w.code AS site, t.internal_reference AS internal, t.kind, t.from_minor::text AS amount
     FROM transactions t JOIN sites w ON w.id = t.site_id
     WHERE t.state = 'approved' AND t.kind IN ('payment', 'checkin')`,
  );
  const ours = rows.filter((row) => sites.has(row.site)).map((row) => key(row));
  const theirs = (await here.book())
    .filter((line) => sites.has(line.site.toLowerCase()) && ['payment', 'checkin'].includes(line.kind))
    .map((line) =>
      key({
        site: line.site.toLowerCase(),
        internal: String(line.internalReference),
        kind: line.kind,
        amount: String(line.amountMinor),
      }),
    );
  const { rows: owed } = await here.db.query<{ reference: string }>(
    `SELECT o.reference FROM orders o JOIN obligations b ON b.id = o.obligation_id
     WHERE b.settled_minor <> (SELECT COALESCE(sum(t.from_minor), 0) FROM transactions t
       WHERE t.obligation_id = b.id AND t.kind = 'payment' AND t.state = 'approved')
       OR b.reserved_minor <> 0`,
  );
  return [
    ...minus(ours, theirs).map((line) => `only ours: ${line}`),
    ...minus(theirs, ours).map((line) => `only in the book: ${line}`),
    ...owed.map(({ reference }) => `the sums of ${reference} do not add up`),
  ];
}

const key = ({ site, internal, kind, amount }: Line): string => `${site} ${kind} ${internal} ${amount}`;

/** What is in the first more often than in the second. */
function minus(first: string[], second: string[]): string[] {
  const left = new Map<string, number>();
  for (const each of second) left.set(each, (left.get(each) ?? 0) + 1);
  return first.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}
