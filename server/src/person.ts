import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { createPersonSchema, type CreatePerson, type InvitedPerson } from '@recaudo/shared';
import { AppModule } from './app.module.js';
import { SYSTEM } from './audit/audit.service.js';
import { readSettings } from './platform/config.js';
import { migrate } from './platform/database.js';
import { ProblemError } from './platform/problem.js';
import { schemaOptions } from './schema.js';
import { PeopleService } from './staff/people.service.js';

const USAGE = 'Usage: npm run person -- --email you@company.com --name "Your Name" [--role admin]\n';

function usage(complaint: string): never {
  process.stderr.write(`${complaint}\n${USAGE}`);
  process.exit(2);
}

function readArguments(): CreatePerson {
  let values: Record<string, string | undefined> = {};
  try {
    ({ values } = parseArgs({
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string', default: 'admin' },
      },
    }));
  } catch (error) {
    usage((error as Error).message);
  }
  const input = createPersonSchema.safeParse({ ...values, siteIds: null });
  return input.success
    ? input.data
    : usage(input.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
}

/** Somebody who is there already gets a new link: that is how the last administrator comes back in. */
async function makeOrInvite(people: PeopleService, input: CreatePerson): Promise<InvitedPerson> {
  const known = await people.findByEmail(input.email);
  return known ? people.invite(SYSTEM, known.id) : people.create(SYSTEM, input);
}

/** Makes a person from the command line, the first one above all, and prints the link to set the password. */
async function main(): Promise<void> {
  const input = readArguments();
  const settings = {
    ...readSettings({ LOG_LEVEL: 'error', ...process.env }),
    runHttp: false,
    runWorker: false,
  };
  await migrate(schemaOptions(settings.databaseUrl));
  const app = await NestFactory.createApplicationContext(AppModule.with(settings), { logger: ['error'] });
  try {
    const invited = await makeOrInvite(app.get(PeopleService), input);
    process.stdout.write(
      `${invited.person.name} may set a password until ${invited.expiresAt} at:\n${invited.passwordLink}\n`,
    );
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await app.close();
  }
}

await main();
