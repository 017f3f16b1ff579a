import { buildApp } from './app.js';
import { readConfig, SettingError } from './config.js';

/** Requests in flight get this long to end before the process does. */
const STOP_WITHIN_MS = 4_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await buildApp(config);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The channel closes when whoever started this process is gone, however it went: nobody is left to stop it later.
  if (process.send) process.on('disconnect', stop);
  await app.listen({ port: config.port, host: config.host });
}

main().catch((error: unknown) => {
  const code = (error as { code?: string }).code;
  if (error instanceof SettingError) console.error(error.message);
  else if (code === 'EADDRINUSE')
    console.error(`Port ${process.env.PORT ?? 3001} is taken: set PORT to another.`);
  else console.error('The practice gateway could not start:', error);
  process.exit(1);
});
