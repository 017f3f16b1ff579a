import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  batchListQuerySchema,
  batchPageSchema,
  batchPreviewRequestSchema,
  batchPreviewSchema,
  batchRowsSchema,
  batchSchema,
  createBatchSchema,
  idSchema,
  type BatchPreview,
  type BatchPreviewRequest,
  type BatchRowView,
  type BatchView,
  type CreateBatch,
  type Page,
  type Permission,
} from '@recaudo/shared';
import type { z } from 'zod';
import { Answers, idempotencyKey, KeyHeader } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { BatchReadingService } from './batch-reading.service.js';
import { BatchesService } from './batches.service.js';

/** One of them; which one, the batch's kind says. */
const DO: readonly Permission[] = ['transactions:reverse', 'preauthorizations:act'];

@ApiTags('batches')
@Controller('batches')
export class BatchesController {
  constructor(
    private readonly batches: BatchesService,
    private readonly reading: BatchReadingService,
  ) {}

  /** What a batch would do; nothing is written. */
  @Post('preview')
  @HttpCode(200)
  @Allow(DO)
  @Answers(batchPreviewSchema)
  preview(
    @Me() me: Principal,
    @Body({ schema: batchPreviewRequestSchema }) body: BatchPreviewRequest,
  ): Promise<BatchPreview> {
    return this.batches.preview(me, body);
  }

  @Post()
  @Allow(DO, { money: true })
  @KeyHeader()
  @Answers(batchSchema, 201)
  async create(
    @Me() me: Principal,
    @Body({ schema: createBatchSchema }) body: CreateBatch,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<BatchView> {
    const id = await this.batches.create(me, body, idempotencyKey(key));
    return this.reading.view(me, id);
  }

  @Get()
  @Allow('sessions:read')
  @Answers(batchPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: batchListQuerySchema }) query: z.infer<typeof batchListQuerySchema>,
  ): Promise<Page<BatchView>> {
    return this.reading.list(me, query);
  }

  @Get(':id')
  @Allow('sessions:read')
  @Answers(batchSchema)
  read(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<BatchView> {
    return this.reading.view(me, id);
  }

  @Get(':id/rows')
  @Allow('sessions:read')
  @Answers(batchRowsSchema)
  async rows(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<{ items: BatchRowView[] }> {
    return { items: await this.reading.rows(me, id) };
  }

  /** Until its first row is sent. */
  @Post(':id/undo')
  @HttpCode(200)
  @Allow(DO)
  @Answers(batchSchema)
  async undo(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<BatchView> {
    await this.batches.undo(me, id);
    return this.reading.view(me, id);
  }

  @Get(':id/export')
  @Allow('sessions:read')
  async export(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<StreamableFile> {
    return new StreamableFile(Buffer.from(await this.reading.export(me, id)), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="lote.csv"',
    });
  }
}
