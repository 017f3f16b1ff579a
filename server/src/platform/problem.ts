import { PROBLEMS, type Problem, type ProblemCode } from '@recaudo/shared';
import {
  Catch,
  HttpException,
  Logger,
  StandardSchemaValidationPipe,
  type ArgumentMetadata,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { FastifyReply } from 'fastify';
import { requestContext } from './context.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export interface ProblemDetails {
  detail?: string;
  errors?: Record<string, string[]>;
  subject?: { type: string; id: string };
  other?: Problem['other'];
}

/** An expected refusal. The code is chosen where the rule lives; the HTTP status only follows from it. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? code);
  }
}

export function fieldProblem(field: string, key: string): ProblemError {
  return fieldProblems([[field, key]]);
}

/** Several at once: each field with all that is wrong with it. */
export function fieldProblems(faults: readonly (readonly [field: string, key: string])[]): ProblemError {
  const errors: Record<string, string[]> = {};
  for (const [field, key] of faults) (errors[field] ??= []).push(key);
  return new ProblemError('validation', { errors });
}

/** Zod's issues → message keys by field. Our own rules carry their key as the message. */
export function validationProblem(issues: readonly StandardSchemaV1.Issue[]): ProblemError {
  const errors: Record<string, string[]> = {};
  for (const issue of issues.slice(0, 50)) {
    const path = (issue.path ?? [])
      .map((part) => String(typeof part === 'object' ? part.key : part))
      .join('.');
    const { keys } = issue as { keys?: string[] };
    for (const key of keys ?? []) errors[[path, key].filter(Boolean).join('.')] = ['unknown_field'];
    if (!keys) (errors[path === '' ? 'body' : path] ??= []).push(issueKey(issue));
  }
  return new ProblemError('validation', { errors });
}

/** Validates by the schema a route declares; what is wrong with a path or header names that parameter. */
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: validationProblem });
  }

  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      const whole = error instanceof ProblemError ? error.details.errors?.body : undefined;
      if (!whole || !metadata.data) throw error;
      throw new ProblemError('validation', { errors: { [metadata.data]: whole } });
    }
  }
}

function issueKey(issue: StandardSchemaV1.Issue & { code?: string; input?: unknown }): string {
  if (/^[a-z]+(_[a-z]+)*$/.test(issue.message)) return issue.message;
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) return 'required';
  return issue.code ?? 'invalid';
}

const FASTIFY_CODES: Record<string, ProblemCode> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_content_type',
};

const STATUS_CODES: Record<number, ProblemCode> = {
  400: 'malformed_body',
  401: 'not_signed_in',
  403: 'forbidden',
  404: 'not_found',
  413: 'body_too_large',
  415: 'unsupported_content_type',
  429: 'too_many_requests',
  503: 'not_ready',
};

function toProblem(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const known = FASTIFY_CODES[code ?? ''];
  if (known) return new ProblemError(known);
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const byStatus = STATUS_CODES[status ?? 0];
  return byStatus ? new ProblemError(byStatus) : null;
}

export function problemBody(error: ProblemError): Problem {
  return {
    type: `urn:recaudo:problem:${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status: PROBLEMS[error.code],
    code: error.code,
    requestId: requestContext.getStore()?.requestId ?? '',
    ...error.details,
  };
}

/** The edge: every error leaves as application/problem+json, and only surprises are logged as errors. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    let problem = toProblem(error);
    if (problem === null) {
      this.logger.error(error);
      problem = new ProblemError('internal');
    }
    const body = problemBody(problem);
    // A shop is told what was done to its money, and nothing of the people of the house.
    const { principal } = host.switchToHttp().getRequest<{ principal?: { type: string } }>();
    if (body.other && principal?.type === 'key') body.other = { ...body.other, by: null };
    if (reply.sent) return;
    void reply.status(body.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(body));
  }
}

/** The most telling word of a refusal: the field's own, else the problem's code. */
export function whyRefused({ code, details }: ProblemError): string {
  const [field] = Object.values(details.errors ?? {});
  return field?.[0] ?? code;
}
