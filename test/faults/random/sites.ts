import { randomBytes } from 'node:crypto';
import type { Draw } from '../../support/draw.js';
import type { Product } from '../../support/product.js';
import { MANNERS, QUESTIONS } from '../gateway-questions.js';

export interface RandomSite {
  id: string;
  /** The practice gateway's name of it. */
  site: string;
  currency: 'COP' | 'USD' | 'CLP';
}

const SWITCHES = { ...MANNERS, ...QUESTIONS };

const COUNTRIES = [
  ['CO', 'COP', 'America/Bogota', 'es_CO'],
  ['EC', 'USD', 'America/Guayaquil', 'es_EC'],
  ['CL', 'CLP', 'America/Santiago', 'es_CL'],
] as const;

/** A site here and there, whose gateway answers the open questions in its own way. */
export async function makeSite(here: Product, random: Draw, index: number): Promise<RandomSite> {
  const [country, currency, zone, locale] = random.pick(COUNTRIES);
  const site = `R${index}`;
  const login = randomBytes(16).toString('hex');
  const secretKey = randomBytes(12).toString('base64url');
  const switches = Object.fromEntries(
    Object.entries(SWITCHES).map(([name, choices]) => [name, random.pick(choices)]),
  );
  const added = await here.control('POST', '/sites', {
    ...{ site, name: site, country, currency, zone, locale, login, secretKey, confirmation: true },
    ...switches,
  });
  if (added.status !== 201) throw new Error(`no site: ${added.text}`);
  const admin = await here.as('admin');
  const made = await admin.post('/api/sites', {
    ...{ code: site.toLowerCase(), name: site, country, currency, zone, mode: 'practice' },
  });
  const { id } = made.body as { id: string };
  const hash = switches.algorithm as string;
  const saved = await admin.call('PUT', `/api/sites/${id}/account`, {
    ...{ baseUrl: here.gateway.url, login, secret: secretKey, hash },
  });
  const { account } = saved.body as { account: { notificationUrl: string } };
  await here.control('PATCH', `/sites/${site}`, { notificationUrl: account.notificationUrl });
  return { id, site, currency };
}
