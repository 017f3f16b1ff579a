import { Module } from '@nestjs/common';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { TransactionsService } from './transactions.service.js';

@Module({ imports: [ReviewsModule], providers: [TransactionsService], exports: [TransactionsService] })
export class TransactionsModule {}
