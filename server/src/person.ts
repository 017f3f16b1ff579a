import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { createPersonSchema } from '@recaudo/shared';
import { AppModule } from './app.module.js';
import { SYSTEM } from './audit/audit.service.js';
import { readSettings } from './platform/config.js';
import { migrate } from './platform/database.js';
import { ProblemError } from './platform/problem.js';
import { schemaOptions } from './schema.js';
import { PeopleService } from './staff/people.service.js';

const USAGE = 'Usage: npm run person -- --email you@company.com --name "Your Name" [--role admin]\n';

/** Makes a person from the command line, the first one above all, and prints the link to set the password. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string', default: 'admin' },
    },
  });
  const input = createPersonSchema.safeParse({ ...values, siteIds: null });
  if (!input.success) {
    process.stderr.write(
      `${input.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')}\n${USAGE}`,
    );
    process.exit(2);
  }
  const settings = {
    ...readSettings({ LOG_LEVEL: 'error', ...process.env }),
    runHttp: false,
    runWorker: false,
  };
  await migrate(schemaOptions(settings.databaseUrl));
  const app = await NestFactory.createApplicationContext(AppModule.with(settings), { logger: ['error'] });
  try {
    const invited = await app.get(PeopleService).create(SYSTEM, input.data);
    process.stdout.write(
      `${invited.person.name} may set a password until ${invited.expiresAt} at:\n${invited.passwordLink}\n`,
    );
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    process.stderr.write(
      `${error.code === 'email_taken' ? 'There is already a person with this e-mail.' : error.message}\n`,
    );
    process.exitCode = 1;
  } finally {
    await app.close();
  }
}

await main();
