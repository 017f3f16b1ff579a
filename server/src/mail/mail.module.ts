import { Module } from '@nestjs/common';
import { MailService } from './mail.service.js';
import { MailStore } from './mail.store.js';
import { MailsController } from './mails.controller.js';
import { MailJobs } from './mails.jobs.js';
import { SendingService } from './sending.service.js';
import { SmtpService } from './smtp.service.js';

@Module({
  controllers: [MailsController],
  providers: [MailService, MailStore, SmtpService, SendingService, MailJobs],
  exports: [MailService],
})
export class MailModule {}
