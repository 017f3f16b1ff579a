import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  cappedCountSchema,
  idSchema,
  pageQuerySchema,
  resolveReviewSchema,
  reviewPageSchema,
  reviewSchema,
  type CappedCount,
  type Page,
  type ResolveReview,
  type ReviewView,
} from '@recaudo/shared';
import { z } from 'zod';
import { Answers } from '../platform/http.js';
import { Allow, Me, type Principal } from '../staff/access.js';
import { ReviewsService } from './reviews.service.js';

const reviewListQuerySchema = pageQuerySchema.extend({ state: z.enum(['open', 'resolved']).default('open') });

@ApiTags('reviews')
@Controller('reviews')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  @Allow('reviews:read')
  @Answers(reviewPageSchema)
  list(
    @Me() me: Principal,
    @Query({ schema: reviewListQuerySchema }) query: z.infer<typeof reviewListQuerySchema>,
  ): Promise<Page<ReviewView>> {
    return this.reviews.list(me.scope, query);
  }

  @Get('count')
  @Allow('reviews:read')
  @Answers(cappedCountSchema)
  count(@Me() me: Principal): Promise<CappedCount> {
    return this.reviews.count(me.scope);
  }

  /** Takes it on; again: lets it go. */
  @Post(':id/own')
  @HttpCode(200)
  @Allow('reviews:resolve')
  @Answers(reviewSchema)
  own(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<ReviewView> {
    return this.reviews.own(me, id);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Allow('reviews:resolve')
  @Answers(reviewSchema)
  resolve(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: resolveReviewSchema }) body: ResolveReview,
  ): Promise<ReviewView> {
    return this.reviews.resolve(me, id, body.note);
  }
}
