import { createServer } from 'node:net';

/** Looking up the name of a host may take the system longer than a person waits. */
const PATIENCE = 5_000;

function listen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    const timer = setTimeout(() => resolve({ code: 'EAI_AGAIN' }), PATIENCE);
    server.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: error.code });
    });
    server.listen({ port, host, exclusive: true }, () => {
      clearTimeout(timer);
      const { port: given } = server.address();
      server.close(() => resolve({ port: given }));
    });
  });
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  const { port, code } = await listen(0, '127.0.0.1');
  if (!port) throw new Error(`no free port: ${code}`);
  return port;
}

/** Undefined if a program could listen there, else the system's error code (EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND …). */
export async function whyNotListen(port, host) {
  return (await listen(port, host)).code;
}
