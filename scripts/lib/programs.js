// How the built programs are started: with which environment, and what "healthy" means for each.
import { fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { settingsTable } from './settings.js';

/** The environment without our own settings, so that every program gets exactly what it is meant to have. */
function cleanEnvironment() {
  const ours = new Set(settingsTable.map(({ name }) => name));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.has(name)));
}

/** `secrets` are the practice secrets, null in production. */
export function serverEnvironment(settings, databases, secrets) {
  return {
    ...cleanEnvironment(),
    NODE_ENV: settings.production ? 'production' : 'development',
    PORT: String(settings.port),
    HOST: settings.host,
    PUBLIC_URL: settings.publicUrl,
    DATABASE_URL: databases.server,
    RECAUDO_KEYS: settings.keys ?? secrets.keys,
    RUN: settings.run,
    LOG_LEVEL: settings.logLevel,
    ...(settings.smtpUrl && { SMTP_URL: settings.smtpUrl, MAIL_FROM: settings.mailFrom }),
    ...(secrets && {
      SANDBOX_URL: `http://127.0.0.1:${settings.sandboxPort}`,
      DEMO_PASSWORD: secrets.password,
      DEMO_SHOP_KEY: secrets.shopKey,
      DEMO_HISTORY: String(settings.demoHistory),
    }),
  };
}

export function sandboxEnvironment(settings, databases) {
  return {
    ...cleanEnvironment(),
    PORT: String(settings.sandboxPort),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${settings.sandboxPort}`,
    DATABASE_URL: databases.sandbox,
    LOG_LEVEL: settings.logLevel,
  };
}

/** Forks a program of ours. It leaves when this process goes, and does not hear the terminal's Ctrl-C. */
export const forkProgram = (root, script, env) =>
  fork(join(root, script), [], {
    env,
    execArgv: ['--enable-source-maps'],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });

/** Runs a program to its end, on this terminal; answers its exit code. */
export function runProgram(root, script, args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--enable-source-maps', join(root, script), ...args], {
      env,
      stdio: 'inherit',
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** True if the address answers 200 within two seconds. */
export async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
