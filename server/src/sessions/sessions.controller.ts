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
import { ApiTags } from '@nestjs/swagger';
import {
  agreeSchema,
  createSessionSchema,
  remainderSchema,
  idSchema,
  sessionCountsSchema,
  sessionExportQuerySchema,
  sessionFilterSchema,
  sessionListQuerySchema,
  sessionPageSchema,
  sessionSchema,
  type Agree,
  type CreateSession,
  type Page,
  type Remainder,
  type SessionCounts,
  type SessionExportQuery,
  type SessionFilter,
  type SessionListItem,
  type SessionListQuery,
  type SessionView,
} from '@recaudo/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { PeopleService } from '../staff/people.service.js';
import { CancellationService } from './cancellation.service.js';
import { OpeningService } from './opening.service.js';
import { RemainderService } from './remainder.service.js';
import { SessionReadingService } from './session-reading.service.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('sessions')
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly opening: OpeningService,
    private readonly cancellation: CancellationService,
    private readonly remainders: RemainderService,
    private readonly sessions: SessionsService,
    private readonly reading: SessionReadingService,
    private readonly people: PeopleService,
  ) {}

  @Post()
  @Allow('sessions:create', { keys: true })
  @KeyHeader()
  @Answers(sessionSchema, 201)
  async create(
    @Me() me: Principal,
    @Body({ schema: createSessionSchema }) body: CreateSession,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    const checked = idempotencyKey(key);
    const device = {
      ipAddress: body.ipAddress ?? request.ip,
      userAgent: (body.userAgent ?? request.headers['user-agent'] ?? 'recaudo').slice(0, 255),
    };
    const { id, repeated } = await this.opening.open(me, body, checked, device);
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

  /** Ends a payment that nobody has paid. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('sessions:cancel', { keys: true })
  @Answers(sessionSchema)
  async cancel(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<SessionView> {
    await this.reading.view(me, id);
    await this.cancellation.cancel(me, id);
    return this.reading.view(me, id);
  }

  /** A new link for what is left, on the same order; answers with the new session. */
  @Post(':id/remainder')
  @Allow('sessions:create')
  @KeyHeader()
  @Answers(sessionSchema, 201)
  async openRemainder(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: remainderSchema }) body: Remainder,
    @Headers('idempotency-key') key: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<SessionView> {
    const userAgent = (request.headers['user-agent'] ?? 'recaudo').slice(0, 255);
    const device = { ipAddress: request.ip, userAgent };
    const opened = await this.opening.openRemainder(me, id, body, idempotencyKey(key), device);
    return this.reading.view(me, opened.id);
  }

  /** Gives up what is left. */
  @Post(':id/agree')
  @HttpCode(200)
  @Allow('reviews:resolve')
  @Answers(sessionSchema)
  async agree(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: agreeSchema }) body: Agree,
  ): Promise<SessionView> {
    await this.reading.view(me, id);
    await this.remainders.agree(me, id, body.reason);
    return this.reading.view(me, id);
  }
}
