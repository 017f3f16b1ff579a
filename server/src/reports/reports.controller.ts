import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  auditPageSchema,
  homeSchema,
  JOB_NAMES,
  jobSchema,
  pageQuerySchema,
  type AuditEntry,
  type HomeView,
  type JobName,
  type JobView,
  type Page,
} from '@recaudo/shared';
import { z } from 'zod';
import { Answers, itemsSchema } from '../platform/http.js';
import { Jobs, type JobRun } from '../platform/jobs.js';
import { Allow, Me, SignedIn, type Principal } from '../staff/access.js';
import { HomeService } from './home.service.js';
import { OperationsService } from './operations.service.js';

const jobRunSchema = z.object({ claimed: z.int(), done: z.int(), failed: z.int() }).meta({ id: 'JobRun' });

@ApiTags('home')
@Controller('home')
export class HomeController {
  constructor(private readonly home: HomeService) {}

  @Get()
  @SignedIn()
  @Answers(homeSchema)
  read(@Me() me: Principal): Promise<HomeView> {
    return this.home.read(me);
  }
}

@ApiTags('audit')
@Controller('audit')
export class AuditController {
  constructor(private readonly operations: OperationsService) {}

  @Get()
  @Allow('audit:read')
  @Answers(auditPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: pageQuerySchema }) query: z.infer<typeof pageQuerySchema>,
  ): Promise<Page<AuditEntry>> {
    return this.operations.audit(me.scope, query);
  }
}

@ApiTags('jobs')
@Controller('jobs')
export class JobsController {
  constructor(
    private readonly operations: OperationsService,
    private readonly jobs: Jobs,
  ) {}

  @Get()
  @Allow('jobs:manage')
  @Answers(itemsSchema(jobSchema))
  async list(): Promise<{ items: JobView[] }> {
    return { items: await this.operations.jobs() };
  }

  @Post(':name/run')
  @HttpCode(200)
  @Allow('jobs:manage')
  @Answers(jobRunSchema)
  run(@Param('name', { schema: z.enum(JOB_NAMES) }) name: JobName): Promise<JobRun> {
    return this.jobs.run(name);
  }
}
