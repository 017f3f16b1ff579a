/** The page for people at `/`: what this is, the test cards, the sites, the switches as they stand. */
import type { FastifyPluginAsync } from 'fastify';
import type { Gateway } from '../app.js';
import { homePage } from '../pages/home.page.js';
import { listFaults } from '../platform/faults.js';
import { listSites } from '../sites/sites.js';
import { sendPage } from './pages.js';

export function homeRoutes({ pool, clock, publicUrl }: Gateway): FastifyPluginAsync {
  return async (app) => {
    app.get('/', async (_request, reply) => {
      const page = homePage({
        sites: await listSites(pool),
        faults: await listFaults(pool),
        now: clock.base(),
        offsetMs: clock.offsetMs,
        publicUrl: publicUrl(),
      });
      return sendPage(reply, 200, page);
    });
  };
}
