import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  idSchema,
  MAIL_STATES,
  mailCountsQuerySchema,
  mailCountsSchema,
  mailDetailSchema,
  mailListQuerySchema,
  mailPageSchema,
  type MailCounts,
  type MailDetail,
  type MailFilter,
  type MailListQuery,
  type MailView,
  type Page,
} from '@recaudo/shared';
import { Answers } from '../platform/http.js';
import { Jobs } from '../platform/jobs.js';
import { keysetPage, readCursor } from '../platform/keyset.js';
import { countsByState } from '../platform/list-sql.js';
import { ProblemError } from '../platform/problem.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { MailService } from './mail.service.js';
import { MailStore } from './mail.store.js';
import { mailDetail, mailView } from './mail.view.js';
import { SendingService } from './sending.service.js';

@ApiTags('mails')
@Controller('mails')
export class MailsController {
  constructor(
    private readonly lists: MailStore,
    private readonly mail: MailService,
    private readonly sending: SendingService,
    private readonly jobs: Jobs,
  ) {}

  @Get()
  @Allow('mails:read')
  @Answers(mailPageSchema)
  async list(
    @Me() me: Principal,
    @Query({ schema: mailListQuerySchema }) query: MailListQuery,
  ): Promise<Page<MailView>> {
    const place = readCursor(query.cursor);
    const [rows, total] = await Promise.all([
      this.lists.page(me, query, { place, limit: query.limit + 1 }),
      this.lists.count(me, query),
    ]);
    const page = keysetPage(rows, query.limit, place, ({ row }) => ({ at: row.createdAt, id: row.id }));
    return { ...page, items: page.items.map((mail) => mailView(mail, me)), total };
  }

  @Get('counts')
  @Allow('mails:read')
  @Answers(mailCountsSchema)
  async counts(
    @Me() me: Principal,
    @Query({ schema: mailCountsQuerySchema }) filter: MailFilter,
  ): Promise<MailCounts> {
    const counts = await countsByState(MAIL_STATES, (state) => this.lists.count(me, { ...filter, state }));
    return { ...counts, delivery: this.sending.delivery };
  }

  @Get(':id')
  @Allow('mails:read')
  @Answers(mailDetailSchema)
  async page(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<MailDetail> {
    const mail = await this.lists.one(me, id);
    if (!mail) throw new ProblemError('not_found');
    return mailDetail(mail, me);
  }

  /** Has a letter that failed sent once more. */
  @Post(':id/again')
  @HttpCode(200)
  @Allow('mails:send')
  @Answers(mailDetailSchema)
  async again(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<MailDetail> {
    await this.mail.again(me, id);
    this.jobs.nudge('mails');
    return this.page(me, id);
  }
}
