// Payers: what is there to be refunded, captured, released and confirmed.
import { randomUUID } from 'node:crypto';
import { call } from './caller.js';

const CARD = '4110760000000081';

/** What each shop has of each kind. */
const KINDS = ['basic', 'preauthorization', 'basic', 'preauthorization', 'basic', 'confirmation', 'basic'];
const ASKED = {
  basic: {},
  preauthorization: { preauthorization: true },
  confirmation: { requiresConfirmation: true },
};

/** Opens the n-th payment of a shop, pays it, and makes sure that the product has heard of it. */
export async function makePayment(stage, random, { id: siteId, site, currency, unit }, number) {
  const kind = KINDS[number % KINDS.length];
  const amountMinor = unit * random.between(4, 400);
  const reference = `${site}-${number}-${randomUUID().slice(0, 8)}`;
  const { support } = stage.people;
  const [server] = await stage.up();
  const opened = await support.post(
    server.url,
    '/api/sessions',
    {
      ...{ siteId, reference, description: 'Pedido', amountMinor, currency, ...ASKED[kind] },
      expiresAt: new Date(stage.now() + 3_600_000).toISOString(),
    },
    randomUUID(),
  );
  if (opened.status !== 201) throw new Error(`not opened: ${opened.status} ${opened.text}`);
  const { body: found } = await stage.control('GET', `/sessions?reference=${reference}`);
  // The hosted page's own limits are by address; so are its payers.
  await call('POST', `${found[0].processUrl}/pay`, {
    form: { ...PAYER, number: CARD },
    from: `127.3.${site.charCodeAt(1)}.${1 + number}`,
  });
  const checked = await support.post(server.url, `/api/sessions/${opened.body.id}/check`);
  if (checked.status !== 200) throw new Error(`not checked: ${checked.status} ${checked.text}`);
}

const PAYER = {
  ...{ holder: 'Ana Ruiz', expiry: '12/30', cvv: '123', installments: '1', name: 'Ana', surname: 'Ruiz' },
  ...{ email: 'ana@example.com', documentType: 'PPN', document: 'A123456', mobile: '3001234567' },
};
