/** The console: the routes of its pages and forms. Only for people at this machine, as the control API. */
import formbody from '@fastify/formbody';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Gateway } from '../app.js';
import { address, consolePage } from '../pages/console/frame.js';
import { html } from '../pages/html.js';
import type { Page } from '../pages/html.js';
import { fromOwnPage, fromThisMachine } from './local.js';
import { FORM_LIMIT_BYTES, leave, readForm, sendPage } from './pages.js';
import type { Form } from './pages.js';
import { NOTICES, StaffActs } from './staff.acts.js';
import type { Done } from './staff.acts.js';
import { numberOf, StaffPages } from './staff.pages.js';
import type { Query, Said } from './staff.pages.js';

export function staffRoutes(gateway: Gateway): FastifyPluginAsync {
  const pages = new StaffPages(gateway);
  const acts = new StaffActs(gateway);
  return async (app) => {
    await app.register(formbody, { bodyLimit: FORM_LIMIT_BYTES });
    app.addHook('onRequest', fromThisMachine);
    app.addHook('onRequest', fromOwnPage);
    app.setErrorHandler((error, request, reply) => {
      const http = (error as { statusCode?: number }).statusCode ?? 500;
      if (http >= 500) request.log.error(error);
      return show(reply, failurePage(http), http);
    });

    const page = (path: string, make: (asked: Asked) => Promise<Page> | Page): void => {
      app.get(path, async (request, reply) => show(reply, await make(askedBy(request))));
    };
    const act = (
      path: string,
      does: (asked: Asked) => Promise<Done>,
      again: (asked: Asked) => Promise<Page> | Page,
    ) => {
      app.post(path, async (request, reply) => {
        const asked = askedBy(request);
        const done = await does(asked);
        if ('to' in done) return leave(reply, `${address(done.to)}?done=${done.done}`);
        return show(reply, await again({ ...asked, said: { refused: done.refused } }), 422);
      });
    };
    const moment = ({ request }: Asked) => gateway.moment(request);
    const shownTransaction = ({ number, said }: Asked) => pages.transaction(number(), said);

    page('/', () => pages.start());
    page('/sites', () => pages.sites());
    page('/sites/:site', ({ site, said }) => pages.site(site, said));
    page('/sessions', ({ query }) => pages.sessions(query));
    page('/sessions/:number', (asked) => pages.session(asked.number(), moment(asked)));
    page('/book', ({ query }) => pages.book(query));
    page('/recurrences', ({ query }) => pages.recurrences(query));
    page('/recurrences/:number', ({ number, said }) => pages.recurrence(number(), said));
    page('/holds', ({ query, said }) => pages.holds(query, said.notice));
    page('/transactions/:number', shownTransaction);
    page('/deliveries', ({ query }) => pages.deliveries(query));
    page('/faults', ({ said }) => pages.faults(said));
    page('/clock', ({ said }) => pages.clock(said));

    act(
      '/sites/:site',
      async ({ site, form }) => acts.saveSite(await pages.oneSite(site), form),
      ({ site, said }) => pages.site(site, said),
    );
    act(
      '/recurrences/:number/cancel',
      ({ number }) => acts.endRecurrence(number()),
      ({ number, said }) => pages.recurrence(number(), said),
    );
    act(
      '/recurrences/:number/next-outcomes',
      ({ number, form }) => acts.planOutcomes(number(), form),
      ({ number, said }) => pages.recurrence(number(), said),
    );
    act(
      '/transactions/:number/release',
      (asked) => acts.release(asked.number(), moment(asked)),
      shownTransaction,
    );
    act(
      '/transactions/:number/cancel',
      (asked) => acts.cancel(asked.number(), moment(asked)),
      shownTransaction,
    );
    act(
      '/transactions/:number/refund',
      (asked) => acts.refund(asked.number(), asked.form, moment(asked)),
      shownTransaction,
    );
    act(
      '/faults',
      ({ form }) => acts.armFault(form),
      ({ said }) => pages.faults(said),
    );
    act(
      '/faults/clear',
      ({ form }) => acts.clearFaults(form),
      ({ said }) => pages.faults(said),
    );
    act(
      '/clock',
      ({ form }) => acts.moveClock(form),
      ({ said }) => pages.clock(said),
    );
  };
}

/** A request, taken apart. */
interface Asked {
  request: FastifyRequest;
  site: string;
  /** The number in the path. Throws ControlError, 404. */
  number: () => number;
  query: Query;
  form: Form;
  said: Said;
}

function askedBy(request: FastifyRequest): Asked {
  const params = request.params as { site?: string; number?: string };
  const query = request.query as Query;
  const done = Object.hasOwn(NOTICES, query.done ?? '') ? (query.done as keyof typeof NOTICES) : null;
  return {
    request,
    site: params.site ?? '',
    number: () => numberOf(params.number),
    query,
    form: readForm(request.body),
    said: { notice: done === null ? undefined : NOTICES[done] },
  };
}

/** Forms say where they come from only under this policy. */
const show = (reply: FastifyReply, page: Page, http = 200): FastifyReply =>
  sendPage(reply, http, page, 'same-origin');

const FAILURES: Record<number, string> = {
  403: 'La consola solo atiende a quien está en esta máquina, y a sus propios formularios.',
  404: 'Aquí no hay nada con ese nombre o número.',
};

function failurePage(http: number): Page {
  const text =
    FAILURES[http] ?? (http < 500 ? 'La petición no se entiende.' : 'Algo falló. Intente de nuevo.');
  return consolePage({ section: '', title: `Error ${http}` }, html`<p>${text}</p>`);
}
