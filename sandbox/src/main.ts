import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 0);
createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"status":"ok"}');
}).listen(port, '127.0.0.1');
if (process.send) process.on('disconnect', () => process.exit(0));
