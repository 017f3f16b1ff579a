import { Controller, Get } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  TypeOrmHealthIndicator,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import { Heartbeat } from './platform/heartbeat.js';
import { PracticeService } from './practice/practice.service.js';
import { Public } from './staff/access.js';

const DATABASE_DEADLINE_MS = 2_000;

@ApiTags('health')
@Controller('health')
@Public()
@SkipThrottle()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly heartbeat: Heartbeat,
    private readonly practice: PracticeService,
  ) {}

  /** The process lives. */
  @Get()
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** It can do its work: the database answers, a worker is at it somewhere, and practice is set up. */
  @Get('ready')
  @HealthCheck()
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: DATABASE_DEADLINE_MS }),
      async () => {
        const check = this.indicators.check('worker');
        return (await this.heartbeat.alive())
          ? check.up()
          : check.down('no worker has been heard of for 30 s');
      },
      () => {
        const check = this.indicators.check('practice');
        return this.practice.ready ? check.up() : check.down('practice is being set up');
      },
    ]);
  }
}
