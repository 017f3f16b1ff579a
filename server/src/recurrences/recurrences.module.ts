import { Module } from '@nestjs/common';
import { ReviewsModule } from '../reviews/reviews.module.js';
import { TransactionsModule } from '../transactions/transactions.module.js';
import { RecurrencesService } from './recurrences.service.js';

@Module({
  imports: [TransactionsModule, ReviewsModule],
  providers: [RecurrencesService],
  exports: [RecurrencesService],
})
export class RecurrencesModule {}
