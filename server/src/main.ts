import 'reflect-metadata';
import { createApp, serveWeb } from './http.js';
import { readSettings, type Settings } from './platform/config.js';
import { migrate } from './platform/database.js';
import { schemaOptions } from './schema.js';

const STOP_DEADLINE_MS = 5_000;

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(2);
  }
}

async function start(settings: Settings): Promise<void> {
  await migrate(schemaOptions(settings.databaseUrl));
  const app = await createApp(settings);
  if (settings.runHttp) await serveWeb(app);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref();
    void app.close().finally(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started by the launcher: without it nobody would restart or stop us.
  if (process.send) process.on('disconnect', stop);
  await app.listen(settings.port, settings.host);
}

const settings = settingsOrExit();
start(settings).catch((error: NodeJS.ErrnoException) => {
  const sentence =
    error.code === 'EADDRINUSE'
      ? `Port ${settings.port} is taken: stop what uses it, or set PORT to another number.`
      : (error.stack ?? String(error));
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
});
