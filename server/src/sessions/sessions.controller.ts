import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import {
  createSessionSchema,
  idSchema,
  sessionCountsSchema,
  sessionExportQuerySchema,
  sessionFilterSchema,
  sessionListQuerySchema,
  sessionPageSchema,
  sessionSchema,
  type CreateSession,
  type Page,
  type SessionCounts,
  type SessionExportQuery,
  type SessionFilter,
  type SessionListItem,
  type SessionListQuery,
  type SessionView,
} from '@recaudo/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from '../platform/http.js';
import { ProblemError } from '../platform/problem.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { PeopleService } from '../staff/people.service.js';
import { OpeningService } from './opening.service.js';
import { SessionReadingService } from './session-reading.service.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly opening: OpeningService,
    private readonly sessions: SessionsService,
    private readonly reading: SessionReadingService,
    private readonly people: PeopleService,
  ) {}

  @Post()
  @Allow('sessions:create', { keys: true })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'Yours to choose, 8 to 100 characters; repeat it with the same body after any doubt.',
  })
  @Answers(sessionSchema, 201)
  async create(
    @Me() me: Principal,
    @Body({ schema: createSessionSchema }) body: CreateSession,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    if (!key || !/^[\x21-\x7e]{8,100}$/.test(key)) throw new ProblemError('idempotency_key_missing');
    const device = {
      ipAddress: body.ipAddress ?? request.ip,
      userAgent: (body.userAgent ?? request.headers['user-agent'] ?? 'recaudo').slice(0, 255),
    };
    const { id, repeated } = await this.opening.open(me, body, key, device);
    if (repeated) void reply.header('idempotent-replay', 'true');
    return this.reading.view(me, id);
  }

  @Get()
  @Allow('sessions:read')
  @Answers(sessionPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: sessionListQuerySchema }) query: SessionListQuery,
  ): Promise<Page<SessionListItem>> {
    return this.reading.list(me.scope, query);
  }

  @Get('counts')
  @Allow('sessions:read')
  @Answers(sessionCountsSchema)
  counts(
    @Me() me: Principal,
    @Query({ schema: sessionFilterSchema }) query: SessionFilter,
  ): Promise<SessionCounts> {
    return this.reading.counts(me.scope, query);
  }

  @Get('export')
  @Allow('sessions:export')
  async export(
    @Me() me: Principal,
    @Query({ schema: sessionExportQuerySchema }) query: SessionExportQuery,
  ): Promise<StreamableFile> {
    const { zone } = await this.people.get(me.id);
    return new StreamableFile(this.reading.export(me, query, zone), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="pagos.csv"',
    });
  }

  @Get(':id')
  @Allow('sessions:read', { keys: true })
  @Answers(sessionSchema)
  read(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<SessionView> {
    return this.reading.view(me, id);
  }

  /** Asks the gateway now and answers with what is known afterwards. */
  @Post(':id/check')
  @HttpCode(200)
  @Allow('sessions:check')
  @Answers(sessionSchema)
  async check(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<SessionView> {
    await this.reading.view(me, id);
    await this.sessions.ask(id, 'check', me);
    return this.reading.view(me, id);
  }
}
