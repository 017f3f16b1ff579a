import { describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import { createDatabase } from '../support/databases.js';
import { useProduct } from '../support/product.js';
import { type RunningProgram, sandbox, startProgram } from '../support/processes.js';

const product = useProduct();

/** Lines that more than fill the pipe between it and its reader. */
const MANY = 1_500;
const AT_ONCE = 20;

async function often(act: () => Promise<unknown>): Promise<void> {
  for (let done = 0; done < MANY; done += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, act));
}

/** Makes it write a long line: what it is sent is no HTTP, and no request of its own either. */
async function botherIt({ port }: RunningProgram): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.end('rubbish\r\n\r\n');
  await once(socket.resume(), 'close');
}

describe('a process whose log reader stands still, and then is gone', () => {
  it('goes on, and ends when it is told to: the server', async () => {
    const here = await product();
    const replica = await here.replica({ LOG_LEVEL: 'debug' });
    const ask = () => fetch(`${replica.url}/api/${'x'.repeat(190)}`);
    replica.pauseReading();
    await often(ask);
    replica.stopReading();
    const { status } = await ask();
    await replica.stop();
    expect(status).toBe(404);
  });

  it('goes on, and ends when it is told to: the practice gateway', async () => {
    const database = await createDatabase('sandbox');
    const gateway = await startProgram(sandbox({ DATABASE_URL: database.url, LOG_LEVEL: 'trace' }));
    gateway.pauseReading();
    await often(() => botherIt(gateway));
    gateway.stopReading();
    const { status } = await fetch(`${gateway.url}/health`);
    await gateway.stop();
    await database.drop();
    expect(status).toBe(200);
  });
});
