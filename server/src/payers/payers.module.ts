import { Module } from '@nestjs/common';
import { PayersService } from './payers.service.js';

@Module({ providers: [PayersService], exports: [PayersService] })
export class PayersModule {}
