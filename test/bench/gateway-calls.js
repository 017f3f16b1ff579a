// The bodies of bare calls to the practice gateway, made by the adapter's own functions.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { httpCaller } from './measure.js';

/** A function of the adapter's `placetopay.<file>.js`. */
export async function fromAdapter(product, file) {
  const path = join(product.root, 'server/dist/gateways/placetopay', `placetopay.${file}.js`);
  return import(pathToFileURL(path).href);
}

/** Answers a function that makes the `auth` of one call on the account of the site `co`. */
export async function authOfSite(product) {
  const { authNode } = await fromAdapter(product, 'auth');
  const { text } = await httpCaller(product.sandbox.url)('GET', '/control/sites');
  const site = JSON.parse(text).find((each) => each.site.toLowerCase() === 'co');
  const credentials = { login: site.login, secret: site.secretKey, hash: site.algorithm };
  return () => authNode(credentials, new Date());
}
