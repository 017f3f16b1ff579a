import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { KeysService } from './keys.service.js';
import { LoginsService } from './logins.service.js';
import { KeysController, PeopleController, PreferencesController } from './people.controller.js';
import { PeopleService } from './people.service.js';
import { StaffGuard } from './staff.guard.js';

@Global()
@Module({
  controllers: [PeopleController, KeysController, PreferencesController],
  providers: [LoginsService, KeysService, PeopleService, { provide: APP_GUARD, useClass: StaffGuard }],
  exports: [LoginsService, KeysService, PeopleService],
})
export class StaffModule {}
