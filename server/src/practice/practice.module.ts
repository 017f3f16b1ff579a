import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { SchedulesModule } from '../schedules/schedules.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { DemoHttp } from './demo-http.js';
import { DeskTeller } from './desk-teller.js';
import { HistoryService } from './history.service.js';
import { PracticeController } from './practice.controller.js';
import { LifeTeller } from './life-teller.js';
import { StoryTeller } from './story-teller.js';
import { PracticeService } from './practice.service.js';

@Module({
  imports: [GatewaysModule, SchedulesModule, SitesModule],
  controllers: [PracticeController],
  providers: [StoryTeller, LifeTeller, DemoHttp, DeskTeller, HistoryService, PracticeService],
  exports: [PracticeService],
})
export class PracticeModule {}
