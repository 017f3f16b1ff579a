import { Global, Module } from '@nestjs/common';
import { Clock } from './clock.js';
import { Heartbeat } from './heartbeat.js';
import { Jobs } from './jobs.js';
import { Sealing } from './sealing.js';

@Global()
@Module({ providers: [Clock, Sealing, Jobs, Heartbeat], exports: [Clock, Sealing, Jobs, Heartbeat] })
export class PlatformModule {}
