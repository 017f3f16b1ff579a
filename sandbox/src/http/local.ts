/** Who may turn the switches: programs and people on this machine, and no web page from elsewhere. */
import type { FastifyRequest } from 'fastify';
import { ControlError } from './control.fields.js';

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** Throws ControlError. */
export async function fromThisMachine(request: FastifyRequest): Promise<void> {
  if (!LOOPBACK.includes(request.ip)) throw new ControlError('only this machine may turn the switches', 403);
}

/**
 * A page elsewhere could send a form here in the name of whoever looks at it; browsers say where a form comes from, and
 * programs, which say nothing, send only what they mean. Throws ControlError.
 */
export async function fromOwnPage({ method, headers }: FastifyRequest): Promise<void> {
  if (method !== 'POST') return;
  const isForeign = headers['sec-fetch-site']
    ? headers['sec-fetch-site'] !== 'same-origin'
    : headers.origin !== undefined && !headers.origin.endsWith(`//${headers.host}`);
  if (isForeign) throw new ControlError('only a form of the console itself may be sent here', 403);
}
