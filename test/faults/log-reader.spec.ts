import { describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import { createDatabase } from '../support/databases.js';
import { useProduct } from '../support/product.js';
import { type RunningProgram, sandbox, startProgram } from '../support/processes.js';

const product = useProduct();

/** Makes it write a line: what it is sent is no HTTP, and no request of its own either. */
async function botherIt({ port }: RunningProgram): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.end('rubbish\r\n\r\n');
  await once(socket.resume(), 'close');
}

describe('a process whose log reader is gone', () => {
  it('goes on and still ends when it is told to: the server', async () => {
    const here = await product();
    const replica = await here.replica({ LOG_LEVEL: 'debug' });
    replica.stopReading();
    const statuses: number[] = [];
    for (let time = 0; time < 3; time += 1)
      statuses.push((await fetch(`${replica.url}/api/no-such-thing`)).status);
    await replica.stop();
    expect(statuses).toEqual([404, 404, 404]);
  });

  it('goes on and still ends when it is told to: the practice gateway', async () => {
    const database = await createDatabase('sandbox');
    const gateway = await startProgram(sandbox({ DATABASE_URL: database.url, LOG_LEVEL: 'trace' }));
    gateway.stopReading();
    for (let time = 0; time < 3; time += 1) await botherIt(gateway);
    const { status } = await fetch(`${gateway.url}/health`);
    await gateway.stop();
    await database.drop();
    expect(status).toBe(200);
  });
});
