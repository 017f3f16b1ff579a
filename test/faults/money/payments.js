// Payers: what is there to be refunded, captured, released and confirmed.
import { randomUUID } from 'node:crypto';
import { call } from './caller.js';

const CARD = '4110760000000081';

const KINDS = [
  ['basic', 60],
  ['preauthorization', 30],
  ['confirmation', 10],
];
const ASKED = {
  basic: {},
  preauthorization: { preauthorization: true },
  confirmation: { requiresConfirmation: true },
};

/** Opens a payment at a drawn site, pays it, and makes sure that the product has heard of it. */
export async function makePayment(stage, random, sites, number) {
  const { id: siteId, currency, unit } = random.pick(sites);
  const kind = number < 2 ? ['basic', 'preauthorization'][number] : random.weigh(KINDS);
  const amountMinor = unit * random.between(4, 400);
  const reference = `F-${number}-${randomUUID().slice(0, 8)}`;
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
    from: `127.3.${1 + random.between(0, 250)}.${1 + number}`,
  });
  const checked = await support.post(server.url, `/api/sessions/${opened.body.id}/check`);
  if (checked.status !== 200) throw new Error(`not checked: ${checked.status} ${checked.text}`);
}

const PAYER = {
  ...{ holder: 'Ana Ruiz', expiry: '12/30', cvv: '123', installments: '1', name: 'Ana', surname: 'Ruiz' },
  ...{ email: 'ana@example.com', documentType: 'PPN', document: 'A123456', mobile: '3001234567' },
};
