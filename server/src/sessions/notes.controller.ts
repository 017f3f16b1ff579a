import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { idSchema, noteSchema, type Note } from '@recaudo/shared';
import { Allow, Me, type Principal } from '../staff/access.js';
import { NotesService } from './notes.service.js';

@ApiTags('orders')
@Controller('orders')
export class NotesController {
  constructor(private readonly notes: NotesService) {}

  /** Writes on the order's timeline. */
  @Post(':id/notes')
  @HttpCode(204)
  @Allow('notes:write')
  add(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: noteSchema }) body: Note,
  ): Promise<void> {
    return this.notes.add(me, id, body.note);
  }
}
