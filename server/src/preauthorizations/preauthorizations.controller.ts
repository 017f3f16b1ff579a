import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  PREAUTHORIZATION_STATES,
  preauthorizationCountsSchema,
  preauthorizationListQuerySchema,
  preauthorizationPageSchema,
  preauthorizationSchema,
  type Page,
  type PreauthorizationCounts,
  type PreauthorizationListQuery,
  type PreauthorizationState,
  type PreauthorizationView,
} from '@recaudo/shared';
import { Clock } from '../platform/clock.js';
import { Answers } from '../platform/http.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { ProblemError } from '../platform/problem.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { PreauthorizationListStore } from './preauthorization-list.store.js';
import { preauthorizationView } from './preauthorization.view.js';

@ApiTags('preauthorizations')
@Controller('preauthorizations')
export class PreauthorizationsController {
  constructor(
    private readonly lists: PreauthorizationListStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('sessions:read')
  @Answers(preauthorizationPageSchema)
  async list(
    @Me() me: Principal,
    @Query({ schema: preauthorizationListQuerySchema }) query: PreauthorizationListQuery,
  ): Promise<Page<PreauthorizationView>> {
    const place = readCursor(query.cursor);
    const [rows, total] = await Promise.all([
      this.lists.page(me.scope, query, { place, limit: query.limit + 1 }),
      this.lists.count(me.scope, query),
    ]);
    const page = keysetPage(rows, query.limit, place, (row) => ({ at: row.expires_at, id: row.id }));
    return {
      ...page,
      items: page.items.map((row) => preauthorizationView(row, me.permissions, this.clock.now())),
      total,
    };
  }

  @Get('counts')
  @Allow('sessions:read')
  @Answers(preauthorizationCountsSchema)
  async counts(
    @Me() me: Principal,
    @Query({ schema: preauthorizationListQuerySchema.pick({ siteId: true, q: true }) })
    filter: Pick<PreauthorizationListQuery, 'siteId' | 'q'>,
  ): Promise<PreauthorizationCounts> {
    const count = (state: PreauthorizationState, hours?: number) =>
      this.lists.count(me.scope, { ...filter, state, hours });
    const [h6, h24, h72, ...each] = await Promise.all([
      count('active', 6),
      count('active', 24),
      count('active', 72),
      ...PREAUTHORIZATION_STATES.map((state) => count(state)),
    ]);
    const byState = Object.fromEntries(PREAUTHORIZATION_STATES.map((state, at) => [state, each[at]]));
    return { byState: byState as PreauthorizationCounts['byState'], within: { h6, h24, h72 } };
  }

  @Get(':id')
  @Allow('sessions:read', { keys: true })
  @Answers(preauthorizationSchema)
  async page(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<PreauthorizationView> {
    const row = await this.lists.one(me.scope, id);
    if (!row) throw new ProblemError('not_found');
    return preauthorizationView(row, me.permissions, this.clock.now());
  }
}
