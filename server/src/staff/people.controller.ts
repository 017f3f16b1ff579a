import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  createKeySchema,
  createdKeySchema,
  createPersonSchema,
  idSchema,
  invitedPersonSchema,
  keySchema,
  personSchema,
  preferencesSchema,
  updatePersonSchema,
  type CreateKey,
  type CreatedKey,
  type CreatePerson,
  type InvitedPerson,
  type KeyView,
  type PersonView,
  type Preferences,
  type UpdatePerson,
} from '@recaudo/shared';
import { Answers, itemsSchema } from '../platform/http.js';
import { Allow, Me, SignedIn, type Principal } from './access.js';
import { KeysService } from './keys.service.js';
import { PeopleService } from './people.service.js';

@ApiTags('people')
@Controller('people')
export class PeopleController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @Allow('people:manage')
  @Answers(itemsSchema(personSchema))
  async list(): Promise<{ items: PersonView[] }> {
    return { items: await this.people.list() };
  }

  @Post()
  @Allow('people:manage')
  @Answers(invitedPersonSchema, 201)
  create(
    @Me() me: Principal,
    @Body({ schema: createPersonSchema }) body: CreatePerson,
  ): Promise<InvitedPerson> {
    return this.people.create(me, body);
  }

  @Put(':id')
  @Allow('people:manage')
  @Answers(personSchema)
  update(
    @Me() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updatePersonSchema }) body: UpdatePerson,
  ): Promise<PersonView> {
    return this.people.update(me, id, body);
  }

  @Post(':id/invite')
  @HttpCode(200)
  @Allow('people:manage')
  @Answers(invitedPersonSchema)
  invite(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<InvitedPerson> {
    return this.people.invite(me, id);
  }
}

@ApiTags('keys')
@Controller('keys')
export class KeysController {
  constructor(private readonly keys: KeysService) {}

  @Get()
  @Allow('keys:manage')
  @Answers(itemsSchema(keySchema))
  async list(): Promise<{ items: KeyView[] }> {
    return { items: await this.keys.list() };
  }

  @Post()
  @Allow('keys:manage')
  @Answers(createdKeySchema, 201)
  create(@Me() me: Principal, @Body({ schema: createKeySchema }) body: CreateKey): Promise<CreatedKey> {
    return this.keys.create(me, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('keys:manage')
  revoke(@Me() me: Principal, @Param('id', { schema: idSchema }) id: string): Promise<void> {
    return this.keys.revoke(me, id);
  }
}

@ApiTags('preferences')
@Controller('preferences')
export class PreferencesController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @SignedIn()
  @Answers(preferencesSchema)
  read(@Me() me: Principal): Promise<Preferences> {
    return this.people.preferences(me.id);
  }

  @Put()
  @HttpCode(204)
  @SignedIn()
  save(@Me() me: Principal, @Body({ schema: preferencesSchema }) body: Preferences): Promise<void> {
    return this.people.savePreferences(me.id, body);
  }
}
