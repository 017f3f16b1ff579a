import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { useProduct, type Api } from '../support/product.js';

const product = useProduct();

interface Parameter {
  name: string;
  in: string;
  schema?: Record<string, unknown>;
}
interface Operation {
  parameters?: Parameter[];
  responses?: Record<string, unknown>;
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
}

/** Things that people, browsers and attackers put where something else is expected. */
const ODD = [
  '',
  '0',
  '-1',
  'null',
  "'; SELECT 1; --",
  '%00',
  'a\u0000b',
  '\ud800',
  '../../etc/passwd',
  '4111111111111111',
  '𝕏'.repeat(40),
  'x'.repeat(3_000),
  '01a1fc76-a55b-75a4-8f86-9f2e12db59ed',
  '2026-03-02T10:15:30-05:00',
  '275760-09-14T00:00:00Z',
];
const oddValue = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...ODD));
const oddJson = fc.oneof(
  oddValue,
  fc.jsonValue({ maxDepth: 2 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, [], {}, true, 1e308, -0),
);

function bodyOf(document: Document, operation: Operation): fc.Arbitrary<unknown> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  const name = schema?.$ref?.split('/').at(-1) ?? '';
  const fields = Object.keys(document.components.schemas[name]?.properties ?? { any: 1 });
  const shaped = fc.record(Object.fromEntries(fields.map((field) => [field, oddJson])), { requiredKeys: [] });
  return fc.oneof({ weight: 4, arbitrary: shaped }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) });
}

describe('every route of the OpenAPI document', () => {
  it('answers odd input with a refusal, never with an error of ours', async () => {
    const here = await product();
    const who = await Promise.all([
      here.as('admin'),
      here.as('support'),
      here.as('finance'),
      Promise.resolve(here.shop()),
      Promise.resolve(here.anonymous()),
    ]);
    const document = (await here.anonymous().get('/api/docs/json')).body as Document;
    const wrong: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        // Moving the practice clock by a year is allowed input, and would expire every login of this test.
        if (path === '/api/practice/clock' || path === '/api/login') continue;
        const query = (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'query')
          .map((parameter) => parameter.name);
        const odd = fc.record({
          place: fc.oneof(oddValue, fc.constant('01a1fc76-a55b-75a4-8f86-9f2e12db59ed')),
          query: fc.dictionary(fc.constantFrom(...(query.length > 0 ? query : ['q'])), oddValue, {
            maxKeys: 4,
          }),
          body: bodyOf(document, operation),
          caller: fc.constantFrom(...who),
        });
        await fc.assert(
          fc.asyncProperty(odd, async (input) => {
            const target = path.replace(/\{\w+\}/, encodeURIComponent(input.place) || 'x');
            const search = new URLSearchParams(input.query).toString();
            const body = method === 'get' || method === 'delete' ? undefined : (input.body ?? {});
            const headers = { 'idempotency-key': 'fuzz-fuzz-fuzz' };
            const { status } = await input.caller.call(
              method.toUpperCase(),
              `${target}${search ? `?${search}` : ''}`,
              body,
              { headers },
            );
            if (status >= 500 && !(status === 503 && path === '/api/health/ready'))
              wrong.push(`${method} ${target} ${JSON.stringify(input).slice(0, 500)} → ${status}`);
          }),
          { numRuns: 12, seed: 20_261_121 },
        );
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('refuses a filter that it does not know, by its name: nobody takes the whole list for the part', async () => {
    const here = await product();
    const staff = await Promise.all([here.as('admin'), here.as('manager'), here.as('finance')]);
    const document = (await here.anonymous().get('/api/docs/json')).body as Document;
    const filtered = Object.entries(document.paths).flatMap(([path, { get }]) =>
      !path.includes('{') && get?.parameters?.some((parameter) => parameter.in === 'query') ? [path] : [],
    );
    const answers = await Promise.all(
      filtered.map(async (path) => {
        const all = await Promise.all(staff.map((person) => person.get(`${path}?colour=red`)));
        const { status, body } = all.find((answer) => answer.status !== 403) ?? { status: 403, body: null };
        return `${path} ${status} ${body?.errors?.colour}`;
      }),
    );
    expect(answers).toEqual(filtered.map((path) => `${path} 422 unknown_field`));
    const pages = Object.entries(document.paths).flatMap(([path, { get }]) =>
      !path.includes('{') && /Page"/.test(JSON.stringify(get?.responses?.['200'] ?? '')) ? [path] : [],
    );
    expect(pages.filter((path) => !filtered.includes(path))).toEqual([]);
    expect(pages).toContain('/api/sessions');
  });

  it('refuses one odd field among good ones just as calmly', async () => {
    const here = await product();
    const [admin, finance] = await Promise.all([here.as('admin'), here.as('finance')]);
    const shop = here.shop();
    const siteIds = [await here.siteId()];
    const site = {
      code: 'x',
      name: 'X',
      country: 'CO',
      currency: 'COP',
      zone: 'America/Bogota',
      mode: 'test',
      cutOff: '22:00',
    };
    const payer = {
      name: 'A',
      email: 'a@example.com',
      document: '1',
      documentType: 'CC',
      mobile: '1',
      surname: 'B',
    };
    const order = await here.order({
      payer,
      locale: 'es_CO',
      ipAddress: '127.0.0.1',
      userAgent: 'x',
      expiresAt: null,
      returnUrl: null,
    });
    const cases: [Api, string, string, Record<string, unknown>][] = [
      [shop, 'POST', '/api/sessions', order],
      [
        admin,
        'POST',
        '/api/people',
        {
          email: 'x@example.com',
          name: 'X',
          role: 'support',
          siteIds,
          language: 'es',
          zone: 'America/Bogota',
        },
      ],
      [admin, 'POST', '/api/sites', site],
      [admin, 'POST', '/api/keys', { name: 'X', siteIds }],
      [admin, 'PUT', '/api/preferences', { store: 'x' }],
      [
        finance,
        'GET',
        '/api/sessions',
        { q: 'x', cursor: 'x', createdFrom: 'x', createdTo: 'x', siteId: 'x', currency: 'x', state: 'x' },
      ],
      [finance, 'GET', '/api/sessions/export', { q: 'x', columns: 'x' }],
      [finance, 'GET', '/api/reviews', { cursor: 'x', state: 'x' }],
    ];
    const wrong: string[] = [];
    for (const [api, method, path, good] of cases) {
      for (const field of Object.keys(good)) {
        for (const odd of [...ODD, 1e308, -0, null, [], {}, [ODD], { [field]: ODD }]) {
          const headers = { 'idempotency-key': 'fuzz-fuzz-fuzz' };
          const text = typeof odd === 'string' ? odd : JSON.stringify(odd);
          const search = method === 'GET' ? `?${new URLSearchParams({ [field]: text }).toString()}` : '';
          const body = method === 'GET' ? undefined : { ...good, [field]: odd };
          const { status } = await api.call(method, path + search, body, { headers });
          if (status >= 500)
            wrong.push(`${method} ${path} ${field}=${JSON.stringify(odd).slice(0, 80)} → ${status}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});
